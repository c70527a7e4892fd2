using System.Diagnostics;
using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// Goes over the records, live and dead, that start in one block of a segment. The current one may be killed meanwhile
/// unless that frees the segment.
/// </summary>
internal ref struct BlockWalk
{
    private readonly nint _end;
    private nint _next;

    public unsafe BlockWalk(SegmentHeap heap, int segment, int block)
    {
        ref SegmentInfo info = ref heap.Info(segment);
        byte* start = heap.AddressOf(segment);
        uint first = info.FirstRecords[block];
        long blockEnd = block == SegmentInfo.BlockCount - 1 ? long.MaxValue : (long)(block + 1) << heap.BlockShift;
        _end = (nint)start + (nint)Math.Min(info.Used, blockEnd);
        _next = first == SegmentInfo.NoRecord ? _end : (nint)start + (nint)first;
    }

    public Record Current { get; private set; }

    public unsafe bool MoveNext()
    {
        if (_next >= _end)
        {
            return false;
        }

        Current = new Record((byte*)_next);
        Debug.Assert(Current.IsLive || Current.IsDead, "no record starts where the one before ends");
        _next += Current.Length;
        return true;
    }
}
