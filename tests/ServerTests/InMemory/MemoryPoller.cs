using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Transport;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>Waits for nothing: a test tells the owners of transports itself what happens.</summary>
internal sealed class MemoryPoller : Poller
{
    /// <summary>True once the loop was told to accept no more.</summary>
    public bool HasStoppedListening { get; private set; }

    /// <summary>What the next connection to another server becomes.</summary>
    public MemoryTransport? Outward { get; set; }

    public override void Wait(int timeoutMilliseconds)
    {
    }

    public override void Wake()
    {
    }

    public override bool Watch(StreamTransport transport) => transport is MemoryTransport;

    public override StreamTransport? TryConnect(EndPoint address, ITransportOwner owner, out SocketError error)
    {
        error = Outward is null ? SocketError.ConnectionRefused : SocketError.Success;
        if (Outward is not null)
        {
            Outward.Owner = owner;
        }

        return Outward;
    }

    public override void Listen(BoundSocket bound, IAcceptor acceptor) =>
        throw new NotSupportedException("nothing binds memory");

    public override void StopListening() => HasStoppedListening = true;

    protected override void Dispose(bool disposing)
    {
    }
}
