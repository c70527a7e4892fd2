using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;

namespace SessionGateway.AspNetCoreTests.Support;

/// <summary>Sees the exceptions of requests, as an application's exception handler would.</summary>
internal sealed class Exceptions
{
    private readonly ConcurrentQueue<Exception> _seen = [];

    /// <summary>All so far.</summary>
    public IReadOnlyList<Exception> Seen => [.. _seen];

    /// <summary>Why the only failed request failed.</summary>
    public SharedSessionFailure Failure => Assert.IsType<SharedSessionException>(Assert.Single(_seen)).Failure;

    public async Task ObserveAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception error)
        {
            _seen.Enqueue(error);
            throw;
        }
    }
}
