using System.Runtime.InteropServices;

namespace SessionGateway.Bench.Load.Native;

/// <summary>An edge-triggered epoll set whose entries carry an index chosen by the caller.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    public const uint Readable = 0x1;
    public const uint Writable = 0x4;
    public const uint Failed = 0x8;
    public const uint HungUp = 0x10;

    private const uint EdgeTriggered = 1u << 31;
    private const int Capacity = 512;
    private const int AddOperation = 1;

    // struct epoll_event is packed on x86-64 (12 bytes) and naturally aligned elsewhere (16 bytes).
    private static readonly int IndexOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int Stride = IndexOffset + 8;

    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed((nuint)(Capacity * 16));
    private readonly int _fd;

    public Epoll()
    {
        _fd = Libc.EpollCreate(Libc.CloseOnExec);
        if (_fd < 0)
            throw Libc.Failure("epoll_create1");
    }

    /// <summary>
    /// Watches a socket for both directions. Edge-triggered, so waiting for room to write costs no further call:
    /// the kernel reports writability only when it changes.
    /// </summary>
    public void Add(int fd, int index)
    {
        byte* item = stackalloc byte[16];
        *(uint*)item = Readable | Writable | EdgeTriggered;
        *(long*)(item + IndexOffset) = index;
        if (Libc.EpollControl(_fd, AddOperation, fd, item) != 0)
            throw Libc.Failure("epoll_ctl");
    }

    /// <summary>Waits and returns how many entries are ready; 0 when the time is over.</summary>
    public int Wait(int milliseconds)
    {
        while (true)
        {
            int count = Libc.EpollWait(_fd, _events, Capacity, milliseconds);
            if (count >= 0)
                return count;
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
                throw Libc.Failure("epoll_wait");
        }
    }

    public uint EventsOf(int entry) => *(uint*)(_events + (entry * Stride));

    public int IndexOf(int entry) => (int)*(long*)(_events + (entry * Stride) + IndexOffset);

    public void Dispose()
    {
        _ = Libc.Close(_fd);
        NativeMemory.Free(_events);
    }
}
