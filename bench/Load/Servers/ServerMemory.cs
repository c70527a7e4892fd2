namespace SessionGateway.Bench.Load.Servers;

/// <summary>The memory that each server may use.</summary>
/// <param name="Megabytes">Of 1,048,576 bytes.</param>
/// <param name="IsLimit">False: more than any workload needs, so a server without a limit of its own gets none.</param>
internal sealed record ServerMemory(int Megabytes, bool IsLimit)
{
    /// <summary>More than any workload needs, and equal for all: nothing may be evicted or refused while
    /// measuring.</summary>
    public static ServerMemory Plenty { get; } = new(2048, IsLimit: false);
}
