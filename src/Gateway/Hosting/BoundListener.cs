using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Hosting;

/// <summary>What listens where, for the start banner.</summary>
/// <param name="Address">host:port or unix:path.</param>
/// <param name="Protocol">How its connections are read.</param>
internal sealed record BoundListener(string Address, ListenerProtocol Protocol);
