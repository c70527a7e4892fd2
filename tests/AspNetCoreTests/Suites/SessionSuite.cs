using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;

namespace SessionGateway.AspNetCoreTests.Suites;

/// <summary>What every suite needs, once for each store.</summary>
public abstract class SessionSuite
{
    private protected const string Prefix = "PHPREDIS_SESSION:";

    private protected abstract Store Store { get; }

    /// <summary>A site whose page does something with the loaded session and answers with a text.</summary>
    private protected Task<Site> PageAsync(Func<SharedSession, string> page,
        Action<SharedSessionOptions>? configure = null) =>
            Site.StartAsync(Store, async context =>
            {
                string text = page(await context.SharedSessionAsync());
                await context.Response.WriteAsync(text);
            }, configure);

    /// <summary>A stored session of PHP.</summary>
    private protected string Stored(string payload, string prefix = Prefix)
    {
        string id = Site.NewId();
        Store.Put(prefix + id, payload);
        return id;
    }
}
