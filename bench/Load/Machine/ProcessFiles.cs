using System.Globalization;

namespace SessionGateway.Bench.Load.Machine;

/// <summary>What <c>/proc/PID</c> tells about a process.</summary>
internal static class ProcessFiles
{
    /// <summary>Resident bytes: all of it, and the anonymous part (without files mapped from disk).</summary>
    public static (long Total, long Anonymous) ResidentBytes(int process) =>
        (Kilobytes(process, "VmRSS") * 1024, Kilobytes(process, "RssAnon") * 1024);

    /// <summary>Largest resident bytes so far.</summary>
    public static long PeakResidentBytes(int process) => Kilobytes(process, "VmHWM") * 1024;

    /// <summary>The thread that has used most CPU time.</summary>
    public static int BusiestThread(int process) => Directory.GetDirectories($"/proc/{process}/task")
        .Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture))
        .MaxBy(thread => SchedulerTimes(process, thread).Ran);

    /// <summary>Nanoseconds that a thread ran, and that it was ready to run and had no core.</summary>
    public static (long Ran, long Waited) SchedulerTimes(int process, int thread)
    {
        string[] fields = File.ReadAllText($"/proc/{process}/task/{thread}/schedstat").Split(' ');
        return (long.Parse(fields[0], CultureInfo.InvariantCulture),
            long.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    public static string AllowedCores(int process) => Field(process, "Cpus_allowed_list");

    /// <summary>CPU time in ticks of 10 ms, split by where it was spent; for the share of user time only.</summary>
    public static (long User, long System) Ticks(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        // The second field is the program name in parentheses and may contain blanks.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Ticks(11), Ticks(12));

        long Ticks(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
    }

    private static long Kilobytes(int process, string name) =>
        long.Parse(Field(process, name).Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Field(int process, string name)
    {
        foreach (string line in File.ReadLines($"/proc/{process}/status"))
            if (line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] == ':')
                return line[(name.Length + 1)..].Trim();
        throw new LoadException($"/proc/{process}/status has no {name}");
    }
}
