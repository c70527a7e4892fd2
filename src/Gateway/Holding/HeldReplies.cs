using System.Diagnostics;

namespace SessionGateway.Gateway.Holding;

/// <summary>
/// What of a connection's output may be sent and what has to wait. Made when a connection's reply is held for the first
/// time and kept then: holding allocates nothing any more. Touched by its loop's thread only.
/// </summary>
/// <remarks>
/// The output is one row of bytes: first those that may be sent, then for each mark those that wait for its position.
/// What follows a held reply (answers to reads, pushed messages) belongs to the mark before it, so that order stays.
/// There are at most <see cref="MostMarks"/> marks: when a connection goes on for longer than that without a release,
/// its last mark takes what is new and waits for the newest position. The first ones keep theirs, so it is never put
/// off for ever.
/// </remarks>
internal sealed class HeldReplies(LoopHolds loop, IHeldOwner owner)
{
    /// <summary>Marks of one connection. With four a release frees what is older than a quarter of what
    /// waits.</summary>
    public const int MostMarks = 4;

    private HeldMark? _first;
    private HeldMark? _last;
    private HeldMark? _unused;
    private int _marks;

    /// <summary>Bytes at the start of the output that may be sent; meaningful while something is held.</summary>
    public int Sendable { get; private set; }

    /// <summary>Bytes that wait.</summary>
    public int Bytes { get; private set; }

    /// <summary>True while nothing is held.</summary>
    public bool IsEmpty => _first is null;

    /// <summary>
    /// Position of writes that were not answered (noreply, quiet commands): the next answer tells that they are done.
    /// </summary>
    public long Unanswered { get; set; }

    /// <summary>True when nothing more is to be read before some of it is released.</summary>
    public bool IsFull => !IsEmpty && loop.IsFull(Bytes);

    /// <summary>Holds bytes that were put behind all others.</summary>
    /// <param name="count">How many.</param>
    /// <param name="position">What they wait for; 0 when only for those before them.</param>
    /// <param name="before">Bytes in the output before them; all of it may be sent when nothing is held.</param>
    public void Add(int count, long position, int before)
    {
        if (_last is null)
        {
            Debug.Assert(position != 0, "nothing to wait for");
            Sendable = before;
            Append(count, position);
        }
        else if (position == 0)
        {
            _last.Bytes += count;
        }
        else if (_marks < MostMarks)
        {
            Append(count, position);
        }
        else
        {
            _last.Bytes += count;
            loop.MoveToEnd(_last, position);
        }

        Bytes += count;
        loop.CountBytes(count);
    }

    /// <summary>Bytes at the start of the output have been sent.</summary>
    public void Sent(int count) => Sendable -= count;

    /// <summary>The loop lets the first mark go.</summary>
    public void Release(HeldMark mark)
    {
        Debug.Assert(mark == _first, "marks are released out of order");
        Sendable += mark.Bytes;
        Bytes -= mark.Bytes;
        loop.CountBytes(-mark.Bytes);
        TakeFirst();
        owner.OnReleased();
    }

    /// <summary>What they tell has not come true; afterwards nothing is held.</summary>
    public void Fail()
    {
        owner.OnHeldFailed();
        Debug.Assert(IsEmpty, "a failed reply is still held");
    }

    /// <summary>The connection is gone.</summary>
    public void Drop()
    {
        loop.CountBytes(-Bytes);
        Bytes = 0;
        while (_first is { } mark)
        {
            loop.Remove(mark);
            TakeFirst();
        }
    }

    private void Append(int count, long position)
    {
        HeldMark mark = _unused ?? new HeldMark(this);
        _unused = mark.Later;
        mark.Later = null;
        mark.Bytes = count;
        if (_last is null)
        {
            _first = mark;
            loop.Connections++;
        }
        else
        {
            _last.Later = mark;
        }

        _last = mark;
        _marks++;
        loop.Add(mark, position);
    }

    private void TakeFirst()
    {
        HeldMark mark = _first!;
        _first = mark.Later;
        mark.Later = _unused;
        _unused = mark;
        _marks--;
        if (_first is null)
        {
            _last = null;
            loop.Connections--;
        }
    }
}
