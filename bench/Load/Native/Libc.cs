using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace SessionGateway.Bench.Load.Native;

/// <summary>The system calls of the load program; names, arguments and results as in the C library of Linux.</summary>
internal static unsafe partial class Libc
{
    public const int Inet = 2;
    public const int Stream = 1;
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;
    public const int LevelSocket = 1;
    public const int ReceiveTimeout = 20;
    public const int LevelIp = 0;
    public const int BindAddressNoPort = 24;
    public const int LevelTcp = 6;
    public const int NoDelay = 1;
    public const int DontWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int FileLimit = 7;
    public const int SigTerm = 15;
    public const int Interrupted = 4;
    public const int NoSuchProcess = 3;
    public const int Again = 11;
    public const int InProgress = 115;

    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int fd, SocketAddress* address, uint length);

    [LibraryImport(Name, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int fd, SocketAddress* address, uint length);

    [LibraryImport(Name, EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int fd, int backlog);

    [LibraryImport(Name, EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int fd, SocketAddress* address, uint* length, int flags);

    [LibraryImport(Name, EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSocketName(int fd, SocketAddress* address, uint* length);

    [LibraryImport(Name, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int fd, int level, int option, void* value, uint length);

    [LibraryImport(Name, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int fd, byte* buffer, nuint length, int flags);

    [LibraryImport(Name, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int fd, byte* buffer, nuint length, int flags);

    [LibraryImport(Name, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport(Name, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int fd, byte* item);

    [LibraryImport(Name, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* items, int count, int milliseconds);

    [LibraryImport(Name, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nuint maskBytes, ulong* mask);

    [LibraryImport(Name, EntryPoint = "clock_gettime", SetLastError = true)]
    public static partial int ClockGetTime(int clock, long* secondsAndNanoseconds);

    [LibraryImport(Name, EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetLimit(int resource, ulong* softAndHard);

    [LibraryImport(Name, EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, ulong* softAndHard);

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport(Name, EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, int thread, int nice);

    [LibraryImport(Name, EntryPoint = "usleep", SetLastError = true)]
    public static partial int SleepMicroseconds(uint microseconds);

    /// <summary>Ends the run with the C library's text for the last error.</summary>
    public static LoadException Failure(string call)
    {
        int error = Marshal.GetLastPInvokeError();
        return new LoadException($"{call}: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})");
    }
}
