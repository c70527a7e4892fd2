using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>
/// Waits with an edge-triggered epoll set. An edge is remembered in the transport until the socket is found empty, so a
/// connection whose output waits costs no system call, and a request costs one receive and one send.
/// </summary>
internal sealed unsafe class EpollPoller : Poller
{
    private const int MaxEvents = 256;
    private const int MaxAccepts = 64;
    private const int PauseMilliseconds = 100;
    private const int ShortPauseMilliseconds = 2;
    private const int ConnectionMask =
        Native.EpollIn | Native.EpollReadHangup | Native.EpollEdgeTriggered;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly byte* _events;
    private readonly TransportLog _log;
    private readonly Dictionary<int, EpollListener> _listeners = [];
    private EpollTransport?[] _byDescriptor = new EpollTransport?[256];
    private long _lastStamp;
    private bool _anyPaused;

    public EpollPoller(TransportLog log)
    {
        _log = log;
        _epoll = Checked(Native.EpollCreate(Native.CloseOnExec));
        _wake = Checked(Native.EventDescriptor(0, Native.CloseOnExec | Native.NonBlocking));
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(MaxEvents * Native.EventBytes));
        Checked(Native.EpollControl(_epoll, Native.EpollAdd, _wake, Native.EpollIn, _wake));
    }

    /// <inheritdoc/>
    public override void Listen(BoundSocket bound, IAcceptor acceptor)
    {
        bound.Socket.Blocking = false;
        var listener = new EpollListener(bound, acceptor);
        _listeners.Add(listener.Descriptor, listener);
        Checked(Native.EpollControl(_epoll, Native.EpollAdd, listener.Descriptor, Native.EpollIn, listener.Descriptor));
    }

    /// <summary>Watches a transport for writability as well, or no longer.</summary>
    public void Rearm(EpollTransport transport, bool forWriting) => Native.EpollControl(
        _epoll, Native.EpollModify, transport.Descriptor, ConnectionMask | (forWriting ? Native.EpollOut : 0),
        Tag(transport));

    /// <summary>A transport is closed.</summary>
    public void Forget(EpollTransport transport)
    {
        if (transport.Descriptor < _byDescriptor.Length && _byDescriptor[transport.Descriptor] == transport)
        {
            _byDescriptor[transport.Descriptor] = null;
        }
    }

    /// <inheritdoc/>
    public override void Wait(int timeoutMilliseconds)
    {
        if (_anyPaused)
        {
            timeoutMilliseconds = Math.Min(timeoutMilliseconds, ResumeListeners());
        }

        int count = Native.EpollWait(_epoll, _events, MaxEvents, timeoutMilliseconds);
        for (int i = 0; i < count; i++)
        {
            byte* ev = _events + (i * Native.EventBytes);
            Dispatch(*(int*)ev, *(long*)(ev + Native.EventDataOffset));
        }
    }

    /// <inheritdoc/>
    public override void Wake()
    {
        ulong one = 1;
        _ = Native.Write(_wake, &one, sizeof(ulong));
    }

    /// <inheritdoc/>
    public override bool Watch(StreamTransport transport) => Watch((EpollTransport)transport, isConnecting: false);

    /// <inheritdoc/>
    public override StreamTransport? TryConnect(EndPoint address, ITransportOwner owner, out SocketError error)
    {
        if (address is not (IPEndPoint or UnixDomainSocketEndPoint))
        {
            error = SocketError.AddressFamilyNotSupported;
            return null;
        }

        int descriptor = OpenSocket(address.Serialize().Buffer.Span[..address.Serialize().Size], out error);
        if (descriptor < 0)
        {
            return null;
        }

        var transport = new EpollTransport(descriptor, (address as UnixDomainSocketEndPoint)?.ToString())
        {
            Owner = owner,
        };
        if (Watch(transport, isConnecting: true))
        {
            return transport;
        }

        error = SystemErrors.Of(Marshal.GetLastPInvokeError());
        transport.Close();
        return null;
    }

    // A socket on its way to an address, as the kernel lays it out; -1 when there is none.
    private static int OpenSocket(ReadOnlySpan<byte> address, out SocketError error)
    {
        int family = BitConverter.ToUInt16(address);
        int descriptor = Native.Socket(family, Native.StreamSocket | Native.CloseOnExec | Native.NonBlocking, 0);
        int failure = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (failure == 0)
        {
            int yes = 1;
            if (family != Native.UnixFamily)
            {
                _ = Native.SetOption(descriptor, Native.TcpLevel, Native.NoDelayOption, &yes, sizeof(int));
            }

            fixed (byte* start = address)
            {
                failure = Native.Connect(descriptor, start, address.Length) == 0 ? 0 : Marshal.GetLastPInvokeError();
            }
        }

        if (failure is 0 or Native.ConnectUnderWay or Native.Interrupted)
        {
            error = SocketError.Success;
            return descriptor;
        }

        if (descriptor >= 0)
        {
            Native.Close(descriptor);
        }

        error = SystemErrors.Of(failure);
        return -1;
    }

    private bool Watch(EpollTransport added, bool isConnecting)
    {
        if (added.Descriptor >= _byDescriptor.Length)
        {
            Array.Resize(ref _byDescriptor, Math.Max(added.Descriptor + 1, _byDescriptor.Length * 2));
        }

        _byDescriptor[added.Descriptor] = added;
        added.Join(this, ++_lastStamp, isConnecting);
        int mask = ConnectionMask | (isConnecting ? Native.EpollOut : 0);
        return Native.EpollControl(_epoll, Native.EpollAdd, added.Descriptor, mask, Tag(added)) == 0;
    }

    /// <inheritdoc/>
    public override void StopListening()
    {
        foreach (EpollListener listener in _listeners.Values)
        {
            listener.Dispose();
        }

        _listeners.Clear();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        StopListening();
        Native.Close(_wake);
        Native.Close(_epoll);
        NativeMemory.Free(_events);
    }

    // Descriptors are reused at once; the stamp beside it tells an old event from a new connection.
    private static long Tag(EpollTransport transport) => (transport.Stamp << 24) | (uint)transport.Descriptor;

    private void Dispatch(int mask, long data)
    {
        if (data == _wake)
        {
            ulong count;
            _ = Native.Read(_wake, &count, sizeof(ulong));
            return;
        }

        if (data >> 24 == 0)
        {
            if (_listeners.TryGetValue((int)data, out EpollListener? listener))
            {
                AcceptFrom(listener);
            }

            return;
        }

        if (_byDescriptor[data & 0xffffff] is not { } transport || transport.Stamp != data >> 24)
        {
            return;
        }

        if ((mask & (Native.EpollError | Native.EpollHangup | Native.EpollReadHangup)) != 0)
        {
            transport.MustReadToEnd = true;
            transport.PeerHasClosed = true;
        }

        if ((mask & Native.EpollOut) != 0 && transport.StopsAwaitingWritable())
        {
            Rearm(transport, forWriting: false);
        }

        transport.MayHaveInput |= (mask & ~Native.EpollOut) != 0;
        transport.Owner.OnReady();
    }

    private void AcceptFrom(EpollListener listener)
    {
        byte* peer = stackalloc byte[SocketAddresses.MaxBytes];
        string? unixPath = listener.Bound.UnixPath;
        bool wantsPeer = listener.Acceptor.NeedsPeers && unixPath is null;
        for (int i = 0; i < MaxAccepts; i++)
        {
            if (!listener.Acceptor.MayAccept)
            {
                Pause(listener, ShortPauseMilliseconds);
                return;
            }

            int length = SocketAddresses.MaxBytes;
            int descriptor = Native.Accept(
                listener.Descriptor, wantsPeer ? peer : null, wantsPeer ? &length : null,
                Native.CloseOnExec | Native.NonBlocking);
            if (descriptor < 0)
            {
                AcceptFailed(listener, Marshal.GetLastPInvokeError());
                return;
            }

            var transport = new EpollTransport(descriptor, unixPath)
            {
                AcceptedFrom = wantsPeer
                    ? SocketAddresses.Format(new ReadOnlySpan<byte>(peer, SocketAddresses.MaxBytes)) : null,
            };
            listener.Acceptor.Accept(transport, listener.Bound.Protocol);
        }
    }

    // Three tiers: nothing to accept or the peer has gone again: go on; no descriptors or memory: pause, the listener
    // stays; else it is broken.
    private void AcceptFailed(EpollListener listener, int error)
    {
        switch (error)
        {
            case Native.Again or Native.Interrupted or Native.ConnectionAborted:
                break;
            case Native.TooManyFiles or Native.FileTableFull or Native.NoBuffers or Native.NoMemory:
                _log.AcceptPressure(listener.Bound.Address, PauseMilliseconds, Marshal.GetPInvokeErrorMessage(error));
                Pause(listener, PauseMilliseconds);
                break;
            case >= 100:
                // Network errors of the one connection that was to be accepted (accept(2): treat like EAGAIN).
                break;
            default:
                _log.ListenerBroken(listener.Bound.Address, Marshal.GetPInvokeErrorMessage(error));
                _listeners.Remove(listener.Descriptor);
                listener.Dispose();
                break;
        }
    }

    private void Pause(EpollListener listener, int milliseconds)
    {
        listener.PausedUntil = Environment.TickCount64 + milliseconds;
        _anyPaused = true;
        Native.EpollControl(_epoll, Native.EpollModify, listener.Descriptor, 0, listener.Descriptor);
    }

    private int ResumeListeners()
    {
        int wait = int.MaxValue;
        foreach (EpollListener listener in _listeners.Values)
        {
            int left = (int)(listener.PausedUntil - Environment.TickCount64);
            if (listener.PausedUntil == 0)
            {
                continue;
            }

            if (left <= 0)
            {
                listener.PausedUntil = 0;
                Native.EpollControl(_epoll, Native.EpollModify, listener.Descriptor, Native.EpollIn,
                    listener.Descriptor);
            }
            else
            {
                wait = Math.Min(wait, left);
            }
        }

        _anyPaused = wait != int.MaxValue;
        return wait;
    }

    private static int Checked(int result) => result >= 0
        ? result
        : throw new StartupException(
            $"cannot set up an event loop: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}; "
            + "raise the limit of open files (ulimit -n) or lower --threads");
}
