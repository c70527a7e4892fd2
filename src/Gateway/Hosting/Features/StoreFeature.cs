using System.Diagnostics.Metrics;
using SessionGateway.Commands;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Metrics;
using SessionGateway.Store;
using SessionGateway.Store.Policies;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>What is told of the store beyond what memcached and Redis know of theirs: in the log, in INFO, by a
/// meter.</summary>
internal sealed class StoreFeature : IGatewayFeature
{
    private ItemStore _store = null!;
    private MemoryWatch _watch = null!;

    /// <inheritdoc/>
    public string Name => "Store";

    /// <inheritdoc/>
    public IReadOnlyList<InfoAddition> Info => [new InfoAddition("Memory", Write)];

    /// <inheritdoc/>
    public void Start(FeatureContext context)
    {
        _store = context.Store;
        _watch = new MemoryWatch(_store, new StoreLog(context.Log));
        _store.Losses = _watch;
    }

    /// <inheritdoc/>
    public void AddInstruments(Meter meter) => StoreMetrics.AddTo(meter, _store);

    /// <inheritdoc/>
    public void Look(long now) => _watch.Look(now);

    /// <inheritdoc/>
    public void Stop() => _watch.Finish();

    private void Write(IInfoLines lines)
    {
        CompressionReport compression = _store.ReportCompression();
        lines.Add("memory_reserve_bytes", _store.ReserveBytes);
        lines.Add("memory_reserve_used_bytes", _store.ReserveUsedBytes);
        lines.Add("memory_pressure", _store.MemoryPressure.ToString().ToLowerInvariant());
        lines.Add("compressed_values", compression.Values);
        lines.Add("compression_saved_bytes", compression.SavedBytes);
        lines.Add("compression_usec", (long)(compression.CompressTime + compression.ExpandTime).TotalMicroseconds);
    }
}
