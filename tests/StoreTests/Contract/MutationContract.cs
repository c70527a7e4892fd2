using SessionGateway.Store;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;

namespace SessionGateway.StoreTests.Contract;

/// <summary>The mutation stream tells every effect once, in one order, with final values.</summary>
public abstract class MutationContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private readonly RecordingListener _listener = new();

    protected MutationContract() => Store.Listen(_listener);

    [Fact]
    public void Puts_touches_and_removes_are_told_in_order()
    {
        PutParts(Bytes("k"), Bytes("he"), Bytes("llo"), out ulong cas, Now + 9);
        SetExpiry("k", Now + 99);
        Remove("k");
        Remove("k");
        Assert.Equal(
            [$"put 0:k hello {Now + 9} {cas}", $"expiry 0:k {Now + 99}", "Deleted 0:k"],
            _listener.Lines);
        Assert.Equal([1, 2, 3], _listener.Positions);
        Assert.Equal(3, Store.Mutations.Position);
    }

    [Fact]
    public void A_command_learns_the_position_of_its_effect()
    {
        Put("a", "1");
        ItemKey key = Store.Key(0, Bytes("b"));
        using ShardScope scope = Store.Enter(key, Now);
        scope.Shard.Put(key, Bytes("2"), default, default, Now, out _);
        Assert.Equal(2, scope.Shard.LastPosition);
    }

    [Fact]
    public void An_item_found_expired_is_told_once_before_the_next_write()
    {
        PutParts(Bytes("k"), Bytes("a"), default, out _, Now + 5, database: 3);
        Now += 5;
        PutParts(Bytes("k"), Bytes("b"), default, out ulong cas, database: 3);
        Assert.Equal(["Expired 3:k", $"put 3:k b 0 {cas}"], _listener.Lines[1..]);
    }

    [Fact]
    public void Reclaimed_items_are_each_told_once()
    {
        for (int i = 0; i < 500; i++)
        {
            Put($"key-{i}", "v", Now + 100);
        }

        _listener.Lines.Clear();
        Now += 100;
        Assert.Null(Get("key-7"));
        Maintain();
        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => $"Expired 0:key-{i}").Order(), _listener.Lines.Order());
    }

    [Fact]
    public void A_flush_is_told_once_and_not_per_item_or_shard()
    {
        for (int i = 0; i < 500; i++)
        {
            Put($"key-{i}", "v", Now + 100);
        }

        _listener.Lines.Clear();
        Store.Flush(0);
        Now += 100;
        Maintain();
        Assert.Equal(["(", "flush 0", ")"], _listener.Lines);
    }

    [Fact]
    public void A_scheduled_flush_is_told_when_it_happens()
    {
        Put("k", "v");
        Store.ScheduleFlush(0, Now + 10);
        Now += 10;
        Assert.Null(Get("k"));
        Assert.Equal(["(", "flush 0", ")"], _listener.Lines[1..]);
    }

    [Fact]
    public void What_is_written_while_several_shards_are_held_is_one_group()
    {
        using (Store.EnterMany(Store.AllShards, Now))
        {
            Put("a", "1");
            using (Store.EnterMany(Store.AllShards, Now))
            {
                Put("b", "2");
            }

            Store.Flush(5);
        }

        Put("c", "3");
        string[] kinds = [.. _listener.Lines.Select(l => l.Split(' ')[0])];
        Assert.Equal(["(", "put", "put", "flush", ")", "put"], kinds);
        ItemKey key = Store.Key(0, Bytes("a"));
        using ShardScope scope = Store.Enter(key, Now);
        Assert.InRange(scope.Shard.LastPosition, 5, 6);
    }

    [Fact]
    public void A_group_without_effects_is_not_told()
    {
        using (Store.EnterMany(Store.AllShards, Now))
        {
            Get("nothing");
        }

        Assert.Empty(_listener.Lines);
    }

    [Fact]
    public void Each_of_several_listeners_is_told_until_it_leaves()
    {
        var other = new RecordingListener();
        Put("a", "1");
        Assert.Equal(1, Store.Listen(other));
        Put("b", "2");
        Store.Unlisten(_listener);
        Put("c", "3");
        Store.Unlisten(other);
        Put("d", "4");
        Assert.Equal([1, 2], _listener.Positions);
        Assert.Equal([2, 3], other.Positions);
        Assert.Equal(3, Store.Mutations.Position);
    }

    [Fact]
    public void Threads_that_write_at_once_are_told_in_one_order_without_a_gap()
    {
        const int writes = 20_000;
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(t => new Thread(() =>
        {
            for (int i = 0; i < writes; i++)
            {
                if (i % 10 == 0)
                {
                    using MultiShardScope scope = Store.EnterMany(Store.AllShards, Now);
                    Put($"{t}-{i % 50}", "a");
                    Put($"{t}-{i % 60}", "b");
                }
                else
                {
                    Put($"{t}-{i % 70}", "c");
                }
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(Enumerable.Range(1, _listener.Positions.Count).Select(i => (long)i), _listener.Positions);

        // Every group is whole: two puts of one thread between its ends.
        for (int i = 0; i < _listener.Lines.Count; i++)
        {
            if (_listener.Lines[i] == "(")
            {
                Assert.Equal(")", _listener.Lines[i + 3]);
                Assert.Equal(WriterOf(_listener.Lines[i + 1]), WriterOf(_listener.Lines[i + 2]));
            }
        }

        Assert.Equal(3 * writes / 10, _listener.Lines.Count(l => l == "("));
    }

    private static char WriterOf(string line) => line[line.IndexOf(':') + 1];

    [Fact]
    public void What_is_restored_is_not_told()
    {
        ItemKey key = Store.Key(0, Bytes("k"));
        using ShardScope scope = Store.Enter(key, Now);
        var attributes = new ItemAttributes(7, Now + 99, Cas: 640);
        scope.Shard.Restore(key, Bytes("v"), default, attributes, new ItemMarks(Now - 64_000, WasRead: true, false),
            Now);
        scope.Shard.RestoreExpiry(key, Now + 5, Now);
        Assert.True(scope.Shard.TryPeek(key, Now, out ItemView item));
        Assert.Equal((7u, 640UL, Now + 5), (item.Flags, item.Cas, item.ExpiresAt));
        Assert.True(item.WasRead);
        scope.Shard.RestoreRemoval(key, RemoveReason.Expired, 6400);
        Assert.False(scope.Shard.TryPeek(key, Now, out _));
        Assert.True(scope.Shard.NextCas() > 6400);
        Assert.Empty(_listener.Lines);
    }
}
