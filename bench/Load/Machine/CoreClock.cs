using System.Globalization;

namespace SessionGateway.Bench.Load.Machine;

/// <summary>How busy cores have been with anything at all, from <c>/proc/stat</c> (ticks of 10 ms).</summary>
internal static class CoreClock
{
    /// <summary>Nanoseconds of user, nice, system, interrupt and stolen time, summed over the cores.</summary>
    public static long BusyNanoseconds(IReadOnlyList<int> cores)
    {
        long ticks = 0;
        foreach (string line in File.ReadLines("/proc/stat"))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!cores.Any(core => fields[0] == $"cpu{core}"))
                continue;
            // cpuN user nice system idle iowait irq softirq steal
            foreach (int field in (ReadOnlySpan<int>)[1, 2, 3, 6, 7, 8])
                ticks += long.Parse(fields[field], CultureInfo.InvariantCulture);
        }

        return ticks * 10_000_000;
    }
}
