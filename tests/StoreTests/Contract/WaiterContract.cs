using SessionGateway.Store;
using SessionGateway.Store.Waiters;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Waiting for keys.</summary>
public abstract class WaiterContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private readonly RecordingWaiter _a = new();
    private readonly RecordingWaiter _b = new();
    private readonly RecordingWaiter _c = new();

    [Fact]
    public void Every_write_and_every_end_of_a_key_wakes_who_waits_for_it()
    {
        Wait(_a, "key");
        Put("key", "v");
        Assert.True(_a.TakeWake());
        Put("key", "v");
        Assert.True(_a.TakeWake());
        SetExpiry("key", Now + 10);
        Assert.True(_a.TakeWake());
        Remove("key");
        Assert.True(_a.TakeWake());
        Put("key", "v", expiresAt: Now + 5);
        Assert.True(_a.TakeWake());
        Now += 1_000_000;
        Maintain();
        Assert.True(_a.TakeWake());
        Store.Flush(0);
        Assert.True(_a.TakeWake());
    }

    [Fact]
    public void Reads_and_writes_of_other_keys_and_databases_wake_nobody()
    {
        Put("key", "v");
        Wait(_a, "key");
        Get("key");
        Put("other", "v");
        Put("key", "v", database: 1);
        Remove("missing");
        Assert.False(_a.TakeWake());
    }

    [Fact]
    public void Whoever_waits_longest_is_woken_and_only_he_may_take()
    {
        Wait(_a, "key");
        Wait(_b, "key");
        Put("key", "v");
        Assert.True(_a.TakeWake());
        Assert.False(_b.TakeWake());
        Assert.True(IsFirst("key", _a));
        Assert.False(IsFirst("key", _b));
        Assert.False(IsFirst("key", null));
        Assert.True(IsFirst("key", null, ItemType.Hash));
        Assert.True(IsFirst("other", null));
    }

    [Fact]
    public void Leaving_the_first_place_wakes_the_next_in_line()
    {
        KeyWait first = Wait(_a, "key");
        KeyWait second = Wait(_b, "key");
        Wait(_c, "key");
        Leave(second);
        Assert.False(_c.TakeWake());
        Leave(first);
        Assert.True(_c.TakeWake());
        Leave(first);
        Assert.True(IsFirst("key", _c));
        Assert.False(_a.TakeWake() || _b.TakeWake() || _c.TakeWake());
    }

    [Fact]
    public void Those_who_wait_for_different_types_of_one_key_do_not_wait_for_each_other()
    {
        KeyWait list = Wait(_a, "key", ItemType.List);
        KeyWait sorted = Wait(_b, "key", ItemType.SortedSet);
        KeyWait hash = Wait(_c, "key", ItemType.Hash);
        Put("key", "v");
        Assert.True(_a.TakeWake() && _b.TakeWake() && _c.TakeWake());
        Leave(sorted);
        Put("key", "v");
        Assert.True(_a.TakeWake() && !_b.TakeWake() && _c.TakeWake());
        Leave(hash);
        Leave(list);
        Put("key", "v");
        Assert.False(_a.TakeWake() || _c.TakeWake());
        Assert.Equal(0, Waiting());
    }

    [Fact]
    public void One_waiter_may_wait_for_many_keys_and_twice_for_one()
    {
        KeyWait[] places = [Wait(_a, "x"), Wait(_a, "y"), Wait(_a, "x"), Wait(_b, "x")];
        Put("y", "v");
        Assert.True(_a.TakeWake());
        Leave(places[0]);
        Assert.True(IsFirst("x", _a));
        Leave(places[1]);
        Leave(places[2]);
        Assert.True(_b.TakeWake());
        Assert.Equal(1, Waiting());
    }

    [Fact]
    public void It_does_what_lists_do()
    {
        var random = new Random(3);
        RecordingWaiter[] waiters = [.. Enumerable.Range(0, 12).Select(_ => new RecordingWaiter())];
        string[] keys = ["a", "b", "c"];
        ItemType[] types = [ItemType.List, ItemType.SortedSet];
        var model = new List<(string Key, ItemType Type, KeyWait Wait)>();
        for (int step = 0; step < 20_000; step++)
        {
            string key = keys[random.Next(keys.Length)];
            HashSet<IKeyWaiter> expected = [];
            if (random.Next(3) == 0)
            {
                Put(key, "v");
                expected = [.. types.Select(t => FirstOf(key, t)).OfType<IKeyWaiter>()];
            }
            else if (random.Next(2) == 0 || model.Count == 0)
            {
                ItemType type = types[random.Next(types.Length)];
                model.Add((key, type, Wait(waiters[random.Next(waiters.Length)], key, type)));
            }
            else
            {
                (string Key, ItemType Type, KeyWait Wait) left = model[random.Next(model.Count)];
                bool wasFirst = model.First(m => m.Key == left.Key && m.Type == left.Type) == left;
                model.Remove(left);
                Leave(left.Wait);
                expected = wasFirst && FirstOf(left.Key, left.Type) is { } next ? [next] : [];
            }

            Assert.Equal(expected, waiters.Where(w => w.TakeWake()).ToHashSet<IKeyWaiter>());
            Assert.Equal(model.Count, Waiting());
            if (FirstOf(key, types[0]) is { } first)
            {
                Assert.All(waiters, w => Assert.Equal(w == first, IsFirst(key, w, types[0])));
            }
        }

        IKeyWaiter? FirstOf(string key, ItemType type) =>
            model.FirstOrDefault(m => m.Key == key && m.Type == type).Wait?.Waiter;
    }

    private KeyWait Wait(RecordingWaiter waiter, string key, ItemType type = ItemType.List)
    {
        ItemKey k = Store.Key(0, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        var wait = new KeyWait(waiter, scope.Shard.Index, k, type);
        scope.Shard.Waiters.Add(wait);
        return wait;
    }

    private void Leave(KeyWait wait)
    {
        using ShardScope scope = ItemStore.Enter(Store.Shards[wait.Shard]);
        scope.Shard.Waiters.Remove(wait);
    }

    private bool IsFirst(string key, IKeyWaiter? waiter, ItemType type = ItemType.List)
    {
        ItemKey k = Store.Key(0, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.Waiters.IsFirst(k, type, waiter);
    }

    private int Waiting()
    {
        int sum = 0;
        foreach (Shard shard in Store.Shards)
        {
            sum += shard.Waiters.Count;
        }

        return sum;
    }
}
