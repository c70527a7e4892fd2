using SessionGateway.Gateway.Connections;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests.Memory;

/// <summary>How a loop shares its time with expiry.</summary>
public sealed class StoreUpkeepTests : IDisposable
{
    private const long Deadline = 1_750_000_000_000;
    private const int Sessions = 500_000;

    // Between two readings lies one hold of a shard's lock, and this is what one takes (ADR 0003).
    private static readonly TimeSpan Hold = TimeSpan.FromMicroseconds(15);

    private readonly BusyClock _clock = new(Hold);
    private readonly SegmentItemStore _store = new(1L << 30, seed: 2);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_storm_is_reclaimed_in_slices_of_at_most_200_microseconds_within_two_seconds()
    {
        Fill(Sessions);
        var upkeep = new StoreUpkeep(_store, 0, 1, _clock);
        long now = Deadline - 1;
        upkeep.Slice(now, isIdle: false);
        long full = _store.UsedBytes;
        while (_store.Count(0) > 0 || _store.UsedBytes > full / 10)
        {
            int wait = Math.Max(1, upkeep.MillisecondsToNext(now));
            now += wait;
            _clock.Advance(TimeSpan.FromMilliseconds(wait));
            TimeSpan before = _clock.Elapsed;
            upkeep.Slice(now, isIdle: false);
            Assert.InRange(_clock.Elapsed - before, TimeSpan.Zero, TimeSpan.FromMicroseconds(200));
            Assert.True(now < Deadline + 2000, $"{_store.Count(0)} sessions, {_store.UsedBytes} bytes are left");
        }

        _store.CheckIntegrity();
    }

    [Fact]
    public void Who_listens_hears_of_every_session_of_a_storm_within_a_second_although_the_loop_is_busy()
    {
        Fill(Sessions);
        var told = new EndCounter();
        _store.Ends = told;
        var upkeep = new StoreUpkeep(_store, 0, 1, _clock);
        long now = Deadline - 1;
        upkeep.Slice(now, isIdle: false);
        TimeSpan start = _clock.Elapsed;
        while (told.Expired < Sessions)
        {
            _clock.Advance(TimeSpan.FromMicroseconds(200));
            now = Deadline + (long)(_clock.Elapsed - start).TotalMilliseconds;
            upkeep.Slice(now, isIdle: false);
            Assert.True(now < Deadline + 1000, $"{Sessions - told.Expired} sessions were not told");
        }
    }

    [Fact]
    public void Slices_of_an_idle_loop_follow_each_other_while_work_is_left_and_rest_afterwards()
    {
        Fill(20_000);
        var upkeep = new StoreUpkeep(_store, 0, 1, _clock);
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        upkeep.Slice(Deadline, isIdle: false);
        Assert.Equal(0, upkeep.MillisecondsToNext(Deadline));
        long left = _store.Count(0);
        Assert.InRange(left, 1, 19_999);
        upkeep.Slice(Deadline, isIdle: false);
        Assert.Equal(left, _store.Count(0));
        TimeSpan before = _clock.Elapsed;
        upkeep.Slice(Deadline, isIdle: true);
        Assert.InRange(_clock.Elapsed - before, TimeSpan.Zero, Hold * 5);
        Assert.InRange(_store.Count(0), 0, left - 1);
        long end = Finish(upkeep, Deadline);
        Assert.Equal(0, _store.Count(0));
        Assert.Equal(250, upkeep.MillisecondsToNext(end));
    }

    [Fact]
    public void Slices_between_short_turns_are_short_and_take_a_fifth_of_the_time()
    {
        Fill(Sessions);
        var upkeep = new StoreUpkeep(_store, 0, 1, _clock);
        upkeep.Slice(Deadline, isIdle: false);
        TimeSpan start = _clock.Elapsed;
        TimeSpan spent = TimeSpan.Zero;
        while (_clock.Elapsed - start < TimeSpan.FromSeconds(0.5))
        {
            // A turn of requests.
            _clock.Advance(TimeSpan.FromMicroseconds(100));
            TimeSpan before = _clock.Elapsed;
            upkeep.Slice(Deadline + (long)(before - start).TotalMilliseconds, isIdle: false);
            spent += _clock.Elapsed - before;
            Assert.InRange(_clock.Elapsed - before, TimeSpan.Zero, TimeSpan.FromMicroseconds(80));
        }

        // The readings of the clock between slices are in it, too.
        Assert.InRange(spent.TotalMilliseconds, 50, 150);
        Assert.True(_store.Count(0) > 0, "the storm was over too soon to tell");
    }

    [Fact]
    public void Work_that_does_not_end_does_not_take_a_core_for_ever()
    {
        Fill(Sessions);
        var upkeep = new StoreUpkeep(_store, 0, 1, _clock);
        upkeep.Slice(Deadline, isIdle: true);
        Assert.Equal(0, upkeep.MillisecondsToNext(Deadline));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, upkeep.MillisecondsToNext(Deadline));
    }

    [Fact]
    public void Every_loop_looks_after_its_own_shards()
    {
        Fill(20_000);
        var upkeep = new StoreUpkeep(_store, 1, 2, _clock);
        upkeep.Slice(Deadline, isIdle: false);
        Finish(upkeep, Deadline);
        foreach (Shard shard in _store.Shards)
        {
            Assert.Equal(shard.Index % 2 == 0, shard.Count(0) > 0);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(96)]
    [InlineData(256)]
    public void Any_number_of_loops_looks_after_every_shard_once(int loops)
    {
        Fill(20_000);
        long now = Deadline;
        for (int i = 0; i < loops; i++)
        {
            long before = _store.Count(0);
            var upkeep = new StoreUpkeep(_store, i, loops, _clock);
            upkeep.Slice(now, isIdle: false);
            now = Finish(upkeep, now);
            Assert.InRange(upkeep.MillisecondsToNext(now), 2, 250);
            Assert.Equal(i < ItemStore.ShardCount, _store.Count(0) < before);
        }

        Assert.Equal(0, _store.Count(0));
        _store.CheckIntegrity();
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_stop_it()
    {
        Fill(100);
        var upkeep = new StoreUpkeep(_store, 0, 1, _clock);
        upkeep.Slice(Deadline + 3_600_000, isIdle: false);
        Finish(upkeep, Deadline + 3_600_000);
        Fill(100);
        upkeep.Slice(Deadline, isIdle: false);
        Finish(upkeep, Deadline);

        Assert.Equal(0, _store.Count(0));
    }

    private long Finish(StoreUpkeep upkeep, long now)
    {
        while (upkeep.MillisecondsToNext(now) <= 1)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            upkeep.Slice(++now, isIdle: true);
        }

        return now;
    }

    private void Fill(int count)
    {
        byte[] value = new byte[600];
        long written = Deadline - 15_000;
        for (int i = 0; i < count; i++)
        {
            ItemKey key = _store.Key(0, BitConverter.GetBytes(i));
            using ShardScope scope = _store.Enter(key, written);
            var attributes = new ItemAttributes(0, Deadline);
            Assert.Equal(StoreStatus.Stored, scope.Shard.Put(key, value, default, attributes, written, out _));
        }
    }
}
