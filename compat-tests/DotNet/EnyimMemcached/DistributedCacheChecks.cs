using Enyim.Caching.Memcached;
using Microsoft.Extensions.Caching.Distributed;
using static SessionGateway.CompatTests.DotNet.Checks;

namespace SessionGateway.CompatTests.DotNet;

/// <summary>IDistributedCache, on which ASP.NET Core's sessions stand.</summary>
internal sealed class DistributedCacheChecks(Checks checks, IDistributedCache cache, MemcachedProtocol protocol)
{
    private static readonly byte[] Value = [2, 0, 0, 1, 13, 10, 255];

    public async Task RunAsync()
    {
        await checks.CheckAsync($"{protocol}: distributed cache keeps bytes", async () =>
        {
            await cache.SetAsync("session", Value, Absolute(60));
            Yes((await cache.GetAsync("session")).AsSpan().SequenceEqual(Value));
            await cache.RemoveAsync("session");
            Same(null, await cache.GetAsync("session"));
        });
        await checks.CheckAsync($"{protocol}: distributed cache ends and slides", async () =>
        {
            await cache.SetAsync("absolute", Value, Absolute(2));
            await cache.SetAsync("sliding", Value,
                new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromSeconds(3) });
            for (int i = 0; i < 3; i++)
            {
                await Task.Delay(1500);
                Yes((await cache.GetAsync("sliding")).AsSpan().SequenceEqual(Value));
            }
            Same(null, await cache.GetAsync("absolute"));
            await Task.Delay(4200);
            Same(null, await cache.GetAsync("sliding"));
        });
    }

    private static DistributedCacheEntryOptions Absolute(int seconds) =>
        new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(seconds) };
}
