using System.Runtime.InteropServices;

namespace SessionGateway.Bench.Microbench;

/// <summary>Where and on how busy a machine figures were measured.</summary>
internal static class MachineState
{
    public static void Print(string when)
    {
        string load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown";
        Console.WriteLine($"{when}: {DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz}, load average {load}, "
            + $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine();
    }
}
