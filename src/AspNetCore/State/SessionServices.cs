using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionGateway.AspNetCore.Diagnostics;
using SessionGateway.AspNetCore.Http;
using SessionGateway.AspNetCore.Options;
using SessionGateway.AspNetCore.Payload;
using SessionGateway.AspNetCore.Storage;

namespace SessionGateway.AspNetCore.State;

/// <summary>What the sessions of all requests have in common.</summary>
internal sealed class SessionServices(
    IOptions<SharedSessionOptions> options, SessionStorage storage, SharedSessionMetrics metrics, TimeProvider time,
    ILogger<SharedSession> logger)
{
    public SharedSessionOptions Options { get; } = options.Value;

    public SessionKeyLayout Layout { get; } = options.Value.Layout;

    public SessionIdRule Ids { get; } = new(options.Value);

    public PayloadCodec Codec { get; } = new(options.Value);

    public SessionCookie Cookie { get; } = new(options.Value);

    public SessionStorage Storage { get; } = storage;

    public SiblingWatch Siblings { get; } = new(options.Value.Layout, storage, time, logger);

    public SharedSessionMetrics Metrics { get; } = metrics;

    public ILogger Logger { get; } = logger;

    /// <summary>The id that a browser sent; null where there is none or it breaks the rules.</summary>
    public string? IdOf(HttpRequest request)
    {
        if (Cookie.Read(request) is not { } id)
        {
            return null;
        }

        if (Ids.Accepts(id))
        {
            return id;
        }

        SessionLog.IdRefused(Logger);
        return null;
    }
}
