using SessionGateway.Store;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// Expires items in the background, in slices between the turns of a loop: each loop owns the shards whose number fits
/// its own, and goes round them four times a second; of more loops than shards the surplus ones own none. While a round
/// has work left, a loop that has requests gives about a sixth of its time to it, half of it while somebody wants to
/// hear of expired items: short slices soon after each other while turns are short, longer ones after longer waits. A
/// loop that has none goes on with it between looks at its sockets, in slices so short that the next request hardly
/// waits.
/// </summary>
internal sealed class StoreUpkeep(ItemStore store, int loop, int loopCount, TimeProvider time)
{
    private const int RoundMilliseconds = 250;
    private const int PausePerSlice = 6;

    // Half of the loop's time: who listens for expired sessions is to hear of a million of them within a second of
    // their time.
    private const int PausePerToldSlice = 1;

    // About 15 µs, 40 at worst (ADR 0003): a shard's lock is held no longer.
    private const int StepsPerHold = 256;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMicroseconds(200);

    // A slice takes 200 µs at most; no hold begins that could end after that.
    private static readonly TimeSpan LatestHold = TimeSpan.FromMicroseconds(150);

    // What a request that comes meanwhile waits for at most, about: one hold, or two short ones.
    private static readonly TimeSpan LatestIdleHold = TimeSpan.FromMicroseconds(15);

    // Work that an idle loop does not finish in this time is not worth a whole core.
    private static readonly TimeSpan IdleHaste = TimeSpan.FromSeconds(10);

    private readonly int _firstShard = loop;
    private readonly bool _ownsShards = loop < store.Shards.Length;
    private int _shard = loop;
    private bool _isRoundOpen;
    private bool _hasMore;
    private long _pausedAt;
    private long _idleSince;
    private long _nextRound;

    /// <summary>Milliseconds until the next slice is due.</summary>
    public int MillisecondsToNext(long now) => !_ownsShards
        ? RoundMilliseconds
        : _isRoundOpen ? (MayHaste ? 0 : 1) : (int)Math.Clamp(_nextRound - now, 0, RoundMilliseconds);

    private bool MayHaste => time.GetElapsedTime(_idleSince) < IdleHaste;

    /// <summary>Does a slice when one is due.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="isIdle">The loop's turn had nothing else to do.</param>
    public void Slice(long now, bool isIdle)
    {
        if (!_ownsShards)
        {
            return;
        }

        // A clock that was set back must not stop the upkeep.
        if (!_isRoundOpen && now < _nextRound && _nextRound - now <= RoundMilliseconds)
        {
            return;
        }

        long start = time.GetTimestamp();
        TimeSpan pause = time.GetElapsedTime(_pausedAt, start);
        int share = store.Ends is null ? PausePerSlice : PausePerToldSlice;
        TimeSpan latest = pause > LatestHold * share ? LatestHold : pause / share;
        if (!_isRoundOpen || !isIdle)
        {
            _idleSince = start;
        }

        if (!_isRoundOpen)
        {
            _isRoundOpen = true;
        }
        else if (isIdle && MayHaste)
        {
            latest = LatestIdleHold;
        }
        else if (pause < LeastPause)
        {
            return;
        }

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
        if (_shard < store.Shards.Length)
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
