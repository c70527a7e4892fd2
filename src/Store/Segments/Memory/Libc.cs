using System.Runtime.InteropServices;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>The memory calls of Linux (mmap(2), madvise(2), munmap(2)) with the constants of x86-64 and
/// arm64.</summary>
internal static unsafe partial class Libc
{
    public const int ProtRead = 1;
    public const int ProtWrite = 2;
    public const int MapPrivate = 0x02;
    public const int MapAnonymous = 0x20;
    public const int MapNoReserve = 0x4000;
    public const int MadvDontNeed = 4;
    public const int MadvNoHugePage = 15;
    public const int MadvPopulateWrite = 23;

    public static readonly nint MapFailed = -1;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int MemoryUnmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    public static partial int MemoryAdvise(byte* address, nuint length, int advice);
}
