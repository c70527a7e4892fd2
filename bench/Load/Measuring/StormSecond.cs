using SessionGateway.Bench.Load.Driving;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>The reads that were due in one second.</summary>
/// <param name="Second">0 begins at the deadline of the sessions.</param>
/// <param name="Reads">Their number.</param>
/// <param name="P50">Latency in microseconds, from the moment a read was due.</param>
/// <param name="P99">See <paramref name="P50"/>.</param>
/// <param name="P999">See <paramref name="P50"/>.</param>
/// <param name="LeftOut">Reads that are not in these figures, because the load program did not run meanwhile.</param>
/// <param name="WaitedMilliseconds">
/// Time that the server's busiest thread was ready to run while its core was with somebody else.
/// </param>
internal sealed record StormSecond(
    int Second, long Reads, double P50, double P99, double P999, long LeftOut, double WaitedMilliseconds)
{
    public static StormSecond Of(int second, LatencyHistogram reads, long leftOut, double waited) => new(
        second, reads.Count, reads.Microseconds(0.5), reads.Microseconds(0.99), reads.Microseconds(0.999), leftOut,
        waited);
}
