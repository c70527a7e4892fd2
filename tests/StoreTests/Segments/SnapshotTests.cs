using SessionGateway.Store;

namespace SessionGateway.StoreTests.Segments;

/// <summary>A snapshot shows one moment, whatever is written while it is taken.</summary>
public sealed class SnapshotTests : SegmentSuite
{
    private const int Count = 5000;
    private readonly Random _random = new(9);
    private readonly CollectingSink _sink = new();

    [Fact]
    public void A_quiet_snapshot_holds_every_live_item_once()
    {
        Fill();
        Put("gone", Bytes("v"), Now + 5);
        Now += 5;
        using StoreSnapshot snapshot = Begin();
        Finish(snapshot);
        AssertMoment();
        Assert.True(snapshot.IsComplete);
        Assert.Equal(Now, snapshot.TakenAt);
    }

    [Fact]
    public void Writers_do_not_change_what_the_snapshot_shows()
    {
        Fill();
        using StoreSnapshot snapshot = Begin();
        int round = 0;
        do
        {
            for (int i = 0; i < 60; i++)
            {
                Disturb(_random.Next(Count), round++);
            }

            Maintain(50);
        }
        while (!Step(snapshot, 3));
        AssertMoment();
    }

    [Fact]
    public void Items_that_expire_meanwhile_are_shown()
    {
        for (int i = 0; i < Count; i++)
        {
            Put($"key-{i}", Pattern(i % 700, i), Start + 1000);
        }

        using StoreSnapshot snapshot = Begin();
        Step(snapshot, 20);
        Now += 1000;
        Maintain();
        Assert.Equal(0, Store.Count(0));
        Finish(snapshot);
        AssertMoment();
    }

    [Fact]
    public void A_flush_meanwhile_takes_nothing_from_it()
    {
        Fill();
        using StoreSnapshot snapshot = Begin();
        Step(snapshot, 5);
        Store.Flush(0);
        Assert.Equal(0, Store.Count(0));
        Assert.Null(Get("key-1"));
        for (int i = 0; i < Count; i += 2)
        {
            Put($"key-{i}", Bytes("new"));
        }

        Maintain();
        Step(snapshot, 5);
        Store.Flush(0);
        Put("key-1", Bytes("newer"));
        Store.CheckIntegrity();
        Finish(snapshot);
        AssertMoment();
        Assert.Equal(Bytes("newer"), Get("key-1"));
        Assert.Equal(1, Store.Count(0));
        Maintain();
        Assert.True(Store.UsedBytes < 4 << 20, $"{Store.UsedBytes} bytes are still held");
    }

    [Fact]
    public void More_flushes_than_it_can_keep_complete_it()
    {
        Fill();
        using StoreSnapshot snapshot = Begin();
        for (int i = 0; i < 260; i++)
        {
            Store.Flush(0);
            for (int k = 0; k < 100; k++)
            {
                Put($"other-{k}", Bytes("v"));
            }
        }

        Finish(snapshot);
        AssertMoment();
        Assert.Equal(100, Store.Count(0));
    }

    [Fact]
    public void Only_one_runs_at_a_time_and_another_can_follow()
    {
        Fill();
        using (StoreSnapshot first = Begin())
        {
            Assert.Null(Store.TryBeginSnapshot(new CollectingSink(), Now));
            Finish(first);
        }

        Assert.Equal(Count, _sink.Items.Count);
        _sink.Items.Clear();
        using StoreSnapshot second = Begin();
        Finish(second);
        AssertMoment();
    }

    [Fact]
    public void A_snapshot_that_is_given_up_is_wound_up_by_maintenance()
    {
        Fill();
        StoreSnapshot first = Begin();
        Step(first, 10);
        first.Dispose();
        int shown = _sink.Items.Count;
        Disturb(1, 1);
        Maintain();
        Assert.Equal(shown, _sink.Items.Count);
        _sink.Items.Clear();
        using StoreSnapshot second = Begin();
        Disturb(3, 4);
        Finish(second);
        Assert.Equal(Count, _sink.Items.Count);
    }

    private void Fill()
    {
        for (int i = 0; i < Count; i++)
        {
            Put($"key-{i}", Pattern(i % 700, i), i % 3 == 0 ? 0 : Start + 1_000_000 + i);
        }
    }

    private StoreSnapshot Begin() => Store.TryBeginSnapshot(_sink, Now)!;

    // One change of any kind: a rewrite in place, with another length, a touch, a removal, a new key.
    private void Disturb(int i, int round)
    {
        switch (round % 5)
        {
            case 0:
                Put($"key-{i}", Pattern(i % 700, i + 1));
                break;
            case 1:
                Put($"key-{i}", Pattern(_random.Next(2000), i + 1));
                break;
            case 2:
                SetExpiry($"key-{i}", Now + 5000);
                break;
            case 3:
                Remove($"key-{i}");
                break;
            default:
                Put($"new-{round}", Pattern(300, i));
                break;
        }
    }

    private static bool Step(StoreSnapshot snapshot, int steps)
    {
        bool complete = true;
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            complete &= snapshot.Step(shard, steps);
        }

        return complete;
    }

    private static void Finish(StoreSnapshot snapshot)
    {
        while (!Step(snapshot, 100))
        {
        }
    }

    private void AssertMoment()
    {
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(Pattern(i % 700, i), _sink.Items[(0, $"key-{i}")].Value);
        }

        Assert.Equal(Count, _sink.Items.Count);
    }
}
