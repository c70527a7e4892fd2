using System.Text;
using Enyim.Caching;
using Enyim.Caching.Memcached;
using static SessionGateway.CompatTests.DotNet.Checks;

namespace SessionGateway.CompatTests.DotNet;

/// <summary>The library's synchronous calls.</summary>
internal sealed class StorageChecks(Checks checks, IMemcachedClient client, MemcachedProtocol protocol)
{
    private const int Minute = 60;

    public void Run()
    {
        Check("add stores once", () =>
        {
            Yes(client.Add("add", "first", Minute));
            No(client.Add("add", "second", Minute));
            Same("first", client.Get<string>("add"));
        });
        Check("set and replace", () =>
        {
            Yes(client.Set("set", "one", Minute));
            Yes(client.Replace("set", "two", Minute));
            No(client.Replace("unknown", "two", Minute));
            Same("two", client.Get<string>("set"));
            No(client.TryGet<string>("unknown", out _));
        });
        Check("flags keep the type of a value", () =>
        {
            client.Set("number", 65_432_123_456L, Minute);
            Same(65_432_123_456L, client.Get<long>("number"));
            client.Set("truth", true, Minute);
            Same(true, client.Get<bool>("truth"));
            byte[] bytes = new byte[200 * 1024];
            new Random(1).NextBytes(bytes);
            Yes(client.Set("bytes", bytes, Minute));
            Yes(client.Get<byte[]>("bytes").AsSpan().SequenceEqual(bytes));
        });
        Check("several keys at once", () =>
        {
            string[] keys = [.. Enumerable.Range(0, 50).Select(i => $"many-{i}")];
            for (int i = 0; i < keys.Length; i += 2)
                client.Set(keys[i], i, Minute);
            IDictionary<string, int> found = client.Get<int>(keys);
            Same(25, found.Count);
            Same(8, found["many-8"]);
        });
        Check("cas", () =>
        {
            client.Set("cas", "one", Minute);
            CasResult<string> read = client.GetWithCas<string>("cas");
            Same("one", read.Result);
            No(read.Cas == 0);
            Yes(client.Cas(StoreMode.Set, "cas", "two", read.Cas).Result);
            No(client.Cas(StoreMode.Set, "cas", "three", read.Cas).Result);
            Same("two", client.Get<string>("cas"));
        });
        Check("append and prepend", () =>
        {
            client.Set("joined", "middle", Minute);
            Yes(client.Append("joined", new ArraySegment<byte>(Encoding.UTF8.GetBytes(">"))));
            Yes(client.Prepend("joined", new ArraySegment<byte>(Encoding.UTF8.GetBytes("<"))));
            Same("<middle>", client.Get<string>("joined"));
        });
        Check("increment and decrement", Counters);
        Check("remove", () =>
        {
            client.Set("removed", "x", Minute);
            Yes(client.Remove("removed"));
            Same(null, client.Get<string>("removed"));
        });
        Check("statistics", () => Yes(client.Stats().GetRaw("pid").Single().Value is { Length: > 0 }));
    }

    private void Counters()
    {
        if (protocol == MemcachedProtocol.Binary)
        {
            Same(7UL, client.Increment("count", 7, 2));
            Same(9UL, client.Increment("count", 7, 2));
            Same(8UL, client.Decrement("count", 7, 1));
            Same(0UL, client.Decrement("count", 7, 100));
            return;
        }
        // Over text the library sends no first value.
        client.Set("count", "100", Minute);
        Same(102UL, client.Increment("count", 0, 2));
        Same(92UL, client.Decrement("count", 0, 10));
    }

    private void Check(string name, Action body) => checks.Check($"{protocol}: {name}", body);
}
