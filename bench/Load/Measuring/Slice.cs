namespace SessionGateway.Bench.Load.Measuring;

/// <summary>One second of load.</summary>
/// <param name="Operations">Answered operations.</param>
/// <param name="Nanoseconds">From the first request to the last reply.</param>
/// <param name="CpuNanoseconds">CPU time of the server process.</param>
/// <param name="LoadCpuNanoseconds">CPU time of this program.</param>
/// <param name="CoreNanoseconds">Time the server's cores were busy with anything.</param>
internal sealed record Slice(
    long Operations, long Nanoseconds, long CpuNanoseconds, long LoadCpuNanoseconds, long CoreNanoseconds)
{
    public double OperationsPerSecond => Operations / (Nanoseconds / 1e9);

    public double CpuMicrosecondsPerOperation => CpuNanoseconds / 1e3 / Operations;
}
