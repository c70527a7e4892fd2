namespace SessionGateway.Bench.Load.Measuring;

/// <summary>Resident memory after a pass over all sessions.</summary>
/// <param name="PayloadBytes">Keys and values that the server has to hold.</param>
/// <param name="AtOnceBytes">Resident bytes over idle right after the last reply.</param>
/// <param name="LaterBytes">Resident bytes over idle two seconds later.</param>
/// <param name="CpuMicrosecondsPerOperation">Of the server, per write of the pass or passes.</param>
internal sealed record MemoryPoint(
    long PayloadBytes, long AtOnceBytes, long LaterBytes, double CpuMicrosecondsPerOperation)
{
    public double RatioAtOnce => AtOnceBytes / (double)PayloadBytes;

    public double RatioLater => LaterBytes / (double)PayloadBytes;
}
