namespace SessionGateway.Replication.Pair.StateFile;

/// <summary>What the state file says at the start.</summary>
/// <param name="Record">The newest record; null when there is none.</param>
/// <param name="IsDoubtful">A newer record was there and is damaged. What follows from this one may have been taken
/// back: a node that was alone then may be one of two now.</param>
/// <param name="IsNewer">A version that is not known here has written; the node must not start.</param>
public readonly record struct PairPast(PairRecord? Record, bool IsDoubtful, bool IsNewer);
