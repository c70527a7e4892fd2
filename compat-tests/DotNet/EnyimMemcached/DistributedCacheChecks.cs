using System.Diagnostics;
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
            var slides = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromSeconds(3) };
            await cache.SetAsync("sliding", Value, slides);
            for (int i = 0; i < 3; i++)
            {
                var watch = Stopwatch.StartNew();
                await Task.Delay(1500);
                byte[]? value = await cache.GetAsync("sliding");
                // memcached may end it up to a second early. When the machine let this wait for so long, it proves
                // nothing.
                if (value is null && watch.Elapsed > TimeSpan.FromSeconds(1.9))
                {
                    await cache.SetAsync("sliding", Value, slides);
                    i = -1;
                    continue;
                }
                Yes(value.AsSpan().SequenceEqual(Value));
            }
            Same(null, await cache.GetAsync("absolute"));
            await Task.Delay(5500);
            Same(null, await cache.GetAsync("sliding"));
        });
    }

    private static DistributedCacheEntryOptions Absolute(int seconds) =>
        new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(seconds) };
}
