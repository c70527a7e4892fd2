using SessionGateway.Gateway.Timers;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>When a request has waited long enough for a primary, or when the next attempt is due.</summary>
internal sealed class UpstreamTimer(Action fire) : WheelTimer
{
    /// <inheritdoc/>
    protected internal override void Fire() => fire();
}
