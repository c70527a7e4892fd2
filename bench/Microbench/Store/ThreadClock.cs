using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SessionGateway.Bench.Microbench.Store;

/// <summary>
/// CPU time of the calling thread in nanoseconds: other load on the machine does not count. Elsewhere than on Linux the
/// time on the wall.
/// </summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static double Nanoseconds()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency);
        }

        return GetTime(ThreadCpuTime, out Time time) == 0
            ? (time.Seconds * 1e9) + time.Nanoseconds
            : throw new InvalidOperationException("clock_gettime has no CPU time of threads.");
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
