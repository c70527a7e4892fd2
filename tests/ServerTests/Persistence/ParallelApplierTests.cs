using System.Globalization;
using System.Text;
using SessionGateway.Gateway.Persistence;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests.Persistence;

/// <summary>Several threads make of a log what one would: every change of a key in its order.</summary>
public sealed class ParallelApplierTests : IDisposable
{
    private const int Keys = 300;
    private const long Start = 1_790_000_000_000;

    private readonly SegmentItemStore _store = Open(1L << 28, seed: 1);
    private readonly Random _random = new(7);
    private long _now = Start;

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Any_number_of_threads_makes_the_same_items(int processors)
    {
        using SegmentItemStore twin = Open(1L << 28, seed: 2);
        using var applier = new ParallelApplier(twin, processors);
        _store.Listen(new Teller(applier));
        for (int i = 0; i < 40_000; i++)
        {
            Act(i);
        }

        _store.Maintain(0, _now, 1);
        applier.Settle();
        Compare(twin, applier);
        twin.CheckIntegrity();
    }

    [Fact]
    public void When_memory_becomes_short_one_thread_goes_on_alone_and_nothing_is_missing()
    {
        // Each thread may have some megabytes before it: what is left is soon less.
        using SegmentItemStore twin = Open(24 << 20, seed: 2);
        using var applier = new ParallelApplier(twin, 2);
        _store.Listen(new Teller(applier));
        byte[] value = new byte[20_000];
        for (int i = 0; i < 3000; i++)
        {
            _random.NextBytes(value.AsSpan(0, 64));
            Put(Key(i), value);
        }

        applier.Settle();
        Compare(twin, applier);
    }

    [Fact]
    public void A_change_of_what_is_not_there_is_counted()
    {
        using SegmentItemStore twin = Open(1L << 28, seed: 2);
        using var applier = new ParallelApplier(twin, 2);
        applier.Apply(new Mutation { Kind = MutationKind.ExpiryChanged, Key = "absent"u8 });
        applier.Settle();
        Assert.Equal((1, 0), (applier.Diverged, applier.OutOfMemory));
    }

    private static SegmentItemStore Open(long memory, ulong seed) => new(new SegmentStoreOptions
    {
        MemoryLimit = memory, Seed = seed, Policy = EvictionPolicy.EvictLru,
    });

    private static byte[] Key(int number) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"key-{number % Keys}"));

    private void Act(int step)
    {
        _now += _random.Next(3);
        byte[] name = Key(_random.Next(Keys));
        switch (_random.Next(step % 10_000 == 9_999 ? 1 : 12))
        {
            case 0 when step % 10_000 == 9_999:
                _store.Flush(0);
                break;
            case < 5:
                Put(name, new byte[_random.Next(50) == 0 ? 300_000 : _random.Next(400)]);
                break;
            case < 7:
                ItemKey key = _store.Key(0, name);
                using (ShardScope scope = _store.Enter(key, _now))
                {
                    scope.Shard.SetExpiry(key, _now + 1_000_000 + _random.Next(1000), _now);
                }

                break;
            case 7:
                ItemKey gone = _store.Key(0, name);
                using (ShardScope scope = _store.Enter(gone, _now))
                {
                    scope.Shard.Remove(gone, RemoveReason.Deleted, _now);
                }

                break;
            case 8:
                ItemKey read = _store.Key(0, name);
                using (ShardScope scope = _store.Enter(read, _now))
                {
                    scope.Shard.TryGet(read, _now, out _);
                }

                break;
            case 9:
                using (_store.EnterMany(_store.AllShards, _now))
                {
                    Put(name, [1]);
                    Put(Key(_random.Next(Keys)), [2]);
                }

                break;
            default:
                ItemKey hash = _store.Key(1, name);
                using (ShardScope scope = _store.Enter(hash, _now))
                {
                    scope.Shard.Collections.Hashes.Set(hash, Key(_random.Next(40)), Key(step), _now, 0);
                }

                break;
        }
    }

    private void Put(byte[] name, byte[] value)
    {
        ItemKey key = _store.Key(0, name);
        using ShardScope scope = _store.Enter(key, _now);
        StoreStatus status = scope.Shard.Put(
            key, value, default, new ItemAttributes((uint)value.Length, _now + 2_000_000), _now, out _);
        Assert.Equal(StoreStatus.Stored, status);
    }

    private void Compare(SegmentItemStore twin, ParallelApplier applier)
    {
        Assert.Equal((0, 0), (applier.Diverged, applier.OutOfMemory));
        for (int database = 0; database < 2; database++)
        {
            Assert.Equal(_store.Count(database), twin.Count(database));
            for (int i = 0; i < Keys; i++)
            {
                ItemKey one = _store.Key(database, Key(i)), two = twin.Key(database, Key(i));
                using ShardScope first = _store.Enter(one, _now), second = twin.Enter(two, _now);
                bool isThere = first.Shard.TryPeek(one, _now, out ItemView a);
                Assert.Equal(isThere, second.Shard.TryPeek(two, _now, out ItemView b));
                Assert.Equal((a.Cas, a.ExpiresAt, a.Flags, a.Type), (b.Cas, b.ExpiresAt, b.Flags, b.Type));
                Assert.True(a.Value.SequenceEqual(b.Value), $"{i} of database {database} has another value");
            }
        }
    }

    private sealed class Teller(IMutationSink sink) : IMutationListener
    {
        public bool WantsAccesses => true;

        public void OnMutation(in Mutation mutation) => sink.Apply(mutation);
    }
}
