using System.Globalization;

namespace SessionGateway.Bench.Load.Native;

/// <summary>Which cores threads may run on, and how much of them is theirs.</summary>
internal static unsafe class Affinity
{
    private const string Autogroup = "/proc/self/autogroup";

    /// <summary>Pins the calling thread; processes it starts and threads it creates inherit the cores.</summary>
    public static void PinThisThread(IReadOnlyList<int> cores) => Pin(0, cores);

    /// <summary>Pins every thread of this process, those of the runtime too: none disturbs the server's core.</summary>
    public static void PinThisProcess(IReadOnlyList<int> cores)
    {
        foreach (int thread in Threads())
            Pin(thread, cores);
    }

    /// <summary>Gives every thread this nice value, which servers started later inherit; below 0 takes
    /// privileges.</summary>
    public static void SetNice(int nice)
    {
        // With autogroups a nice value counts only within one login; the login's own value is what others feel.
        if (File.Exists(Autogroup))
        {
            string before = File.ReadAllText(Autogroup).Split(' ')[^1].Trim();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllText(Autogroup, before);
            File.WriteAllText(Autogroup, nice.ToString(CultureInfo.InvariantCulture));
        }

        foreach (int thread in Threads())
            if (Libc.SetPriority(0, thread, nice) != 0)
                throw Libc.Failure($"--nice {nice}: setpriority");
    }

    private static IEnumerable<int> Threads() => Directory.GetDirectories("/proc/self/task")
        .Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture));

    private static void Pin(int thread, IReadOnlyList<int> cores)
    {
        const int Words = 16;
        ulong* mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        foreach (int core in cores)
        {
            if (core is < 0 or >= Words * 64)
                throw new LoadException($"core {core} does not exist");
            mask[core / 64] |= 1UL << (core % 64);
        }

        if (Libc.SetAffinity(thread, Words * sizeof(ulong), mask) == 0)
            return;
        // A runtime thread may end between listing and pinning.
        LoadException failure = Libc.Failure($"cannot pin to core {string.Join(',', cores)}: sched_setaffinity");
        if (thread == 0 || Directory.Exists($"/proc/self/task/{thread}"))
            throw failure;
    }
}
