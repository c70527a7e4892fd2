using SessionGateway.Store;
using SessionGateway.Store.Following;
using SessionGateway.Store.Managed;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Soak;

namespace SessionGateway.StoreTests.Segments;

/// <summary>
/// A store, its mutation stream, and a second store made from it: equal after every round of the soak.
/// <c>bench/Microbench -- soak twin</c> does it with 20 million operations.
/// </summary>
public sealed class ReplayTwinTests
{
    [Fact]
    public void A_twin_with_another_seed_and_number_of_shards_is_equal_after_every_round()
    {
        using var store = new SegmentItemStore(1L << 30, 42);
        using var twin = new SegmentItemStore(
            new SegmentStoreOptions { MemoryLimit = 1L << 30, Seed = 99, ShardBits = 4 });
        StoreSoak? soak = null;
        var replay = new ReplayTwin(store, twin, readsAreTold: false);
        soak = new StoreSoak(store, () => Check(replay, twin, soak!.Now), threads: 3, seed: 1, 2000, 1 << 19);
        soak.Run(rounds: 8, operationsPerRound: 5000);
        Assert.All(
            [MutationKind.Put, MutationKind.Refreshed, MutationKind.Spliced, MutationKind.ExpiryChanged,
                MutationKind.Removed,
                MutationKind.Flushed, MutationKind.GroupBegin],
            kind => Assert.True(replay.Counts[(int)kind] > 0, $"{kind} never came"));
    }

    [Fact]
    public void A_twin_of_a_store_at_its_limit_that_compresses_is_equal_over_another_engine()
    {
        using var store = new SegmentItemStore(new SegmentStoreOptions
        {
            MemoryLimit = 8 << 20, Seed = 43, Compression = [new CompressionRule(default, 256)],
        });
        using var twin = new ManagedItemStore(1L << 30, 5, shardBits: 3);
        StoreSoak? soak = null;
        var replay = new ReplayTwin(store, twin, readsAreTold: false);
        soak = new StoreSoak(store, () => replay.Compare(soak!.Now), threads: 2, seed: 2, 6000, 200_000);
        soak.Run(rounds: 8, operationsPerRound: 4000);
        Assert.True(soak.Refused > 0, "the limit was never met");
    }

    [Theory]
    [InlineData(EvictionPolicy.EvictLru)]
    [InlineData(EvictionPolicy.Protect)]
    public void Evictions_reads_and_marks_are_carried_over(EvictionPolicy policy)
    {
        var options = new SegmentStoreOptions
        {
            MemoryLimit = 8 << 20, Seed = 5, Policy = policy,
            Prefixes = [new PrefixRule("crawler-"u8.ToArray(), PrefixClass.Anonymous)],
        };
        using var store = new SegmentItemStore(options);
        using var twin = new SegmentItemStore(options with { MemoryLimit = 64 << 20, Seed = 6, ShardBits = 0 });
        var replay = new ReplayTwin(store, twin, readsAreTold: true);
        var random = new Random(3);
        long now = 1_750_000_000_000;
        byte[] value = new byte[3000];
        for (int i = 0; i < 60_000; i++)
        {
            now += random.Next(40);
            byte[] name =
                System.Text.Encoding.ASCII.GetBytes($"{(i % 2 == 0 ? "crawler" : "user")}-{random.Next(9000)}");
            ItemKey key = store.Key(0, name);
            using (ShardScope scope = store.Enter(key, now))
            {
                if (!scope.Shard.TryGet(key, now, out _) || random.Next(4) == 0)
                {
                    scope.Shard.Put(key, value.AsSpan(random.Next(2000)), default, default, now, out _);
                }
            }

            if (i % 20_000 == 19_999)
            {
                replay.Compare(now);
            }
        }

        Assert.True(replay.Counts[(int)MutationKind.Accessed] > 0, "no read was told");
        Assert.True(replay.Counts[(int)MutationKind.Removed] > 1000, "nothing was given up");
        twin.CheckIntegrity();
    }

