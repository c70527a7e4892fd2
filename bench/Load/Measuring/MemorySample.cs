namespace SessionGateway.Bench.Load.Measuring;

/// <summary>What a number of sessions costs one server in memory.</summary>
/// <param name="Server">Its name and the protocol.</param>
/// <param name="Sessions">Their number.</param>
/// <param name="StartBytes">Resident bytes of the fresh process.</param>
/// <param name="IdleBytes">Resident bytes after the warm-up, without sessions.</param>
/// <param name="Loaded">All written once.</param>
/// <param name="Resized">Then all written twice with new lengths.</param>
/// <param name="Rewritten">Then all written twice with the same lengths.</param>
/// <param name="Read">Then all read and compared.</param>
internal sealed record MemorySample(
    string Server,
    int Sessions,
    long StartBytes,
    long IdleBytes,
    MemoryPoint Loaded,
    MemoryPoint Resized,
    MemoryPoint Rewritten,
    SessionPass Read)
{
    /// <summary>Resident bytes over idle and beyond keys and values, per session, right after the load.</summary>
    public double OverheadPerSession => (Loaded.AtOnceBytes - Loaded.PayloadBytes) / (double)Sessions;
}
