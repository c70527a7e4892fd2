using System.Net;
using System.Net.Sockets;

namespace SessionGateway.Gateway.Transport;

/// <summary>What an event loop waits with: tells owners of transports that something can be received or sent.</summary>
internal abstract class Poller : IDisposable
{
    /// <summary>Waits until something is ready or the time is over, and tells the owners.</summary>
    public abstract void Wait(int timeoutMilliseconds);

    /// <summary>Ends a wait from another thread.</summary>
    public abstract void Wake();

    /// <summary>Starts to watch a transport of the poller's kind; false when that fails.</summary>
    public abstract bool Watch(StreamTransport transport);

    /// <summary>
    /// Begins to connect to another server and watches: the owner is told when it is known how that ended.
    /// </summary>
    /// <param name="address">Where; nothing is looked up, so a name is an error.</param>
    /// <param name="owner">Who is told.</param>
    /// <param name="error">Why it could not even begin, when there is no result.</param>
    public abstract StreamTransport? TryConnect(EndPoint address, ITransportOwner owner, out SocketError error);

    /// <summary>Accepts from a socket; before the first wait.</summary>
    public abstract void Listen(BoundSocket bound, IAcceptor acceptor);

    /// <summary>Stops accepting.</summary>
    public abstract void StopListening();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the poller holds.</summary>
    protected abstract void Dispose(bool disposing);
}
