using System.Text;
using SessionGateway.Store;
using SessionGateway.Store.Managed;
using SessionGateway.Store.Segments;

namespace SessionGateway.Bench.Microbench.Store;

/// <summary>A store with numbered keys of 40 bytes and the operations of a session store on them.</summary>
internal sealed class StoreRig(ItemStore store) : IDisposable
{
    public const int KeyBytes = 40;
    private const int NoiseBytes = 1 << 20;
    private const int Prefix = 14;

    private readonly byte[] _key = [.. Encoding.ASCII.GetBytes("memc.sess.key."), .. new byte[KeyBytes - Prefix]];
    private readonly byte[] _noise = MakeNoise();

    public ItemStore Store { get; } = store;

    public long Now { get; set; } = 1_750_000_000_000;

    public static ItemStore Create(string engine, long limit) => engine switch
    {
        "managed" => new ManagedItemStore(limit, seed: 7),
        "segments" => new SegmentItemStore(limit, seed: 7),
        "segments told" => Told(new SegmentItemStore(limit, seed: 7)),
        _ => throw new ArgumentException($"engine {engine}: managed, segments or segments told"),
    };

    /// <summary>Another rig on the same store, for another thread.</summary>
    public StoreRig Share() => new(Store) { Now = Now };

    public bool Get(int number)
    {
        ItemKey key = Key(number);
        using ShardScope scope = Store.Enter(key, Now);
        return scope.Shard.TryGet(key, Now, out _);
    }

    /// <param name="number">The key.</param>
    /// <param name="length">Bytes of the value.</param>
    /// <param name="ttl">Milliseconds.</param>
    /// <param name="version">Another one makes another value.</param>
    public bool Put(int number, int length, long ttl, int version = 0)
    {
        ItemKey key = Key(number);
        int start = ((number * 37) + length + (version * 59)) & ((NoiseBytes / 2) - 1);
        ReadOnlySpan<byte> value = _noise.AsSpan(start, length);
        using ShardScope scope = Store.Enter(key, Now);
        var attributes = new ItemAttributes(0, Now + ttl);
        return scope.Shard.Put(key, value, default, attributes, Now, out _) == StoreStatus.Stored;
    }

    public bool Touch(int number, long ttl)
    {
        ItemKey key = Key(number);
        using ShardScope scope = Store.Enter(key, Now);
        return scope.Shard.SetExpiry(key, Now + ttl, Now);
    }

    public bool Remove(int number)
    {
        ItemKey key = Key(number);
        using ShardScope scope = Store.Enter(key, Now);
        return scope.Shard.Remove(key, RemoveReason.Deleted, Now);
    }

    public void Dispose() => Store.Dispose();

    private static SegmentItemStore Told(SegmentItemStore store)
    {
        store.Listen(new CountingListener());
        return store;
    }

    private static byte[] MakeNoise()
    {
        byte[] noise = new byte[NoiseBytes];
        new Random(5).NextBytes(noise);
        return noise;
    }

    private ItemKey Key(int number)
    {
        number.TryFormat(_key.AsSpan(Prefix), out _, "D26");
        return Store.Key(0, _key);
    }
}
