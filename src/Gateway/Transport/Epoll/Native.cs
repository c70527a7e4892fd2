using System.Runtime.InteropServices;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>The system calls of the epoll transport (Linux; numbers from the kernel's uapi headers, equal on x86-64 and
/// arm64).</summary>
internal static unsafe partial class Native
{
    public const int EpollIn = 0x001;
    public const int EpollOut = 0x004;
    public const int EpollError = 0x008;
    public const int EpollHangup = 0x010;
    public const int EpollReadHangup = 0x2000;
    public const int EpollEdgeTriggered = 1 << 31;

    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;

    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;
    public const int UnixFamily = 1;
    public const int StreamSocket = 1;
    public const int ShutdownWrite = 1;
    public const int MessageDontWait = 0x40;
    public const int MessageNoSignal = 0x4000;

    public const int SocketLevel = 1;
    public const int SocketErrorOption = 4;
    public const int KeepAliveOption = 9;
    public const int TcpLevel = 6;
    public const int NoDelayOption = 1;
    public const int KeepAliveTimeOption = 4;
    public const int KeepAliveIntervalOption = 5;
    public const int KeepAliveCountOption = 6;

    public const int Interrupted = 4;
    public const int Again = 11;
    public const int NoMemory = 12;
    public const int FileTableFull = 23;
    public const int TooManyFiles = 24;
    public const int ConnectionAborted = 103;
    public const int NoBuffers = 105;
    public const int ConnectUnderWay = 115;

    /// <summary>struct epoll_event is packed on x86-64 only.</summary>
    public static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Where the data of an event begins.</summary>
    public static readonly int EventDataOffset = EventBytes - 8;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* ev);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* events, int maxEvents, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int descriptor, void* address, void* addressLength, int flags);

    // recv and send never block here (MSG_DONTWAIT) and are called for every request: they skip the switch to
    // preemptive mode, and their error is read with Marshal.GetLastSystemError() at once when they fail.
    [LibraryImport("libc", EntryPoint = "recv")]
    [SuppressGCTransition]
    public static partial nint Receive(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    [SuppressGCTransition]
    public static partial nint Send(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg")]
    [SuppressGCTransition]
    public static partial nint SendParts(int descriptor, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    public static partial int SocketPair(int domain, int type, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int descriptor, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int descriptor, int level, int option, int* value, int* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int option, int* value, int length);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int descriptor, int how);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpeername", SetLastError = true)]
    public static partial int GetPeerName(int descriptor, byte* address, int* length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSocketName(int descriptor, byte* address, int* length);

    /// <summary>struct iovec.</summary>
    public readonly struct Part(byte* start, nuint length)
    {
        private readonly byte* _start = start;
        private readonly nuint _length = length;
    }

    /// <summary>struct msghdr of glibc on 64-bit systems; musl reads the low half of its counts, which is the
    /// same.</summary>
    public struct Message
    {
        public void* Address;
        public int AddressLength;
        public Part* Parts;
        public nuint PartCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>Writes an epoll_event.</summary>
    public static void WriteEvent(byte* ev, int mask, long data)
    {
        *(int*)ev = mask;
        *(long*)(ev + EventDataOffset) = data;
    }

    /// <summary>Adds, changes or removes a descriptor of an epoll set.</summary>
    public static int EpollControl(int epoll, int operation, int descriptor, int mask, long data)
    {
        byte* ev = stackalloc byte[16];
        WriteEvent(ev, mask, data);
        return EpollControl(epoll, operation, descriptor, ev);
    }
}
