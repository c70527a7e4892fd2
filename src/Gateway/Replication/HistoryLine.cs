using SessionGateway.Replication.Stream;

namespace SessionGateway.Gateway.Replication;

/// <summary>A history and whether it is kept; used under the replicator's lock, read by any thread.</summary>
internal sealed class HistoryLine(ReplicationStream stream)
{
    private volatile bool _keeps;
    private long _toldOffset;

    /// <summary>The history.</summary>
    public ReplicationStream Stream => stream;

    /// <summary>Effects are written to it, or come from a primary.</summary>
    public bool Keeps
    {
        get => _keeps;
        set => _keeps = value;
    }

    /// <summary>Positions of the mutation stream at its offsets; null: nobody waits for replicas.</summary>
    public PositionMap? Positions { get; init; }

    /// <summary>Unix milliseconds since when nobody reads it.</summary>
    public long AloneSince { get; set; }

    /// <summary>Everything up to a position of the mutation stream is written to it.</summary>
    public void Note(long position) => Positions?.Add(stream.EffectOffset, position);

    /// <summary>Everything up to a position is in front of what is written next; no effect before that is
    /// awaited.</summary>
    public void NoteBegin(long position)
    {
        Positions?.Clear();
        Positions?.Add(stream.Offset, position);
    }

    /// <summary>True once after it has grown.</summary>
    public bool TakeGrowth()
    {
        long offset = stream.Offset;
        return offset != Volatile.Read(ref _toldOffset) && Interlocked.Exchange(ref _toldOffset, offset) != offset;
    }
}
