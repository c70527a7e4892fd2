using System.Globalization;
using SessionGateway.Gateway.Logging;
using SessionGateway.Store;
using SessionGateway.Store.Policies;

namespace SessionGateway.Gateway.Metrics;

/// <summary>
/// Tells the log what memory pressure does: sessions given up, writes refused, states entered. The first <see
/// cref="LinesPerWindow"/> losses of a window are told one by one, all of them as a sum when it ends: a storm is two
/// lines per window and not two million.
/// </summary>
internal sealed class MemoryWatch(ItemStore store, StoreLog log) : ILossListener
{
    /// <summary>Losses told one by one in a window.</summary>
    public const int LinesPerWindow = 10;

    /// <summary>Length of a window.</summary>
    public const int WindowMilliseconds = 10_000;

    // A state is left two percent below its mark, so that a store that hovers at the mark does not fill the log.
    private const int LeavePercent = 2;

    private readonly long[] _lostBefore = new long[LossReasons.All.Count];
    private MemoryPressure _state;
    private long _refusedBefore;
    private long _refusedInsideBefore;
    private long _windowStart;
    private int _told;

    /// <inheritdoc/>
    public void OnLost(LossReason reason, ulong keyHash, long idleMilliseconds, long ttlMilliseconds)
    {
        if (Volatile.Read(ref _told) < LinesPerWindow && Interlocked.Increment(ref _told) <= LinesPerWindow)
        {
            log.Lost(LossReasons.Name(reason), keyHash.ToString("x16", CultureInfo.InvariantCulture),
                idleMilliseconds / 1000.0, ttlMilliseconds < 0 ? -1 : ttlMilliseconds / 1000.0);
        }
    }

    /// <summary>Looks at the store; one loop calls it once a second.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        TellPressure();
        if (Math.Abs(now - _windowStart) >= WindowMilliseconds)
        {
            TellLosses();
            TellRefusals();
            _windowStart = now;
            Volatile.Write(ref _told, 0);
        }
    }

    /// <summary>Tells what a window that has not ended has seen: the gateway stops.</summary>
    public void Finish()
    {
        TellLosses();
        TellRefusals();
    }

    private void TellPressure()
    {
        long used = store.UsedBytes;
        long limit = store.MemoryLimit - store.ReserveBytes;
        MemoryPressure now = store.PressureMarks.Of(used, limit);
        if (now > _state)
        {
            _state = now;
            log.PressureRose(NameOf(now), used, limit);
        }
        else if (store.PressureMarks.Of(used + (limit * LeavePercent / 100), limit) < _state)
        {
            _state = now;
            log.PressureFell(NameOf(now), used, limit);
        }
    }

    // As in stats and in the documentation.
    private static string NameOf(MemoryPressure state) => state.ToString().ToLowerInvariant();

    private void TellLosses()
    {
        long sum = 0;
        string reasons = "";
        foreach (LossReason reason in LossReasons.All)
        {
            long lost = store.LostCount(reason);
            long fresh = lost - _lostBefore[(int)reason];
            _lostBefore[(int)reason] = lost;
            sum += fresh;
            if (fresh > 0)
            {
                reasons += $"{(reasons.Length > 0 ? ", " : "")}{LossReasons.Name(reason)} {fresh}";
            }
        }

        if (sum > 0)
        {
            log.LostInAll(sum, WindowMilliseconds / 1000, reasons);
        }
    }

    private void TellRefusals()
    {
        long refused = store.RefusedCount;
        if (refused > _refusedBefore)
        {
            log.Refused(refused - _refusedBefore, WindowMilliseconds / 1000);
        }

        _refusedBefore = refused;
        long inside = store.ReserveRefusedCount;
        if (inside > _refusedInsideBefore)
        {
            log.RefusedInside(inside - _refusedInsideBefore, WindowMilliseconds / 1000);
        }

        _refusedInsideBefore = inside;
    }
}
