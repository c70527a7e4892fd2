namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>A running server that a suite is held against: the gateway, or the real one as a control.</summary>
public interface IServer : IDisposable
{
    /// <summary>Loopback port.</summary>
    int Port { get; }
}
