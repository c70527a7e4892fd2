using System.Runtime.InteropServices;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>
/// An event loop over an edge-triggered epoll set. An edge is remembered in the connection until the socket is found
/// empty, so a connection whose output waits costs no system call, and a request costs one receive and one send.
/// </summary>
internal sealed unsafe class EpollLoop : EventLoop
{
    private const int MaxEvents = 256;
    private const int MaxAccepts = 64;
    private const int PauseMilliseconds = 100;
    private const int ConnectionMask =
        Native.EpollIn | Native.EpollReadHangup | Native.EpollEdgeTriggered;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly byte* _events;
    private readonly ConnectionAdmission _admission;
    private readonly Dictionary<int, EpollListener> _listeners = [];
    private EpollLoop[] _loops = [];
    private EpollConnection?[] _byDescriptor = new EpollConnection?[256];
    private bool _anyPaused;

    public EpollLoop(
        int index, int loopCount, CommandServices services, LoopSettings settings, TransportLog log,
        ConnectionAdmission admission)
        : base(index, loopCount, services, settings, log)
    {
        _admission = admission;
        _epoll = Checked(Native.EpollCreate(Native.CloseOnExec));
        _wake = Checked(Native.EventDescriptor(0, Native.CloseOnExec | Native.NonBlocking));
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(MaxEvents * Native.EventBytes));
        Checked(Native.EpollControl(_epoll, Native.EpollAdd, _wake, Native.EpollIn, _wake));
    }

    /// <summary>Tells the loop about all loops, so that it can hand connections on.</summary>
    public void Join(EpollLoop[] loops) => _loops = loops;

    /// <summary>Accepts from a listener; before the loop runs.</summary>
    public void Listen(EpollListener listener)
    {
        _listeners.Add(listener.Descriptor, listener);
        Checked(Native.EpollControl(_epoll, Native.EpollAdd, listener.Descriptor, Native.EpollIn, listener.Descriptor));
    }

    /// <summary>Watches a connection for writability as well, or no longer.</summary>
    public void Rearm(EpollConnection connection, bool forWriting) => Native.EpollControl(
        _epoll, Native.EpollModify, connection.Descriptor, ConnectionMask | (forWriting ? Native.EpollOut : 0),
        Tag(connection));

    /// <summary>Closes a connection's descriptor.</summary>
    public void Forget(EpollConnection connection)
    {
        if (connection.Descriptor < _byDescriptor.Length && _byDescriptor[connection.Descriptor] == connection)
        {
            _byDescriptor[connection.Descriptor] = null;
        }

        Native.Close(connection.Descriptor);
        _admission.Leave();
    }

    /// <inheritdoc/>
    protected override void Wait(int timeoutMilliseconds)
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
    protected override void Wake()
    {
        ulong one = 1;
        _ = Native.Write(_wake, &one, sizeof(ulong));
    }

    /// <inheritdoc/>
    protected override bool Watch(Connection connection)
    {
        var added = (EpollConnection)connection;
        if (added.Descriptor >= _byDescriptor.Length)
        {
            Array.Resize(ref _byDescriptor, Math.Max(added.Descriptor + 1, _byDescriptor.Length * 2));
        }

        _byDescriptor[added.Descriptor] = added;
        return Native.EpollControl(_epoll, Native.EpollAdd, added.Descriptor, ConnectionMask, Tag(added)) == 0;
    }

    /// <inheritdoc/>
    protected override void StopListening()
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
        base.Dispose(disposing);
    }

    // Descriptors are reused at once; the connection's number beside it tells an old event from a new connection.
    private static long Tag(EpollConnection connection) => (connection.Id << 24) | (uint)connection.Descriptor;

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

        if (_byDescriptor[data & 0xffffff] is not { } connection || connection.Id != data >> 24)
        {
            return;
        }

        if ((mask & (Native.EpollError | Native.EpollHangup | Native.EpollReadHangup)) != 0)
        {
            connection.MustReadToEnd = true;
        }

        if ((mask & Native.EpollOut) != 0 && connection.StopsAwaitingWritable())
        {
            Rearm(connection, forWriting: false);
        }

        connection.MayHaveInput |= (mask & ~Native.EpollOut) != 0;
        Enqueue(connection);
    }

    private void AcceptFrom(EpollListener listener)
    {
        byte* peer = stackalloc byte[SocketAddresses.MaxBytes];
        bool wantsPeer = Context.Services.Credentials.AreRequired && listener.UnixPath is null;
        for (int i = 0; i < MaxAccepts; i++)
        {
            int length = SocketAddresses.MaxBytes;
            int descriptor = Native.Accept(
                listener.Descriptor, wantsPeer ? peer : null, wantsPeer ? &length : null,
                Native.CloseOnExec | Native.NonBlocking);
            if (descriptor < 0)
            {
                AcceptFailed(listener, Marshal.GetLastPInvokeError());
                return;
            }

            Context.Stats.Accepted++;
            if (!_admission.TryEnter(makesRoom: Strangers.Account.Count > 0))
            {
                Refuse(descriptor, listener);
                continue;
            }

            EpollLoop owner = _loops[_admission.NextLoop(_loops.Length)];
            var connection = new EpollConnection(owner, descriptor, listener.Protocol, listener.UnixPath)
            {
                Id = _admission.NextId(),
                ConnectedAt = Context.Now,
                AcceptedFrom = wantsPeer
                    ? SocketAddresses.Format(new ReadOnlySpan<byte>(peer, SocketAddresses.MaxBytes)) : null,
                IsAuthenticated = !Context.Services.Credentials.AreRequired,
            };
            if (owner == this)
            {
                Adopt(connection);
            }
            else
            {
                owner.Post(new LoopMessage(LoopMessageKind.Adopt, connection));
            }
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
                Log.AcceptPressure(listener.Address, PauseMilliseconds, Marshal.GetPInvokeErrorMessage(error));
                listener.PausedUntil = Environment.TickCount64 + PauseMilliseconds;
                _anyPaused = true;
                Native.EpollControl(_epoll, Native.EpollModify, listener.Descriptor, 0, listener.Descriptor);
                break;
            case >= 100:
                // Network errors of the one connection that was to be accepted (accept(2): treat like EAGAIN).
                break;
            default:
                Log.ListenerBroken(listener.Address, Marshal.GetPInvokeErrorMessage(error));
                _listeners.Remove(listener.Descriptor);
                listener.Dispose();
                break;
        }
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

    private void Refuse(int descriptor, EpollListener listener)
    {
        Context.Stats.Rejected++;
        Log.TooManyConnections(_admission.MaxConnections);
        fixed (byte* text = ConnectionAdmission.Refusal(listener.Protocol))
        {
            _ = Native.Send(
                descriptor, text, (nuint)ConnectionAdmission.Refusal(listener.Protocol).Length,
                Native.MessageDontWait | Native.MessageNoSignal);
        }

        Native.Close(descriptor);
    }

    private static int Checked(int result) => result >= 0
        ? result
        : throw new StartupException(
            $"cannot set up an event loop: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}; "
            + "raise the limit of open files (ulimit -n) or lower --threads");
}
