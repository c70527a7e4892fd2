namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>A listening socket, made by the framework and accepted from by descriptor.</summary>
internal sealed class EpollListener(BoundSocket bound, IAcceptor acceptor) : IDisposable
{
    /// <summary>The socket's descriptor.</summary>
    public int Descriptor { get; } = (int)bound.Socket.Handle;

    /// <summary>Takes over what is accepted.</summary>
    public IAcceptor Acceptor { get; } = acceptor;

    /// <summary>The socket and what was asked of it.</summary>
    public BoundSocket Bound { get; } = bound;

    /// <summary>Unix milliseconds until which nothing is accepted, 0 = accepting.</summary>
    public long PausedUntil { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Bound.Socket.Dispose();
}
