using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Segments;

/// <summary>What the memory engine's own tests share.</summary>
public abstract class SegmentSuite : IDisposable
{
    protected const long Start = 1_750_000_000_000;

    protected SegmentItemStore Store { get; private set; } = new(256 << 20, 0x5EED);

    protected long Now { get; set; } = Start;

    public void Dispose()
    {
        Store.CheckIntegrity();
        Store.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Bytes(string text) => TestBytes.Bytes(text);

    protected static byte[] Pattern(int length, int seed) => TestBytes.Pattern(length, seed);

    protected void UseStore(SegmentStoreOptions options)
    {
        Store.Dispose();
        Store = new SegmentItemStore(options);
    }

    protected StoreStatus Put(string key, ReadOnlySpan<byte> value, long expiresAt = 0, int database = 0)
    {
        ItemKey k = Store.Key(database, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.Put(k, value, default, new ItemAttributes(0, expiresAt), Now, out _);
    }

    protected byte[]? Get(string key, int database = 0)
    {
        ItemKey k = Store.Key(database, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.TryGet(k, Now, out ItemView view) ? view.Value.ToArray() : null;
    }

    protected bool Remove(string key)
    {
        ItemKey k = Store.Key(0, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.Remove(k, RemoveReason.Deleted, Now);
    }

    protected bool SetExpiry(string key, long expiresAt)
    {
        ItemKey k = Store.Key(0, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.SetExpiry(k, expiresAt, Now);
    }

    protected void Maintain(int maxSteps = 1000)
    {
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            while (!Store.Maintain(shard, Now, maxSteps))
            {
            }
        }
    }
}
