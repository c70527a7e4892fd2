using SessionGateway.Bench.Load.Sessions;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>Each session asked once.</summary>
/// <param name="Tally">The answers.</param>
/// <param name="Seconds">From the first request to the last reply.</param>
/// <param name="CpuMicrosecondsPerOperation">User and system time of the server process ÷ requests.</param>
internal sealed record SessionPass(Tally Tally, double Seconds, double CpuMicrosecondsPerOperation);
