using Microsoft.Extensions.Logging;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Options;
using SessionGateway.Store;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>What a feature finds when it starts.</summary>
/// <param name="Options">What the user asked for.</param>
/// <param name="Services">What commands share: store, clock, counters.</param>
/// <param name="Loops">The loops, at least one; the first one looks at features once a second.</param>
/// <param name="Log">The feature's log, <c>SessionGateway.NAME</c>.</param>
internal sealed record FeatureContext(
    GatewayOptions Options, CommandServices Services, IReadOnlyList<EventLoop> Loops, ILogger Log)
{
    /// <summary>Decides which replies wait for what; null when none ever do.</summary>
    public Settling? Settling => Loops[0].Settings.Settling;

    /// <summary>The items.</summary>
    public ItemStore Store => Services.Store;
}
