using System.Runtime.InteropServices;
using SessionGateway.Store;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using Xunit.Abstractions;

namespace SessionGateway.StoreTests.Segments;

/// <summary>Threads read values without the lock while others rewrite, append to, write into, delete, flush, expire,
/// evict and compact them.</summary>
public sealed class PinStressTests(ITestOutputHelper output)
{
    private const int Keys = 60;
    private const int PinsPerThread = 3000;

    private long _now = 1_750_000_000_000;
    private int _running;
    private long _version;

    [Theory]
    [InlineData(24 << 20)]
    [InlineData(256 << 20)]
    public async Task Every_byte_of_a_pinned_value_is_of_one_version(int limit)
    {
        using var store = new SegmentItemStore(
            new SegmentStoreOptions { MemoryLimit = limit, Seed = 5, Policy = EvictionPolicy.EvictLru });
        _running = 2;
        Task[] threads =
        [
            Task.Factory.StartNew(() => Read(store, 1), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => Read(store, 2), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => Write(store, 3), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => Write(store, 4), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => Maintain(store), TaskCreationOptions.LongRunning),
        ];
        await Task.WhenAll(threads);
        output.WriteLine($"{2 * PinsPerThread} values were pinned, {_version} written");
        store.CheckIntegrity();
    }

    private void Read(SegmentItemStore store, int seed)
    {
        var random = new Random(seed);
        try
        {
            for (int pins = 0; pins < PinsPerThread;)
            {
                pins += ReadOne(store, KeyOf(random), Volatile.Read(ref _now)) ? 1 : 0;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static unsafe bool ReadOne(SegmentItemStore store, byte[] name, long now)
    {
        ItemKey key = store.Key(0, name);
        ulong* words;
        int count;
        ValuePin pin;
        using (ShardScope scope = store.Enter(key, now))
        {
            if (!scope.Shard.TryGet(key, now, out ItemView item)
                || !((IValuePins)scope.Shard).TryPin(item.Value, out pin))
            {
                return false;
            }

            fixed (byte* start = item.Value)
            {
                words = (ulong*)start;
                count = item.Length / sizeof(ulong);
            }
        }

        // Twice, so that the others have time for something.
        ulong first = words[0];
        for (int look = 0; look < 2; look++)
        {
            Assert.Equal(-1, new ReadOnlySpan<ulong>(words, count).IndexOfAnyExcept(first));
        }

        using ShardScope again = store.Enter(key, now);
        ((IValuePins)again.Shard).Unpin(pin);
        return true;
    }

    private void Write(SegmentItemStore store, int seed)
    {
        var random = new Random(seed);
        ulong[] words = new ulong[40_000];
        while (Volatile.Read(ref _running) > 0)
        {
            long now = Volatile.Read(ref _now);
            Span<ulong> some = words.AsSpan(0, random.Next(1, random.Next(4) == 0 ? words.Length : 12_000));
            some.Fill((ulong)Interlocked.Increment(ref _version));
            ReadOnlySpan<byte> value = MemoryMarshal.AsBytes(some);
            ItemKey key = store.Key(0, KeyOf(random));
            if (random.Next(3000) == 0)
            {
                store.Flush(0);
            }

            using ShardScope scope = store.Enter(key, now);
            switch (random.Next(10))
            {
                case 0:
                    scope.Shard.Remove(key, RemoveReason.Deleted, now);
                    break;
                case 1:
                    scope.Shard.SetExpiry(key, now + random.Next(1, 3000), now);
                    break;
                case 2 when scope.Shard.TryPeek(key, now, out ItemView old):
                    // Whole in one step, or not at all.
                    scope.Shard.TryOverwrite(key, 0, MemoryMarshal.AsBytes(Whole(words, old.Length)), now);
                    break;
                case 3 when scope.Shard.TryPeek(key, now, out ItemView old):
                    // The same bytes again, behind each other.
                    scope.Shard.Put(key, old.Value, old.Value[..8], new ItemAttributes(0, 0), now, out _);
                    break;
                case 4 or 5 when scope.Shard.TryPeek(key, now, out ItemView old):
                    ReadOnlySpan<byte> other = MemoryMarshal.AsBytes(Whole(words, old.Length));
                    scope.Shard.Put(key, other, default, new ItemAttributes(0, 0), now, out _);
                    break;
                default:
                    scope.Shard.Put(key, value, default, new ItemAttributes(0, 0), now, out _);
                    break;
            }
        }
    }

    // A value of another length with one version in every word.
    private static Span<ulong> Whole(ulong[] words, int bytes)
    {
        Span<ulong> whole = words.AsSpan(0, Math.Min(words.Length, bytes / sizeof(ulong)));
        whole.Fill(words[0]);
        return whole;
    }

    private void Maintain(SegmentItemStore store)
    {
        while (Volatile.Read(ref _running) > 0)
        {
            Interlocked.Add(ref _now, 20);
            for (int shard = 0; shard < ItemStore.ShardCount; shard++)
            {
                store.Maintain(shard, Volatile.Read(ref _now), 500);
            }
        }
    }

    private static byte[] KeyOf(Random random) => BitConverter.GetBytes(random.Next(Keys));
}
