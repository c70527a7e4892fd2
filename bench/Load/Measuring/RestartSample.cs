namespace SessionGateway.Bench.Load.Measuring;

/// <summary>One start of a server that has files to read.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Round">From 1.</param>
/// <param name="Sessions">Sessions in the files.</param>
/// <param name="FileBytes">Bytes of the files.</param>
/// <param name="Seconds">From the start of the process to its first right answer to a get.</param>
/// <param name="CpuSeconds">CPU time of the process until then.</param>
/// <param name="ResidentBytes">Resident memory then.</param>
/// <param name="PeakBytes">The most it was until then.</param>
/// <param name="FilledBytes">Resident memory of the process that wrote the files.</param>
internal sealed record RestartSample(
    string Server, int Round, int Sessions, long FileBytes, double Seconds, double CpuSeconds, long ResidentBytes,
    long PeakBytes, long FilledBytes);
