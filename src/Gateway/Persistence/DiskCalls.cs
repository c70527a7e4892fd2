using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SessionGateway.Gateway.Persistence;

/// <summary>What the framework has no call for: fdatasync, and fsync of a directory (fsync(2): a new name is on the
/// disk only when its directory is).</summary>
internal static partial class DiskCalls
{
    private const int ReadOnly = 0;

    // A thread of it gets a quarter of a core that it shares with one of 0 (sched(7): each step is a tenth), and gives
    // way to those that wake up.
    private const int LowNice = 5;

    // PRIO_PROCESS with 0: the calling thread (setpriority(2), "C library/kernel differences").
    private const int OfThread = 0;

    /// <summary>Has a file's bytes, and its length, on the disk.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void SyncData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        if (SyncDataOf(file) != 0)
        {
            throw Failure("fdatasync");
        }
    }

    /// <summary>Has a directory's names on the disk.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using SafeFileHandle directory = Open(path, ReadOnly);
        if (directory.IsInvalid || Sync(directory) != 0)
        {
            throw Failure("fsync of the directory");
        }
    }

    /// <summary>The calling thread yields to others. Where that cannot be had everything is as before.</summary>
    public static void LowerPriority()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(OfThread, 0, Math.Min(GetPriority(OfThread, 0) + LowNice, 19));
        }
    }

    private static IOException Failure(string call) => new($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncDataOf(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, uint who);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
