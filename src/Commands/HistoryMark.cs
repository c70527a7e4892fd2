namespace SessionGateway.Commands;

/// <summary>A moment in the histories that replicas read.</summary>
/// <param name="Commands">Offset in the one that Redis reads.</param>
/// <param name="Records">Offset in the one that gateways read.</param>
public readonly record struct HistoryMark(long Commands, long Records);
