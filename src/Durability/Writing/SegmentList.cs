using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Writing;

/// <summary>The segments before the one that is written, and which of them recovery needs.</summary>
internal sealed class SegmentList
{
    private readonly List<SegmentFacts> _complete;
    private readonly List<long> _needless = [];
    private long _bytes;
    private long _stateSequence;

    /// <summary>Those of a log that is continued.</summary>
    public SegmentList(LogPast past)
    {
        _complete = [.. past.Segments];
        _bytes = _complete.Sum(s => s.Bytes);
        Sequence = past.LastSequence;
        StartSequence = past.StartSequence;
    }

    /// <summary>Number of the segment that is written.</summary>
    public long Sequence { get; private set; }

    /// <summary>The segment with which recovery begins.</summary>
    public long StartSequence { get; private set; }

    /// <summary>Bytes of those that are complete; from any thread.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many are complete; from any thread, a moment old.</summary>
    public int Count => _complete.Count;

    /// <summary>The one that was written is complete.</summary>
    public void Add(long bytes, Horizon horizon)
    {
        _complete.Add(new SegmentFacts(Sequence, bytes, horizon));
        Volatile.Write(ref _bytes, _bytes + bytes);
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

    /// <summary>The next one begins. Segments at the beginning of the log whose items have all ended are needless from
    /// now on; a complete state makes all before it needless.</summary>
    public void Begin(SegmentStart start, long now)
    {
        Sequence++;
        if ((start.Flags & SegmentFlags.State) != 0)
        {
            _stateSequence = Sequence;
        }

        if (start.IsStateComplete)
        {
            DropBefore(_stateSequence);
        }

        long changes = 0;
        for (int i = _complete.Count - 1; i >= 0; i--)
        {
            changes = Math.Max(changes, _complete[i].Horizon.Changes);
        }

        int dead = 0;
        while (changes < now && dead < _complete.Count && _complete[dead].Horizon.Items < now)
        {
            dead++;
        }

        if (dead > 0)
        {
            DropBefore(dead < _complete.Count ? _complete[dead].Sequence : Sequence);
        }
    }

    /// <summary>The segments that became needless; the header that says so is on the disk.</summary>
    public IReadOnlyList<long> TakeNeedless()
    {
        long[] needless = [.. _needless];
        _needless.Clear();
        return needless;
    }

    private void DropBefore(long sequence)
    {
        StartSequence = sequence;
        int count = _complete.FindIndex(s => s.Sequence >= sequence);
        count = count < 0 ? _complete.Count : count;
        _needless.AddRange(_complete.Take(count).Select(s => s.Sequence));
        Volatile.Write(ref _bytes, _bytes - _complete.Take(count).Sum(s => s.Bytes));
        _complete.RemoveRange(0, count);
    }
}
