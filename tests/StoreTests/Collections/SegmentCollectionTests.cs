using System.Text;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Contract;
using SessionGateway.StoreTests.Segments;

namespace SessionGateway.StoreTests.Collections;

/// <summary>Collections under the memory engine's snapshots, policies and listeners.</summary>
public sealed class SegmentCollectionTests : SegmentSuite
{
    [Fact]
    public void A_snapshot_shows_collections_as_they_were_when_it_began()
    {
        var random = new Random(1);
        for (int i = 0; i < 4000; i++)
        {
            HSet("large", $"f{i}", $"{i}");
            ZAdd("sorted", random.Next(100), $"m{i}");
            Push("list", $"e{i}");
        }

        HSet("small", "f", "v");
        var sink = new CollectingSink();
        using StoreSnapshot snapshot = Store.TryBeginSnapshot(sink, Now)!;
        Dictionary<string, List<Seen>> expected = new()
        {
            ["large"] = Read("large"), ["sorted"] = Read("sorted"), ["list"] = Read("list"), ["small"] = Read("small"),
        };
        bool isDone = false;
        for (int round = 0; !isDone; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                HSet("large", $"f{random.Next(8000)}", $"changed {round}");
                HDel("large", $"f{random.Next(8000)}");
                ZAdd("sorted", random.Next(100), $"m{random.Next(8000)}");
                Push("list", "more");
            }

            if (round == 30)
            {
                Remove("list");
                HSet("small", "f", "changed");
            }

            Maintain(50);
            isDone = true;
            for (int shard = 0; shard < ItemStore.ShardCount; shard++)
            {
                isDone &= snapshot.Step(shard, 10);
            }
        }

