using System.Diagnostics.Metrics;
using SessionGateway.Store;
using SessionGateway.Store.Policies;

namespace SessionGateway.Gateway.Metrics;

/// <summary>
/// The store's instruments, for whoever listens to the meter (dotnet-counters, OpenTelemetry). All are read from the
/// store when somebody asks: nobody listening costs nothing.
/// </summary>
internal static class StoreMetrics
{
    /// <summary>Makes the instruments of a store.</summary>
    public static void AddTo(Meter meter, ItemStore store)
    {
        meter.CreateObservableCounter("sessions_lost_total", () => Losses(store), "{session}",
            "Live items given up for memory.");
        meter.CreateObservableCounter("writes_refused_total", () => store.RefusedCount, "{write}",
            "Writes refused because memory was full.");
        meter.CreateObservableCounter("writes_refused_inside_total", () => store.ReserveRefusedCount, "{write}",
            "Of the refused writes those that the reserve is for: even it was gone.");
        meter.CreateObservableCounter("writes_skipped_total", () => store.UnchangedCount, "{write}",
            "Writes that found their value there already.");
        meter.CreateObservableCounter("compression_saved_bytes_total", () => store.ReportCompression().SavedBytes,
            "By",
            "Bytes by which written values became shorter.");
        meter.CreateObservableCounter("compression_seconds_total", () => Seconds(store.ReportCompression()), "s",
            "Time spent compressing and expanding.");
        meter.CreateObservableGauge("memory_used_bytes", () => store.UsedBytes, "By",
            "Bytes of items, index and connection buffers.");
        meter.CreateObservableGauge("connection_buffer_bytes", () => store.BufferBytes, "By",
            "Of them those of connection buffers.");
        meter.CreateObservableGauge("memory_limit_bytes", () => store.MemoryLimit, "By", "The limit.");
        meter.CreateObservableGauge("memory_reserve_bytes", () => store.ReserveBytes, "By",
            "Bytes of the limit that new items cannot take.");
        meter.CreateObservableGauge("memory_reserve_used_bytes", () => store.ReserveUsedBytes, "By",
            "Bytes of the reserve in use.");
        meter.CreateObservableGauge("memory_pressure", () => (int)store.MemoryPressure, null,
            "0 normal, 1 high, 2 critical.");
    }

    private static IEnumerable<Measurement<long>> Losses(ItemStore store) => LossReasons.All.Select(reason =>
        new Measurement<long>(store.LostCount(reason),
            new KeyValuePair<string, object?>("reason", LossReasons.Name(reason))));

    private static double Seconds(CompressionReport report) => (report.CompressTime + report.ExpandTime).TotalSeconds;
}
