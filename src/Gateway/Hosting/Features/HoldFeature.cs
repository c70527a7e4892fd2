using System.Diagnostics.Metrics;
using SessionGateway.Commands;
using SessionGateway.Gateway.Holding;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>Tells how much of replies waits for what they tell to be safe (ADR 0015): in INFO, in stats, by a
/// meter.</summary>
internal sealed class HoldFeature : IGatewayFeature
{
    private ReplyGate? _gate;

    /// <inheritdoc/>
    public string Name => "Holding";

    /// <inheritdoc/>
    public IReadOnlyList<InfoAddition> Info => [new InfoAddition("Clients", Write, IsInStats: true)];

    private int Connections => _gate?.HeldConnections ?? 0;

    private long Bytes => _gate?.HeldBytes ?? 0;

    /// <inheritdoc/>
    public void Start(FeatureContext context) => _gate = context.Loops[0].Settings.Gate;

    /// <inheritdoc/>
    public void AddInstruments(Meter meter)
    {
        meter.CreateObservableGauge("held_connections", () => Connections, "{connection}",
            "Connections of which replies wait for a log or a backup.");
        meter.CreateObservableGauge("held_reply_bytes", () => Bytes, "By", "Bytes of those replies.");
    }

    private void Write(IInfoLines lines)
    {
        lines.Add("held_clients", Connections);
        lines.Add("held_reply_bytes", Bytes);
    }
}
