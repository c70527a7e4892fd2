using System.Runtime.InteropServices;

namespace SessionGateway.Gateway.Pair;

/// <summary>
/// The clocks of a node in milliseconds: one that never runs fast, one that counts while the machine sleeps, and the
/// wall clock.
/// </summary>
internal sealed partial class PairClocks(TimeProvider time)
{
    // CLOCK_BOOTTIME of Linux.
    private const int BootTime = 7;

    private long _monotonic = Monotonic(time);
    private long _boot = Boot(time);
    private long _wall = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What has passed since it was asked for last.</summary>
    public (long Monotonic, long Boot, long Wall) TakeElapsed()
    {
        (long monotonic, long boot, long wall) = (_monotonic, _boot, _wall);
        _monotonic = Monotonic(time);
        _boot = Boot(time);
        _wall = time.GetUtcNow().ToUnixTimeMilliseconds();
        return (_monotonic - monotonic, _boot - boot, Math.Max(0, _wall - wall));
    }

    private static long Monotonic(TimeProvider time) =>
        (long)(time.GetTimestamp() * 1000.0 / time.TimestampFrequency);

    private static long Boot(TimeProvider time) =>
        OperatingSystem.IsLinux() && time == TimeProvider.System && ClockGetTime(BootTime, out TimeSpec now) == 0
            ? (now.Seconds * 1000) + (now.Nanoseconds / 1_000_000) : Monotonic(time);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec now);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
