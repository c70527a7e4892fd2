namespace SessionGateway.Replication.Pair;

/// <summary>
/// One thing that has to be done. They are done in order; what has to be on the disk is there before the next one
/// begins, and when it cannot be, the rest is dropped and <see cref="PairInputKind.StateFailed"/> is told.
/// </summary>
/// <param name="Kind">What.</param>
/// <param name="A">First number.</param>
/// <param name="B">Second number.</param>
/// <param name="C">Third number.</param>
public readonly record struct PairOutput(PairOutputKind Kind, long A = 0, long B = 0,
    long C = 0);
