using Enyim.Caching;
using Enyim.Caching.Memcached;
using Enyim.Caching.Memcached.Results;
using static SessionGateway.CompatTests.DotNet.Checks;

namespace SessionGateway.CompatTests.DotNet;

/// <summary>The library's asynchronous calls, expiry, and many callers at once.</summary>
internal sealed class AsyncChecks(Checks checks, IMemcachedClient client, MemcachedProtocol protocol)
{
    public async Task RunAsync()
    {
        await checks.CheckAsync($"{protocol}: expiry and touch", ExpiryAsync);
        await checks.CheckAsync($"{protocol}: value or create", async () =>
        {
            int calls = 0;
            for (int i = 0; i < 3; i++)
            {
                Same("made", await client.GetValueOrCreateAsync("made", 60, () =>
                {
                    calls++;
                    return Task.FromResult("made");
                }));
            }
            Same(1, calls);
        });
        await checks.CheckAsync($"{protocol}: answers reach their callers", () =>
            Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
            {
                for (int i = 0; i < 100; i++)
                {
                    string key = $"caller-{caller}-{i}";
                    Yes(await client.SetAsync(key, key, 60));
                    Same(key, await client.GetValueAsync<string>(key));
                    Yes(await client.RemoveAsync(key));
                }
            })));
    }

    private async Task ExpiryAsync()
    {
        Yes(await client.SetAsync("short", "x", 1));
        Yes(await client.StoreAsync(StoreMode.Set, "long", "x", TimeSpan.FromMinutes(10)));
        Yes(await client.StoreAsync(StoreMode.Set, "until", "x", DateTime.Now.AddHours(1)));
        Yes(await client.SetAsync("month", "x", TimeSpan.FromDays(45)));
        bool touched = protocol == MemcachedProtocol.Binary; // the library has no touch over text
        if (touched)
        {
            Yes(await client.SetAsync("touched", "x", 1));
            IOperationResult result = await client.TouchAsync("touched", TimeSpan.FromMinutes(1));
            Yes(result.Success);
        }
        // memcached's clock ticks once a second, late on a busy machine.
        for (int tries = 0; tries < 600 && await client.GetValueAsync<string>("short") is not null; tries++)
            await Task.Delay(100);
        Same(null, await client.GetValueAsync<string>("short"));
        await Task.Delay(1100);
        foreach (string key in new[] { "long", "until", "month" })
            Same("x", await client.GetValueAsync<string>(key));
        if (touched)
            Same("x", await client.GetValueAsync<string>("touched"));
    }
}
