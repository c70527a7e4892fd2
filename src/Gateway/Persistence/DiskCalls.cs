using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SessionGateway.Gateway.Persistence;

/// <summary>What the framework has no call for: fdatasync, and fsync of a directory (fsync(2): a new name is on the
/// disk only when its directory is).</summary>
internal static partial class DiskCalls
{
    private const int ReadOnly = 0;

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

    private static IOException Failure(string call) => new($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncDataOf(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
