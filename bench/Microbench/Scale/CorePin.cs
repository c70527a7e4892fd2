using System.Runtime.InteropServices;

namespace SessionGateway.Bench.Microbench.Scale;

/// <summary>Ties the calling thread to a core.</summary>
internal static class CorePin
{
    /// <exception cref="InvalidOperationException">There is no such core, or the process may not use it.</exception>
    public static void ThisThread(int core)
    {
        ulong mask = 1UL << core;
        if (SetAffinity(0, sizeof(ulong), in mask) != 0)
        {
            throw new InvalidOperationException($"Core {core} cannot be had.");
        }
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    private static extern int SetAffinity(int thread, nuint maskBytes, in ulong mask);
}
