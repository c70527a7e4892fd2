using SessionGateway.Bench.Load.Native;

namespace SessionGateway.Bench.Load.Machine;

/// <summary>CPU time a process has used.</summary>
internal static unsafe class CpuClock
{
    /// <summary>
    /// User and system time of all threads of a process, ended ones included, in nanoseconds: the scheduler's own sum,
    /// not the 10 ms ticks of <c>/proc/PID/stat</c>.
    /// </summary>
    public static long Nanoseconds(int process)
    {
        // clock_getcpuclockid(3): the process's CPU clock is ~pid in the upper bits, 2 = CPUCLOCK_SCHED below.
        int clock = (~process << 3) | 2;
        long* time = stackalloc long[2];
        return Libc.ClockGetTime(clock, time) == 0
            ? (time[0] * 1_000_000_000) + time[1]
            : throw Libc.Failure($"CPU clock of process {process}");
    }
}
