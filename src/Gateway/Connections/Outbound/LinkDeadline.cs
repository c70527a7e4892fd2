using SessionGateway.Gateway.Timers;

namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>The time in which a link must be open.</summary>
internal sealed class LinkDeadline(OutboundLink link) : WheelTimer
{
    /// <inheritdoc/>
    protected internal override void Fire() => link.OnDeadline();
}
