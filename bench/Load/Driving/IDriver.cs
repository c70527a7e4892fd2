using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Driving;

/// <summary>Clients of one server, all driven by the calling thread.</summary>
internal interface IDriver : IDisposable
{
    /// <summary>
    /// Lets every client ask what <paramref name="source"/> says until the time is over or the source is dry, waits for
    /// the replies that are due, and records a latency per operation. Every reply is checked; a wrong one ends the run.
    /// </summary>
    void Run(OpSource source, TimeSpan limit, LatencyHistogram latencies);
}
