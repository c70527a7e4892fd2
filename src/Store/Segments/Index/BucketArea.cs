using System.Diagnostics;
using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Index;

/// <summary>Buckets numbered from 0, in units of the region; grows and shrinks at its end without moving any.</summary>
internal sealed unsafe class BucketArea(ShardMemory memory, int database)
{
    private readonly int _unitBuckets = memory.Engine.UnitBytes / Bucket.Bytes;
    private readonly int _unitShift = memory.Engine.UnitShift - Bucket.BytesShift;
    private nint[] _addresses = [];
    private int[] _units = [];
    private int _unitCount;

    /// <summary>Buckets in use.</summary>
    public uint Count { get; private set; }

    /// <summary>Units held, for the integrity checker.</summary>
    public ReadOnlySpan<int> Units => _units.AsSpan(0, _unitCount);

    public Bucket At(uint bucket)
    {
        Debug.Assert(bucket <= Count, "a bucket behind the last");
        return new(
            (byte*)_addresses[bucket >> _unitShift] + ((bucket & (uint)(_unitBuckets - 1)) << Bucket.BytesShift));
    }

    /// <summary>Adds an empty bucket at the end.</summary>
    /// <param name="room">How far it may go for memory.</param>
    /// <returns>False when memory is out.</returns>
    public bool TryAdd(MemoryRoom room)
    {
        int inUnit = (int)(Count & (uint)(_unitBuckets - 1));
        if (inUnit == 0 && Count >> _unitShift == _unitCount && !TryAddUnit())
        {
            return false;
        }

        if (!memory.TryTouch(_units[Count >> _unitShift], (inUnit + 1) * Bucket.Bytes, room))
        {
            return false;
        }

        new Span<byte>(At(Count).Address, Bucket.Bytes).Clear();
        Count++;
        return true;
    }

    /// <summary>Drops the last bucket. Its memory stays until <see cref="Trim"/>.</summary>
    public void RemoveLast()
    {
        Debug.Assert(Count > 0 && At(Count - 1).IsEmpty, "a bucket with items is dropped");
        Count--;
    }

    /// <summary>Gives back what lies well behind the last bucket.</summary>
    public void Trim()
    {
        int needed = (int)((Count + (uint)_unitBuckets - 1) >> _unitShift);
        while (_unitCount > needed)
        {
            memory.Return(_units[--_unitCount]);
        }

        if (needed > 0)
        {
            long inLast = (Count - ((long)(needed - 1) << _unitShift)) * Bucket.Bytes;
            memory.Untouch(_units[needed - 1], inLast + MemoryRegion.PageBytes);
        }
    }

    /// <summary>Drops all buckets and gives their memory back.</summary>
    public void Clear()
    {
        Count = 0;
        Trim();
    }

    private bool TryAddUnit()
    {
        int unit = memory.Take(UnitUse.Index, database);
        if (unit < 0)
        {
            return false;
        }

        if (_unitCount == _units.Length)
        {
            Array.Resize(ref _units, Math.Max(1, _unitCount * 2));
            Array.Resize(ref _addresses, _units.Length);
        }

        _units[_unitCount] = unit;
        _addresses[_unitCount++] = (nint)memory.Engine.AddressOf(unit);
        return true;
    }
}
