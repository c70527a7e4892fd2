using SessionGateway.Store;

namespace SessionGateway.Gateway.Transport;

/// <summary>
/// Expires items in the background, in slices between the turns of a loop: each loop owns the shards whose number fits its
/// own, and goes round them four times a second. While a round has work left, slices take about a fifth of the loop's time: short
/// ones soon after each other while the loop is busy with short turns, longer ones after longer waits.
/// </summary>
internal sealed class StoreUpkeep(ItemStore store, int loop, int loopCount, TimeProvider time)
{
    private const int RoundMilliseconds = 250;
    private const int PausePerSlice = 6;

    // About 15 µs, 40 at worst (ADR 0003): a shard's lock is held no longer.
    private const int StepsPerHold = 256;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMicroseconds(200);

    // A slice takes 200 µs at most; no hold begins that could end after that.
    private static readonly TimeSpan LatestHold = TimeSpan.FromMicroseconds(150);

    private readonly int _firstShard = loop;
    private int _shard = loop;
    private bool _isRoundOpen;
    private bool _hasMore;
    private long _pausedAt;
    private long _nextRound;

    /// <summary>Milliseconds until the next slice is due.</summary>
    public int MillisecondsToNext(long now) =>
        _isRoundOpen ? 1 : (int)Math.Clamp(_nextRound - now, 0, RoundMilliseconds);

    /// <summary>Does a slice when one is due.</summary>
    public void Slice(long now)
    {
        // A clock that was set back must not stop the upkeep.
        if (!_isRoundOpen && now < _nextRound && _nextRound - now <= RoundMilliseconds)
        {
            return;
        }

        long start = time.GetTimestamp();
        TimeSpan pause = time.GetElapsedTime(_pausedAt, start);
        if (_isRoundOpen && pause < LeastPause)
        {
            return;
        }

        TimeSpan latest = pause > LatestHold * PausePerSlice ? LatestHold : pause / PausePerSlice;
        _isRoundOpen = true;
        bool isDone;
        do
        {
            isDone = store.Maintain(_shard, now, StepsPerHold);
            _pausedAt = time.GetTimestamp();
            if (isDone && EndsRound(now))
            {
                return;
            }
        }
        while (time.GetElapsedTime(start, _pausedAt) < latest);

        // What is left of this shard waits: the next one may have expired items, too.
        if (!isDone)
        {
            _hasMore = true;
            EndsRound(now);
        }
    }

    // On to the next shard; true after the last one. The next round follows at once when any of them has work left.
    private bool EndsRound(long now)
    {
        _shard += loopCount;
        if (_shard < ItemStore.ShardCount)
        {
            return false;
        }

        _isRoundOpen = _hasMore;
        _nextRound = now + RoundMilliseconds;
        _shard = _firstShard;
        _hasMore = false;
        return true;
    }
}
