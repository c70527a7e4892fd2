using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>Sets every key once, over the workload's own protocol.</summary>
internal static class Preload
{
    private const int Connections = 16;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // Larger values go one at a time: a batch of 16 would need buffers of its size on both sides.
    private const int PipelinedBytes = 16 * 1024;

    public static void Run(WireKind wire, Dataset data, int port)
    {
        int pipeline = data.ValueBytes > PipelinedBytes ? 1 : 16;
        using IDriver loader = DriverFactory.Steady(wire, data, port, Connections, pipeline);
        LatencyHistogram counted = new();
        loader.Run(new PreloadSource(data.Count), Limit, counted);
        if (counted.Count != data.Count)
            throw new LoadException(
                $"only {counted.Count} of {data.Count} keys were set in {Limit.TotalMinutes} minutes");
    }
}
