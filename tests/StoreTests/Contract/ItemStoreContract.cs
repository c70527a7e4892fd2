using System.Text;
using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>
/// What every store engine promises: the base of the suites in this folder, each closed once per engine. Time is a
/// number that the tests set.
/// </summary>
public abstract class ItemStoreContract<TEngine> : IDisposable
    where TEngine : IEngineFactory, new()
{
    /// <summary>Start of the tests' time, Unix milliseconds.</summary>
    protected const long Start = 1_750_000_000_000;

    private readonly TEngine _engine = new();

    protected ItemStoreContract() => Store = NewStore(256 << 20);

    protected ItemStore Store { get; private set; }

    protected long Now { get; set; } = Start;

    public void Dispose()
    {
        _engine.Check(Store);
        Store.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Bytes(string text) => TestBytes.Bytes(text);

    protected static byte[] Pattern(int length, int seed = 1) => TestBytes.Pattern(length, seed);

    protected void UseStore(long memoryLimit)
    {
        Store.Dispose();
        Store = NewStore(memoryLimit);
    }

    protected StoreStatus Put(
        byte[] key, ReadOnlySpan<byte> value, long expiresAt = 0, uint flags = 0, int database = 0) =>
        PutParts(key, value, default, out _, expiresAt, flags, database);

    protected StoreStatus Put(string key, string value, long expiresAt = 0, int database = 0) =>
        Put(Bytes(key), Bytes(value), expiresAt, 0, database);

    protected StoreStatus PutParts(
        byte[] key,
        ReadOnlySpan<byte> head,
        ReadOnlySpan<byte> tail,
        out ulong cas,
        long expiresAt = 0,
        uint flags = 0,
        int database = 0,
        ulong givenCas = 0)
    {
        ItemKey k = Store.Key(database, key);
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.Put(k, head, tail, new ItemAttributes(flags, expiresAt, Cas: givenCas), Now, out cas);
    }

    protected Item? Get(byte[] key, int database = 0)
    {
        ItemKey k = Store.Key(database, key);
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.TryGet(k, Now, out ItemView view) ? Item.Of(view) : null;
    }

    protected string? Get(string key, int database = 0) =>
        Get(Bytes(key), database) is { } item ? Encoding.Latin1.GetString(item.Value) : null;

    protected Item? Peek(string key, int database = 0)
    {
        ItemKey k = Store.Key(database, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.TryPeek(k, Now, out ItemView view) ? Item.Of(view) : null;
    }

    protected bool SetExpiry(string key, long expiresAt, int database = 0)
    {
        ItemKey k = Store.Key(database, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.SetExpiry(k, expiresAt, Now);
    }

    protected bool Remove(string key, int database = 0)
    {
        ItemKey k = Store.Key(database, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.Remove(k, RemoveReason.Deleted, Now);
    }

    /// <summary>Runs rounds of maintenance over all shards until each says that it is complete.</summary>
    protected void Maintain(int maxSteps = 1000)
    {
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            int rounds = 0;
            while (!Store.Maintain(shard, Now, maxSteps))
            {
                Assert.True(++rounds < 1_000_000, "maintenance never completes");
            }
        }
    }

    protected long ExpiredCount()
    {
        long sum = 0;
        foreach (Shard shard in Store.Shards)
        {
            sum += shard.ExpiredCount;
        }

        return sum;
    }

    private ItemStore NewStore(long memoryLimit) => _engine.Create(memoryLimit, 0x5EED);
}
