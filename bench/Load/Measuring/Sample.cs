namespace SessionGateway.Bench.Load.Measuring;

/// <summary>What one server did in one round of one workload.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Round">From 1.</param>
/// <param name="Operations">Answered operations.</param>
/// <param name="OperationsPerSecond">Per second of its own slices.</param>
/// <param name="P50">Latency percentiles in microseconds, waiting in the load program included.</param>
/// <param name="P99">See <paramref name="P50"/>.</param>
/// <param name="P999">See <paramref name="P50"/>.</param>
/// <param name="CpuMicrosecondsPerOperation">User and system time of the server process ÷ operations.</param>
/// <param name="Slices">Each second by itself; those of the same number were measured next to each other.</param>
/// <param name="UserShare">Part of the server's CPU time spent outside of the kernel.</param>
/// <param name="ServerBusy">Server CPU time ÷ time; at 1 the server is the bottleneck.</param>
/// <param name="LoadBusy">The same of this program; at 1 it is the bottleneck and ops/s says nothing.</param>
/// <param name="Foreign">Time the server's core spent on anything else, ÷ time: noise.</param>
/// <param name="IdleCpuMicrosecondsPerSecond">CPU the server uses when connected clients ask nothing.</param>
/// <param name="ResidentBytes">Resident memory at the end, connections open.</param>
internal sealed record Sample(
    string Server,
    int Round,
    long Operations,
    double OperationsPerSecond,
    double P50,
    double P99,
    double P999,
    double CpuMicrosecondsPerOperation,
    IReadOnlyList<Slice> Slices,
    double UserShare,
    double ServerBusy,
    double LoadBusy,
    double Foreign,
    double IdleCpuMicrosecondsPerSecond,
    long ResidentBytes);
