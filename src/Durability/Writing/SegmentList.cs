using SessionGateway.Durability.Files;
using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Writing;

/// <summary>The segments before the one that is written, and which of them recovery needs.</summary>
internal sealed class SegmentList
{
    private readonly List<SegmentFacts> _complete;
    private readonly Queue<long> _needless;
    private long _bytes;
    private int _count;
    private long _stateSequence;

    // The segment with which recovery begins is on the disk.
    private bool _hasStart;

    /// <summary>Those of a log that is continued.</summary>
    public SegmentList(LogPast past)
    {
        _complete = [.. past.Segments];
        _needless = new Queue<long>(past.Needless);
        _bytes = _complete.Sum(s => s.Bytes);
        _count = _complete.Count;
        Sequence = past.LastSequence;
        StartSequence = past.StartSequence;
        _hasStart = past.LastSequence > 0;
    }

    /// <summary>Number of the segment that is written.</summary>
    public long Sequence { get; private set; }

    /// <summary>The segment with which recovery begins.</summary>
    public long StartSequence { get; private set; }

    /// <summary>The same when the segment that began is on the disk.</summary>
    public long NextStart { get; private set; }

    /// <summary>Bytes of those that are complete; from any thread.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many are complete; from any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The one that was written is complete.</summary>
    public void Add(long bytes, Horizon horizon)
    {
        _complete.Add(new SegmentFacts(Sequence, bytes, horizon));
        Volatile.Write(ref _bytes, _bytes + bytes);
        Volatile.Write(ref _count, _complete.Count);
    }

    /// <summary>The one that was written has failed; it stays until a state is complete.</summary>
    public void GiveUp(long bytes)
    {
        if (_complete.Count == 0 || _complete[^1].Sequence < Sequence)
        {
            var horizon = new Horizon();
            horizon.KeepForEver();
            Add(bytes, horizon);
        }
    }

    /// <summary>The next one begins. Segments at the beginning of the log whose items have all ended are needless when
    /// it is on the disk; a complete state makes all before it needless.</summary>
    public void Begin(SegmentStart start, long now)
    {
        Sequence++;
        if ((start.Flags & SegmentFlags.State) != 0)
        {
            _stateSequence = Sequence;
        }

        NextStart = start.IsStateComplete ? _stateSequence : _hasStart ? StartSequence : Sequence;
        SegmentFacts[] needed = [.. _complete.Where(s => s.Sequence >= NextStart)];
        long changes = needed.Length == 0 ? 0 : needed.Max(s => s.Horizon.Changes);
        int dead = changes < now ? needed.TakeWhile(s => s.Horizon.Items < now).Count() : 0;
        if (dead > 0)
        {
            NextStart = dead < needed.Length ? needed[dead].Sequence : Sequence;
        }
    }

    /// <summary>The header of the one that began is on the disk: what it made needless is.</summary>
    public void Confirm()
    {
        StartSequence = NextStart;
        _hasStart = true;
        int count = _complete.FindIndex(s => s.Sequence >= StartSequence);
        count = count < 0 ? _complete.Count : count;
        foreach (SegmentFacts dropped in _complete.Take(count))
        {
            _needless.Enqueue(dropped.Sequence);
        }

        Volatile.Write(ref _bytes, _bytes - _complete.Take(count).Sum(s => s.Bytes));
        _complete.RemoveRange(0, count);
        Volatile.Write(ref _count, _complete.Count);
    }

    /// <summary>Removes what is needless. What cannot be removed is tried again with the next segment.</summary>
    public void RemoveNeedless(IStorage storage)
    {
        while (_needless.TryPeek(out long sequence))
        {
            storage.Delete(SegmentName.Of(sequence));
            _needless.Dequeue();
        }
    }
}