        Assert.Equal(4, sink.Items.Count);
        foreach ((string key, List<Seen> entries) in expected)
        {
            var seen = new SeenElements();
            ItemType type = key switch { "sorted" => ItemType.SortedSet, "list" => ItemType.List, _ => ItemType.Hash };
            var item = new ItemView { Value = sink.Items[(0, key)].Value, Type = type };
            Assert.True(sink.Pages.TryRead(0, item, seen));
            Assert.Equal(entries.OrderBy(e => e.Name), seen.All.OrderBy(e => e.Name));
            Assert.True(type == ItemType.Hash || entries.SequenceEqual(seen.All));
        }
    }

    [Fact]
    public void A_flush_does_not_take_collections_from_a_running_snapshot()
    {
        for (int i = 0; i < 4000; i++)
        {
            HSet("large", $"f{i}", $"{i}");
        }

        var sink = new CollectingSink();
        using StoreSnapshot snapshot = Store.TryBeginSnapshot(sink, Now)!;
        Store.Flush(0);
        HSet("large", "new", "v");
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            while (!snapshot.Step(shard, 100))
            {
            }
        }

        var seen = new SeenElements();
        Assert.True(sink.Pages.TryRead(
            0, new ItemView { Value = sink.Items[(0, "large")].Value, Type = ItemType.Hash }, seen));
        Assert.Equal(4000, seen.All.Count);
    }

    [Fact]
    public void Listeners_hear_what_a_second_store_needs_to_become_the_same()
    {
        using var twin = new SegmentItemStore(256 << 20, seed: 99);
        var replay = new ReplayListener(twin);
        Store.Listen(replay);

        var random = new Random(5);
        for (int i = 0; i < 30_000; i++)
        {
            string key = $"{random.Next(3)}", name = $"n{random.Next(900)}";
            switch (random.Next(10))
            {
                case < 2: HSet($"h{key}", name, $"{i}", random.Next(9) == 0 ? Now + random.Next(1, 500) : 0); break;
                case 2: HDel($"h{key}", name); break;
                case < 5: ZAdd($"z{key}", random.Next(50), name); break;
                case 5: In($"z{key}",
                    (ShardCollections c, in ItemKey k) => c.SortedSets.Remove(k, Bytes(name), Now)); break;
                case 6: Push($"l{key}", $"{i}"); break;
                case 7: In($"l{key}",
                    (ShardCollections c, in ItemKey k) => c.Lists.Set(k, 3, Bytes($"{i}"), Now)); break;
                case 8: In($"l{key}",
                    (ShardCollections c, in ItemKey k) => c.Lists.RemoveAt(k, random.Next(20), 1, Now)); break;
                default: In($"s{key}", (ShardCollections c, in ItemKey k) => c.Sets.Add(k, Bytes(name), Now)); break;
            }

            if (random.Next(2000) == 0)
            {
                Remove($"h{key}");
            }

            Now += random.Next(2);
        }

        foreach (string key in (string[])["h0", "h1", "h2", "z0", "z1", "z2", "l0", "l1", "l2", "s0", "s1", "s2"])
        {
            Assert.Equal(Read(key).OrderBy(e => e.Name), Read(key, twin).OrderBy(e => e.Name));
            Assert.True(key[0] != 'l' || Read(key).SequenceEqual(Read(key, twin)));
        }

        twin.CheckIntegrity();
    }

    [Fact]
    public void Under_eviction_a_collection_goes_as_a_whole_and_never_the_one_that_is_written()
    {
        UseStore(new SegmentStoreOptions { MemoryLimit = 8 << 20, Seed = 3, Policy = EvictionPolicy.EvictLru });
        for (int hash = 0; hash < 40; hash++)
        {
            Now += 60_000;
            for (int i = 0; i < 4000; i++)
            {
                Assert.NotEqual(ElementWrite.OutOfMemory, HSet($"hash-{hash}", $"f{i}", new string('v', 80)));
            }

            Assert.Equal(4000, Read($"hash-{hash}").Count);
            Store.CheckIntegrity();
        }

        // What is there is whole.
        int left = 0;
        for (int hash = 0; hash < 40; hash++)
        {
            int count = Read($"hash-{hash}").Count;
            Assert.True(count is 0 or 4000, $"{count} fields are left");
            left += count / 4000;
        }

        Assert.InRange(left, 5, 20);
        Assert.Equal(40 - left, Store.LostCount(LossReason.LeastRecentlyUsed));
    }

    [Fact]
    public void A_hash_is_anonymous_until_it_is_read_however_many_fields_are_written()
    {
        UseStore(new SegmentStoreOptions
        {
            MemoryLimit = 8 << 20,
            Seed = 3,
            Prefixes = [new PrefixRule(Bytes("sess:"), PrefixClass.Anonymous)],
        });
        for (int i = 0; i < 200; i++)
        {
            for (int f = 0; f < 5; f++)
            {
                HSet($"sess:known-{i}", $"f{f}", "v");
                HSet($"sess:stranger-{i}", $"f{f}", "v");
            }

            Read($"sess:known-{i}");
        }

        for (int i = 0; i < 30_000; i++)
        {
            Put($"sess:flood-{i}", new byte[500]);
        }

        Assert.Equal(200, Enumerable.Range(0, 200).Count(i => Read($"sess:known-{i}").Count == 5));
        Assert.Equal(0, Enumerable.Range(0, 200).Count(i => Read($"sess:stranger-{i}").Count > 0));
    }

    [Fact]
    public void A_splice_in_a_long_string_keeps_the_rest_and_the_attributes()
    {
        byte[] value = Pattern(1 << 20, 1);
        Put("key", value, Now + 5000);
        ItemKey key = Store.Key(0, Bytes("key"));
        using ShardScope scope = Store.Enter(key, Now);
        List<byte> model = [.. value];
        var random = new Random(2);
        ulong last = 0;
        for (int i = 0; i < 200; i++)
        {
            int offset = random.Next(model.Count);
            int removed = Math.Min(random.Next(50), model.Count - offset);
            byte[] inserted = Pattern(random.Next(3) == 0 ? removed : random.Next(60), i);
            Assert.Equal(StoreStatus.Stored, scope.Shard.Splice(key, offset, removed, inserted, Now, out ulong cas));
            model.RemoveRange(offset, removed);
            model.InsertRange(offset, inserted);
            Assert.NotEqual(last, cas);
            last = cas;
        }

        Assert.True(scope.Shard.TryPeek(key, Now, out ItemView item));
        Assert.Equal(model.ToArray(), item.Value.ToArray());
        Assert.Equal((Now + 5000, last), (item.ExpiresAt, item.Cas));
    }

    private delegate T Work<out T>(ShardCollections collections, in ItemKey key);

    private T In<T>(string name, Work<T> work, ItemStore? store = null)
    {
        store ??= Store;
        ItemKey key = store.Key(0, Bytes(name));
        using ShardScope scope = store.Enter(key, Now);
        return work(scope.Shard.Collections, key);
    }

    private ElementWrite HSet(string key, string field, string value, long expiresAt = 0) =>
        In(key, (ShardCollections c, in ItemKey k) => c.Hashes.Set(k, Bytes(field), Bytes(value), Now, expiresAt));

    private Lookup HDel(string key, string field) =>
        In(key, (ShardCollections c, in ItemKey k) => c.Hashes.Remove(k, Bytes(field), Now));

    private ElementWrite ZAdd(string key, double score, string member) =>
        In(key, (ShardCollections c, in ItemKey k) => c.SortedSets.Set(k, Bytes(member), score, Now));

    private ElementWrite Push(string key, string element) =>
        In(key, (ShardCollections c, in ItemKey k) => c.Lists.AddLast(k, Bytes(element), Now));

    // All entries of whatever the key holds.
    private List<Seen> Read(string key, ItemStore? store = null)
    {
        var seen = new SeenElements();
        In(key, (ShardCollections c, in ItemKey k) =>
        {
            for (ulong cursor = 0; c.Hashes.Scan(k, cursor, 1000, Now, seen, out cursor) == Lookup.Found
                && cursor != 0;)
            {
            }

            for (ulong cursor = 0; c.Sets.Scan(k, cursor, 1000, Now, seen, out cursor) == Lookup.Found && cursor != 0;)
            {
            }

            c.SortedSets.Walk(k, 0, long.MaxValue, isReverse: false, Now, seen);
            return c.Lists.Walk(k, 0, long.MaxValue, isReverse: false, Now, seen);
        }, store);
        return seen.All;
    }
}
