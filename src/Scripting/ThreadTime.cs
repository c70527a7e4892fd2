using System.Runtime.InteropServices;

namespace SessionGateway.Scripting;

/// <summary>
/// Processor time of the thread that asks, in nanoseconds: what a thread does not run, because others do, is no time.
/// A look costs a call of the system (clock_gettime(2), CLOCK_THREAD_CPUTIME_ID).
/// </summary>
public sealed partial class ThreadTime : TimeProvider
{
    private const int ThreadProcessorTime = 3;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private ThreadTime()
    {
    }

    /// <summary>The only one.</summary>
    public static ThreadTime Instance { get; } = new();

    /// <inheritdoc/>
    public override long TimestampFrequency => NanosecondsPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        GetTime(ThreadProcessorTime, out TimeSpec time);
        return ((long)time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    // struct timespec of 64-bit Linux.
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
