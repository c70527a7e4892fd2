using System.Diagnostics;
using System.Numerics;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>
/// Hands out the units of the region: single ones and runs of neighbours. Units that come back stay resident in a list
/// from which single units are served first; <see cref="ReleaseOne"/> gives them back to the system. Safe from any
/// thread.
/// </summary>
internal sealed unsafe class UnitPool
{
    private readonly Lock _lock = new();
    private readonly MemoryRegion _region;
    private readonly SegmentInfo* _infos;
    private readonly ByteBudget _budget;
    private readonly int _unitShift;
    private readonly int _unitCount;
    private readonly ulong[] _taken;
    private int _firstFreeWord;
    private int _dirtyHead;
    private long _dirtyBytes;

    public UnitPool(MemoryRegion region, SegmentInfo* infos, ByteBudget budget, int unitShift)
    {
        _region = region;
        _infos = infos;
        _budget = budget;
        _unitShift = unitShift;
        _unitCount = (int)(region.Length >> unitShift);
        _taken = new ulong[(_unitCount + 63) / 64];
        if (_unitCount % 64 != 0)
        {
            _taken[^1] = ulong.MaxValue << (_unitCount % 64);
        }
    }

    /// <summary>Resident bytes of units that nobody holds.</summary>
    public long DirtyBytes => Interlocked.Read(ref _dirtyBytes);

    /// <summary>One unit, resident if there is one. Returns -1 when all addresses are in use.</summary>
    public int Take()
    {
        lock (_lock)
        {
            if (_dirtyHead != 0)
            {
                return PopDirty();
            }

            for (; _firstFreeWord < _taken.Length; _firstFreeWord++)
            {
                ulong free = ~_taken[_firstFreeWord];
                if (free != 0)
                {
                    int bit = BitOperations.TrailingZeroCount(free);
                    _taken[_firstFreeWord] |= 1UL << bit;
                    return (_firstFreeWord * 64) + bit;
                }
            }

            return -1;
        }
    }

    /// <summary>The first unit of <paramref name="count"/> free neighbours, or -1.</summary>
    public int TakeRun(int count)
    {
        int first = FindRun(count);
        if (first < 0 && DirtyBytes > 0)
        {
            while (ReleaseOne())
            {
            }

            first = FindRun(count);
        }

        return first;
    }

    /// <summary>Takes back a run; its pages stay resident until they are used again or released.</summary>
    public void Return(int first, int count)
    {
        lock (_lock)
        {
            for (int unit = first; unit < first + count; unit++)
            {
                Debug.Assert(_infos[unit].Use is not (UnitUse.Free or UnitUse.Dirty), "a unit comes back twice");
                if (_infos[unit].Touched == 0)
                {
                    MarkFree(unit);
                    continue;
                }

                _infos[unit].Use = UnitUse.Dirty;
                _infos[unit].Link = _dirtyHead;
                _dirtyHead = unit + 1;
                _dirtyBytes += _infos[unit].Touched;
            }
        }
    }

    /// <summary>Gives the pages of one unused unit back to the system.</summary>
    /// <returns>False when no unused unit has any.</returns>
    public bool ReleaseOne()
    {
        int unit;
        lock (_lock)
        {
            if (_dirtyHead == 0)
            {
                return false;
            }

            unit = PopDirty();
        }

        // Outside the lock: this is the one step here that takes more than a microsecond.
        int touched = _infos[unit].Touched;
        _region.Release(_region.Start + ((long)unit << _unitShift), touched);
        _infos[unit].Touched = 0;
        _budget.Give(touched);
        lock (_lock)
        {
            MarkFree(unit);
        }

        return true;
    }

    private int FindRun(int count)
    {
        lock (_lock)
        {
            int run = 0;
            for (int unit = _firstFreeWord * 64; unit < _unitCount; unit++)
            {
                ulong word = _taken[unit / 64];
                if (word == ulong.MaxValue && unit % 64 == 0)
                {
                    run = 0;
                    unit += 63;
                    continue;
                }

                run = (word & (1UL << (unit % 64))) == 0 ? run + 1 : 0;
                if (run == count)
                {
                    int first = unit - count + 1;
                    for (int taken = first; taken <= unit; taken++)
                    {
                        _taken[taken / 64] |= 1UL << (taken % 64);
                    }

                    return first;
                }
            }

            return -1;
        }
    }

    private int PopDirty()
    {
        int unit = _dirtyHead - 1;
        Debug.Assert(_infos[unit].Use == UnitUse.Dirty, "a unit in use is in the list of unused ones");
        _dirtyHead = _infos[unit].Link;
        _dirtyBytes -= _infos[unit].Touched;
        Debug.Assert(_dirtyBytes >= 0, "more unused bytes went than came");
        return unit;
    }

    private void MarkFree(int unit)
    {
        Debug.Assert((_taken[unit / 64] & (1UL << (unit % 64))) != 0, "a unit is free already");
        _infos[unit].Use = UnitUse.Free;
        _taken[unit / 64] &= ~(1UL << (unit % 64));
        _firstFreeWord = Math.Min(_firstFreeWord, unit / 64);
    }
}
