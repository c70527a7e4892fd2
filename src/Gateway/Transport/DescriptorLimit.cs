using System.Runtime.InteropServices;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Transport;

/// <summary>
/// Keeps connections away from the limit of open files. The runtime needs descriptors for threads and libraries at any
/// time and ends the process without them, so connections over the limit are refused rather than accepted into that (as
/// Redis does).
/// </summary>
internal static partial class DescriptorLimit
{
    // Two per thread of the runtime and two per library that is loaded later; Redis keeps 32 (CONFIG_MIN_RESERVED_FDS).
    private const int Reserve = 100;

    // An epoll set and the event that wakes it.
    private const int PerLoop = 2;

    // RLIMIT_NOFILE of Linux.
    private const int OpenFiles = 7;

    /// <summary>How many files the process may open; <see cref="long.MaxValue"/> where nobody says.</summary>
    public static long Files
    {
        get
        {
            // The soft one, which the runtime has raised to the hard one. Infinite is the largest number.
            ulong[] softAndHard = new ulong[2];
            return OperatingSystem.IsLinux() && GetLimit(OpenFiles, softAndHard) == 0
                ? (long)Math.Min(softAndHard[0], long.MaxValue)
                : long.MaxValue;
        }
    }

    /// <summary>The connections that are wanted, or as many as there are descriptors for.</summary>
    /// <param name="wanted">Connections that are wanted.</param>
    /// <param name="loops">Event loops that will be opened.</param>
    /// <param name="perConnection">Descriptors of one connection: 2 when each may have one to another server.</param>
    /// <exception cref="StartupException">There are none.</exception>
    public static int Connections(int wanted, int loops, int perConnection = 1)
    {
        long files = Files;
        if (files == long.MaxValue)
        {
            return wanted;
        }

        long left = files - Reserve - (PerLoop * loops) - Directory.GetFileSystemEntries("/proc/self/fd").Length;
        left /= perConnection;
        return left > 0
            ? (int)Math.Min(wanted, left)
            : throw new StartupException(
                $"the limit of open files, {files}, leaves none for connections: raise it (ulimit -n)"
                    + (loops > 1 ? " or lower --threads" : ""));
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, Span<ulong> softAndHard);
}
