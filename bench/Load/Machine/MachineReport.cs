using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Machine;

/// <summary>Where and from what a table of numbers comes; without it the numbers mean nothing.</summary>
internal sealed record MachineReport(
    string Date,
    string Machine,
    string Cpu,
    int Cores,
    long MemoryMegabytes,
    string Kernel,
    string Runtime,
    string Commit,
    string CommandLine,
    string LoadAverageBefore,
    IReadOnlyList<string> RuntimeSettings,
    IReadOnlyDictionary<string, string> Servers)
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(5);

    public static MachineReport Capture(IReadOnlyList<string> arguments, IEnumerable<ServerSpec> servers) => new(
        DateTimeOffset.Now.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        Environment.MachineName,
        FieldOf("/proc/cpuinfo", "model name"),
        // Not Environment.ProcessorCount: this process is pinned.
        File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)),
        long.Parse(FieldOf("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1024,
        $"{File.ReadAllText("/proc/sys/kernel/osrelease").Trim()} {RuntimeInformation.ProcessArchitecture}, "
            + RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        CheckedOutCommit(),
        "load " + string.Join(' ', arguments.Select(Quoted)),
        File.ReadAllText("/proc/loadavg").Trim(),
        [.. RuntimeEnvironmentSettings()],
        servers.ToDictionary(server => server.Name, server => $"{server.Version()} — `{server.CommandLine()}`"));

    /// <summary>
    /// First line of a tool's standard output; null when there is no such tool, it fails, or it is not done in time (a
    /// server that knows no such option may simply start to serve).
    /// </summary>
    public static string? FirstLineOf(string file, IEnumerable<string> arguments, string? directory = null)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory ?? "",
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (output.Wait(ToolLimit) && process.WaitForExit(ToolLimit))
                return process.ExitCode == 0 ? output.Result.Split('\n')[0].Trim() : null;
            process.Kill();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string CheckedOutCommit()
    {
        string? root = Repository.FindRoot();
        if (root is null)
            return "unknown (not in a repository)";
        string? commit = FirstLineOf("git", ["rev-parse", "--short=12", "HEAD"], root);
        if (commit is null)
            return "none";
        return FirstLineOf("git", ["status", "--porcelain"], root) is "" ? commit : commit + " + uncommitted changes";
    }

    private static IEnumerable<string> RuntimeEnvironmentSettings()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (variable.Key is string name && name.StartsWith("DOTNET_", StringComparison.Ordinal))
                yield return $"{name}={variable.Value}";
    }

    private static string FieldOf(string file, string name)
    {
        foreach (string line in File.ReadLines(file))
            if (line.StartsWith(name, StringComparison.Ordinal))
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return "unknown";
    }

    private static string Quoted(string argument) =>
        argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument;
}