    [Fact]
    public void A_snapshot_and_what_follows_it_make_a_twin_and_its_uniques_go_on_above()
    {
        using var store = new SegmentItemStore(
            new SegmentStoreOptions { MemoryLimit = 64 << 20, Seed = 1, CasStart = 1 << 20 });
        using var twin = new SegmentItemStore(
            new SegmentStoreOptions { MemoryLimit = 64 << 20, Seed = 2, ShardBits = 2 });
        const long now = 1_750_000_000_000;
        for (int i = 0; i < 5000; i++)
        {
            Put(store, $"key-{i}", $"value {i}", now);
        }

        StoreSnapshot snapshot;
        ReplayTwin replay;
        using (store.EnterMany(store.AllShards, now))
        {
            replay = new ReplayTwin(store, twin, readsAreTold: false);
            snapshot = store.TryBeginSnapshot(new RestoringSink(twin), now)!;
            Assert.Equal(replay.Last, snapshot.Position);
        }

        for (int shard = 0; shard < store.Shards.Length; shard++)
        {
            for (int i = shard; i < 6000; i += 97)
            {
                Put(store, $"key-{i}", $"later {i}", now);
            }

            Assert.True(snapshot.Step(shard, int.MaxValue));
        }

        replay.Compare(now);
        twin.RaiseCas(snapshot.LastCas);
        Assert.True(Put(twin, "new", "v", now) > store.LastCas - (1UL << 20), "a unique may come twice");
        Assert.True(Put(twin, "new", "w", now) > snapshot.LastCas, "a unique may come twice");
    }

    [Fact]
    public void A_group_that_is_cut_off_has_no_effect()
    {
        using var twin = new SegmentItemStore(16 << 20, 2);
        var applier = new MutationApplier(twin);
        Assert.Equal(ApplyStatus.Applied, applier.Apply(new Mutation { Kind = MutationKind.GroupBegin }));
        Assert.Equal(ApplyStatus.Applied,
            applier.Apply(new Mutation { Kind = MutationKind.Put, Key = "a"u8, Head = "1"u8, Cas = 64 }));
        Assert.Equal(0, twin.Count(0));
        Assert.Equal(ApplyStatus.Applied, applier.Apply(new Mutation { Kind = MutationKind.GroupEnd }));
        Assert.Equal(1, twin.Count(0));
    }

    [Fact]
    public void What_changes_an_item_that_is_not_there_is_noticed()
    {
        using var twin = new SegmentItemStore(16 << 20, 2);
        var applier = new MutationApplier(twin);
        Assert.Equal(
            ApplyStatus.Diverged,
            applier.Apply(new Mutation { Kind = MutationKind.Spliced, Key = "a"u8, Head = "12"u8, SpliceInserted = 1,
                SplicedLength = 1 }));
        Assert.Equal(ApplyStatus.Diverged,
            applier.Apply(new Mutation { Kind = MutationKind.ExpiryChanged, Key = "a"u8 }));
        Assert.Equal(ApplyStatus.Diverged,
            applier.Apply(new Mutation { Kind = MutationKind.Refreshed, Key = "a"u8, Cas = 64 }));
    }

    private static void Check(ReplayTwin replay, SegmentItemStore twin, long now)
    {
        replay.Compare(now);
        twin.CheckIntegrity();
    }

    private static ulong Put(ItemStore store, string name, string value, long now)
    {
        ItemKey key = store.Key(0, System.Text.Encoding.ASCII.GetBytes(name));
        using ShardScope scope = store.Enter(key, now);
        scope.Shard.Put(key, System.Text.Encoding.ASCII.GetBytes(value), default, default, now, out ulong cas);
        return cas;
    }

    private sealed class RestoringSink(ItemStore twin) : ISnapshotSink
    {
        private readonly MutationApplier _applier = new(twin);

        public void OnItem(in ItemKey key, in ItemView item) =>
            Assert.Equal(ApplyStatus.Applied, _applier.Apply(Mutation.OfItem(key, item)));

        public void OnPage(int database, ulong number, ReadOnlySpan<byte> page) =>
            throw new InvalidOperationException("no test here has collections");
    }
}
