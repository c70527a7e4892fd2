using SessionGateway.Replication.Pair;

namespace SessionGateway.Gateway.Pair;

/// <summary>What a node of a pair keeps across restarts; used by the pair's thread, addresses by any.</summary>
internal sealed class PairMemory
{
    private readonly PairStart _start;
    private volatile string _peer;
    private volatile string _name;

    /// <summary>As the node starts.</summary>
    /// <param name="start">What its state file says.</param>
    /// <param name="name">The name of the pair, when it is new; empty: the other node knows it.</param>
    public PairMemory(PairStart start, string name)
    {
        _start = start;
        _peer = start.Peer;
        _name = start.Past.Record?.ReplicationId ?? name;
        Record = start.Past.Record;
    }

    /// <summary>The newest record; null when none was written.</summary>
    public PairRecord? Record { get; private set; }

    /// <summary>The node's address.</summary>
    public string Self => _start.Self;

    /// <summary>The other node's address; empty: not known.</summary>
    public string Peer
    {
        get => _peer;
        set => _peer = value;
    }

    /// <summary>Forty hexadecimal digits that both nodes of a pair know; empty: not known yet. Data of another pair is
    /// not taken, nor given: an empty node that was begun anew is another pair.</summary>
    public string Name
    {
        get => _name;
        set => _name = value;
    }

    /// <summary>Whether a log that ends at a position is all that the record tells of.</summary>
    public bool IsComplete(long position) =>
        !_start.Past.IsDoubtful && Record is { } record && position >= record.Position;

    /// <summary>Writes a record; it is on the disk when this returns.</summary>
    /// <param name="state">What the node is.</param>
    /// <param name="position">Up to here the log is on the disk.</param>
    /// <exception cref="IOException">It cannot be.</exception>
    public void Save(in PairState state, long position)
    {
        var record = new PairRecord(
            state.Role, state.IsPaired, state.Epoch, Self, Peer, Name, "", 0, Math.Max(0, position));
        _start.Records.Save(record);
        Record = record;
    }
}
