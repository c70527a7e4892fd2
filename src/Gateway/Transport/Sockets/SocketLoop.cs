using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>An event loop for framework sockets: completions arrive as messages, the loop waits for messages.</summary>
internal sealed class SocketLoop(
    int index, int loopCount, CommandServices services, LoopSettings settings, TransportLog log,
    ConnectionAdmission admission)
    : EventLoop(index, loopCount, services, settings, log)
{
    private readonly AutoResetEvent _wake = new(false);

    /// <summary>What stops accepting; set on the loop that owns the listeners.</summary>
    public Action? OnStopListening { get; set; }

    /// <summary>A connection is gone.</summary>
    public void Forget() => admission.Leave();

    /// <inheritdoc/>
    protected override void Wait(int timeoutMilliseconds)
    {
        if (timeoutMilliseconds > 0)
        {
            _wake.WaitOne(timeoutMilliseconds);
        }
    }

    /// <inheritdoc/>
    protected override void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // The completion of a socket that was closed with the loop; an exception on the pool's thread would end the
            // process.
        }
    }

    /// <inheritdoc/>
    protected override bool Watch(Connection connection)
    {
        ((SocketConnection)connection).Start();
        return true;
    }

    /// <inheritdoc/>
    protected override void StopListening() => OnStopListening?.Invoke();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _wake.Dispose();
        base.Dispose(disposing);
    }
}
