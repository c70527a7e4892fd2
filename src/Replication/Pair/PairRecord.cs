namespace SessionGateway.Replication.Pair;

/// <summary>
/// What a node of a pair knows across restarts. It is on the disk before anything that follows from it is said to
/// anyone: a node that has gone on alone, and a node that has given its role away, are so for ever.
/// </summary>
/// <param name="Role">What the node was.</param>
/// <param name="IsPaired">Whether the other node has to have a write before it is acknowledged (members are both);
/// false when this node goes on alone.</param>
/// <param name="Epoch">Highest Sentinel config epoch that this node acted under or followed.</param>
/// <param name="Self">The node's own address, as Sentinel knows it.</param>
/// <param name="Peer">The other node's address; empty until one is known.</param>
/// <param name="ReplicationId">Forty hexadecimal digits that name the history of the data; empty without data.</param>
/// <param name="SecondId">The history that the data had before the last promotion; empty when none.</param>
/// <param name="SecondEnd">Position up to which the second history is also this one.</param>
/// <param name="Position">A position of the history that is surely reached.</param>
public sealed record PairRecord(PairRole Role, bool IsPaired, long Epoch, string Self, string Peer,
    string ReplicationId, string SecondId, long SecondEnd, long Position);
