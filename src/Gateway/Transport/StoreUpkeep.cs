using SessionGateway.Store;

namespace SessionGateway.Gateway.Transport;

/// <summary>
/// Expires items in the background, in slices between the turns of a loop: each loop owns the shards whose number fits its
/// own, and goes once round them every second.
/// </summary>
internal sealed class StoreUpkeep(ItemStore store, int loop, int loopCount, TimeProvider time)
{
    private const int RoundMilliseconds = 1000;
    private const int StepMilliseconds = 20;
    private const int PlacesPerStep = 1024;

    private static readonly TimeSpan SliceLimit = TimeSpan.FromMicroseconds(200);

    private readonly int _firstShard = loop;
    private int _shard = loop;
    private long _roundStart;
    private long _next;

    /// <summary>Milliseconds until the next slice is due.</summary>
    public int MillisecondsToNext(long now) => (int)Math.Clamp(_next - now, 0, RoundMilliseconds);

    /// <summary>Does a slice when one is due.</summary>
    public void Slice(long now)
    {
        if (now < _next && _next - now <= RoundMilliseconds)
        {
            return;
        }

        if (_shard == _firstShard)
        {
            _roundStart = now;
        }

        // Behind schedule (tens of millions of items) slices get longer rather than expiry late.
        TimeSpan limit = now - _roundStart > RoundMilliseconds / 2 ? SliceLimit * 5 : SliceLimit;
        long start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < limit)
        {
            if (!store.Maintain(_shard, now, PlacesPerStep))
            {
                continue;
            }

            _shard += loopCount;
            if (_shard >= ItemStore.ShardCount)
            {
                _shard = _firstShard;
                _next = Math.Max(_roundStart + RoundMilliseconds, now + StepMilliseconds);
                return;
            }
        }

        _next = now + StepMilliseconds;
    }
}
