using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Transport;

namespace SessionGateway.Bench.Microbench.Pipes;

/// <summary>The loop of the portable transport, for connections over pipes.</summary>
internal sealed class PipesLoop(CommandServices services, TransportLog log) : EventLoop(0, 1, services,
    new LoopSettings(), log)
{
    private readonly AutoResetEvent _wake = new(false);

    /// <inheritdoc/>
    protected override void Wait(int timeoutMilliseconds)
    {
        if (timeoutMilliseconds > 0)
        {
            _wake.WaitOne(timeoutMilliseconds);
        }
    }

    /// <inheritdoc/>
    protected override void Wake() => _wake.Set();

    /// <inheritdoc/>
    protected override bool Watch(Connection connection)
    {
        ((PipesConnection)connection).Start();
        return true;
    }

    /// <inheritdoc/>
    protected override void StopListening()
    {
    }
}
