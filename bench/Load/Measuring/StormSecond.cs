using SessionGateway.Bench.Load.Driving;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>The reads that were due in one second.</summary>
/// <param name="Second">0 begins at the deadline of the sessions.</param>
/// <param name="Reads">Their number.</param>
/// <param name="P50">Latency in microseconds, from the moment a read was due.</param>
/// <param name="P99">See <paramref name="P50"/>.</param>
/// <param name="P999">See <paramref name="P50"/>.</param>
internal sealed record StormSecond(int Second, long Reads, double P50, double P99, double P999)
{
    public static StormSecond Of(int second, LatencyHistogram reads) => new(
        second, reads.Count, reads.Microseconds(0.5), reads.Microseconds(0.99), reads.Microseconds(0.999));
}
