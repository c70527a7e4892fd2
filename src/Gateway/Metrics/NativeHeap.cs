using System.Runtime.InteropServices;

namespace SessionGateway.Gateway.Metrics;

/// <summary>
/// Sets up the C library's heap, which holds what connections receive and send. By default glibc raises its limit for
/// blocks mapped on their own to 32 MiB once one of that size was freed, and then keeps up to 64 MiB of freed memory
/// per thread: a few large sessions would stay in the process's size for ever (mallopt(3), M_MMAP_THRESHOLD).
/// </summary>
internal static partial class NativeHeap
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    // The spare block of a loop and its reply buffer are 1 MiB and are not freed per request; above that a mapping is
    // cheap beside the copying.
    private const int MapBytes = 1 << 20;
    private const int TrimBytes = 4 << 20;

    /// <summary>Large blocks go back to the system when they are freed; others when 4 MiB of them lie free.</summary>
    public static void GiveBackLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MapThreshold, MapBytes);
            _ = SetOption(TrimThreshold, TrimBytes);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc (musl): it gives memory back by itself.
        }
    }

    /// <summary>Gives back what lies free between blocks that are in use (malloc_trim(3)).</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = TrimAll(0);
        }
        catch (EntryPointNotFoundException)
        {
            // As above.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimAll(nuint keep);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
