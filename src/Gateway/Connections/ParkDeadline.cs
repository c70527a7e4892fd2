using SessionGateway.Gateway.Timers;

namespace SessionGateway.Gateway.Connections;

/// <summary>The deadline of a connection's parked request; made once per connection that needs one.</summary>
internal sealed class ParkDeadline(Connection connection) : WheelTimer
{
    /// <inheritdoc/>
    protected internal override void Fire() => connection.DeliverDeadline();
}
