using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Transport;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>An event loop that a test runs turn by turn on its own thread.</summary>
internal sealed class MemoryLoop(CommandServices services, LoopSettings settings, TransportLog log)
    : EventLoop(0, 1, services, settings, log)
{
    /// <summary>True once the loop was told to accept no more.</summary>
    public bool HasStoppedListening { get; private set; }

    protected override void Wait(int timeoutMilliseconds)
    {
    }

    protected override void Wake()
    {
    }

    protected override bool Watch(Connection connection) => true;

    protected override void StopListening() => HasStoppedListening = true;
}
