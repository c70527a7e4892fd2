using SessionGateway.Bench.Load.Driving;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>The reads that were due in one second.</summary>
internal sealed class PacedSecond
{
    public LatencyHistogram Reads { get; } = new();

    /// <summary>Reads that say nothing, because the load program did not run meanwhile.</summary>
    public long LeftOut { get; set; }
}
