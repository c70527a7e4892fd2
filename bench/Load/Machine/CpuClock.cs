using SessionGateway.Bench.Load.Native;

namespace SessionGateway.Bench.Load.Machine;

/// <summary>CPU time a process has used.</summary>
internal static unsafe class CpuClock
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>
    /// User and system time of all threads of a process, ended ones included, in nanoseconds: the scheduler's own sum,
    /// not the 10 ms ticks of <c>/proc/PID/stat</c>.
    /// </summary>
    public static long Nanoseconds(int process)
    {
        // clock_getcpuclockid(3): the process's CPU clock is ~pid in the upper bits, 2 = CPUCLOCK_SCHED below.
        return Read((~process << 3) | 2);
    }

    /// <summary>The same of the calling thread: what is missing to the time on the wall it did not run.</summary>
    public static long OfThisThread() => Read(ThreadClock);

    private static long Read(int clock)
    {
        long* time = stackalloc long[2];
        return Libc.ClockGetTime(clock, time) == 0
            ? (time[0] * 1_000_000_000) + time[1]
            : throw Libc.Failure($"CPU clock {clock}");
    }
}
