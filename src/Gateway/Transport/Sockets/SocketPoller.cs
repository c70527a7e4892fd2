using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>Waits for completions, which threads of the pool bring.</summary>
internal sealed class SocketPoller(TimeProvider time, TransportLog log) : Poller
{
    private readonly ConcurrentQueue<Completion> _completions = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<SocketListener> _listeners = [];
    private int _wakePending;
    private int _threadId;

    /// <summary>Something is done; from any thread.</summary>
    public void Post(in Completion completion)
    {
        _completions.Enqueue(completion);
        // What the loop itself posts it finds before it waits; claiming the wake-up for it would leave the claim
        // behind.
        if (_threadId != Environment.CurrentManagedThreadId && Interlocked.Exchange(ref _wakePending, 1) == 0)
        {
            Wake();
        }
    }

    /// <inheritdoc/>
    public override void Wait(int timeoutMilliseconds)
    {
        _threadId = Environment.CurrentManagedThreadId;
        if (timeoutMilliseconds > 0 && _completions.IsEmpty)
        {
            _wake.WaitOne(timeoutMilliseconds);
        }

        // A full fence: what was posted before the claim was given up is seen below.
        Interlocked.Exchange(ref _wakePending, 0);
        while (_completions.TryDequeue(out Completion completion))
        {
            completion.Transport.Take(completion);
        }
    }

    /// <inheritdoc/>
    public override void Wake()
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
    public override bool Watch(StreamTransport transport)
    {
        ((CompletionTransport)transport).Join(this);
        return true;
    }

    /// <inheritdoc/>
    public override StreamTransport? TryConnect(EndPoint address, ITransportOwner owner, out SocketError error)
    {
        Socket? socket = null;
        try
        {
            string? unixPath = (address as UnixDomainSocketEndPoint)?.ToString();
            socket = unixPath is null
                ? new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
                : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Blocking = false;
            var transport = new SocketTransport(socket, unixPath) { Owner = owner };
            transport.Connect(address, this);
            error = SocketError.Success;
            return transport;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            error = e.SocketErrorCode;
            return null;
        }
    }

    /// <inheritdoc/>
    public override void Listen(BoundSocket bound, IAcceptor acceptor)
    {
        var listener = new SocketListener(bound, acceptor, time, log);
        _listeners.Add(listener);
        listener.Start();
    }

    /// <inheritdoc/>
    public override void StopListening() => _listeners.ForEach(l => l.Stop());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        StopListening();
        _wake.Dispose();
    }
}
