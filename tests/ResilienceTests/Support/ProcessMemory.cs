using System.Globalization;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>The memory of another process, as /proc/PID/status counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident now, KiB.</summary>
    public static long ResidentKiB(int pid) => Read(pid, "VmRSS:");

    /// <summary>Most that was ever resident, KiB.</summary>
    public static long PeakKiB(int pid) => Read(pid, "VmHWM:");

    private static long Read(int pid, string name)
    {
        // VmRSS:     49152 kB
        string line = File.ReadLines($"/proc/{pid}/status")
            .FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"process {pid} has no {name}: it has ended");
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
