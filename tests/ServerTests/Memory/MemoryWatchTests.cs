using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Metrics;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests.Memory;

/// <summary>What the log says about memory.</summary>
public sealed class MemoryWatchTests : IDisposable
{
    private const int Lost = 3000;
    private const int LostInAll = 3001;
    private const int Refused = 3002;
    private const int PressureRose = 3003;
    private const int PressureFell = 3004;
    private const int RefusedInside = 3005;
    private const long Limit = 64 << 20;
    private const long Start = 1_750_000_000_000;

    private readonly LineRecorder _log = new();
    private SegmentItemStore _store = null!;
    private MemoryWatch _watch = null!;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Each_loss_is_told_with_hash_idle_time_and_time_to_live()
    {
        Use(EvictionPolicy.EvictLru);
        _watch.OnLost(LossReason.LeastRecentlyUsed, 0xABCDEF, 61_500, 1_000);
        _watch.OnLost(LossReason.Anonymous, 1, 0, -1);
        Assert.Equal(
            [
                "session lost for memory (lru): key hash 0000000000abcdef, not accessed for 61.5 s, 1 s to live (-1 = "
                    + "no expiry)",
                "session lost for memory (anonymous): key hash 0000000000000001, not accessed for 0 s, -1 s to live "
                    + "(-1 = no expiry)",
            ],
            _log.Take(Lost));
    }

    [Fact]
    public void A_storm_of_losses_is_ten_lines_and_a_sum_in_ten_seconds()
    {
        Use(EvictionPolicy.EvictLru);
        _watch.Look(Start);
        Fill(60_000);
        long lost = _store.LostCount(LossReason.LeastRecentlyUsed);
        Assert.True(lost > 10_000);
        Assert.Equal(MemoryWatch.LinesPerWindow, _log.Take(Lost).Length);
        _watch.Look(Start + 9_999);
        Assert.Empty(_log.Take(LostInAll));
        _watch.Look(Start + 10_000);
        Assert.Equal([$"{lost} sessions lost for memory in the last 10 s: lru {lost}"], _log.Take(LostInAll));
        _watch.Look(Start + 20_000);
        Assert.Empty(_log.Take(LostInAll));
        Fill(60_000);
        Assert.Equal(MemoryWatch.LinesPerWindow, _log.Take(Lost).Length);
    }

    [Fact]
    public void What_was_refused_just_before_a_stop_is_told()
    {
        Use(EvictionPolicy.Protect);
        _watch.Look(Start);
        Assert.True(Fill(60_000) < 60_000);
        _watch.Look(Start + 1_000);
        Assert.Empty(_log.Take(Refused));
        _watch.Finish();
        Assert.Single(_log.Take(Refused));
    }

    [Fact]
    public void Refused_writes_are_told_as_a_sum()
    {
        Use(EvictionPolicy.Protect);
        _watch.Look(Start);
        int refused = 60_000 - Fill(60_000);
        _watch.Look(Start + 1_000);
        Assert.Empty(_log.Take(Refused));
        _watch.Look(Start + 10_000);
        Assert.Equal([$"memory is full: {refused} writes refused in the last 10 s"], _log.Take(Refused));
        Assert.Empty(_log.Take(Lost));
    }

    [Fact]
    public void Refused_locks_are_told_beside_refused_sessions()
    {
        Use(EvictionPolicy.Protect);
        _watch.Look(Start);
        Fill(60_000);
        // The reserve is used up by locks themselves: what connections hold takes none of it from them.
        for (int i = 0; i < 500_000 && _store.ReserveRefusedCount < 100; i++)
        {
            ItemKey key = _store.Key(0, BitConverter.GetBytes((long)i));
            using ShardScope scope = _store.Enter(key, Start);
            scope.Shard.Put(key, "locked"u8, default, new ItemAttributes(0, Start + 30_000), Start, out _);
        }

        long inside = _store.ReserveRefusedCount;
        Assert.InRange(inside, 1, 100);
        _watch.Look(Start + 10_000);
        Assert.Equal(
            [$"even the reserve of memory is gone: {inside} locks and rewrites of sessions refused in the last 10 s"],
            _log.Take(RefusedInside));
    }

    [Fact]
    public void States_are_told_when_they_change_and_left_two_percent_below_their_mark()
    {
        Use(EvictionPolicy.Protect);
        _watch.Look(Start);
        Assert.Empty(_log.Lines);
        Hold(75);
        Assert.StartsWith("memory_pressure is high: ", Assert.Single(_log.Take(PressureRose)));
        Hold(90);
        Assert.StartsWith("memory_pressure is critical: ", Assert.Single(_log.Take(PressureRose)));
        Hold(89);
        Hold(90);
        Assert.Empty(_log.Lines);
        Hold(87);
        Assert.StartsWith("memory_pressure is high again: ", Assert.Single(_log.Take(PressureFell)));
        Hold(10);
        Assert.StartsWith("memory_pressure is normal again: ", Assert.Single(_log.Take(PressureFell)));
    }

    private void Hold(int percent)
    {
        _store.CountBuffers(((Limit - _store.ReserveBytes) / 100 * percent) + 1000 - _store.UsedBytes);
        _watch.Look(Start);
    }

    private void Use(EvictionPolicy policy)
    {
        _store = new SegmentItemStore(new SegmentStoreOptions { MemoryLimit = Limit, Seed = 1, Policy = policy });
        _watch = new MemoryWatch(_store, new StoreLog(_log));
        _store.Losses = _watch;
    }

    private int Fill(int count)
    {
        int stored = 0;
        byte[] value = new byte[2048];
        for (int i = 0; i < count; i++)
        {
            ItemKey key = _store.Key(0, BitConverter.GetBytes(i));
            using ShardScope scope = _store.Enter(key, Start + i);
            StoreStatus status = scope.Shard.Put(key, value, default, new ItemAttributes(0, 0), Start + i, out _);
            stored += status == StoreStatus.Stored ? 1 : 0;
        }

        return stored;
    }
}
