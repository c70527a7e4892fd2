using System.ComponentModel;
using System.Diagnostics;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Runs programs that end by themselves.</summary>
public static class Tool
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">Program, looked up in PATH when it has no slash.</param>
    /// <param name="args">Arguments, passed without a shell.</param>
    /// <param name="stdin">Text for standard input; null closes it at once.</param>
    /// <param name="timeout">5 minutes by default; the program and its children are killed after it.</param>
    /// <param name="env">Environment variables to add or replace.</param>
    /// <param name="workingDirectory">Directory to run in.</param>
    /// <exception cref="InvalidOperationException">The program is not installed.</exception>
    /// <exception cref="TimeoutException">It ran too long; the message holds what it printed.</exception>
    public static ToolResult Run(string file, IEnumerable<string> args, string? stdin = null, TimeSpan? timeout = null,
        IReadOnlyDictionary<string, string>? env = null, string? workingDirectory = null)
    {
        using var process = new Process { StartInfo = StartInfo(file, args, env, workingDirectory) };
        string commandLine = $"{file} {string.Join(' ', process.StartInfo.ArgumentList)}";
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"cannot start '{commandLine}' (is it installed?): {error.Message}");
        }
        Task<string> stdOut = process.StandardOutput.ReadToEndAsync();
        Task<string> stdErr = process.StandardError.ReadToEndAsync();
        WriteInput(process, stdin);
        TimeSpan limit = timeout ?? DefaultTimeout;
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"'{commandLine}' ran longer than {limit.TotalSeconds:0.#} s\n{stdOut.Result}\n{stdErr.Result}");
        }
        return new ToolResult(process.ExitCode, stdOut.Result, stdErr.Result);
    }

    internal static ProcessStartInfo StartInfo(string file, IEnumerable<string> args,
        IReadOnlyDictionary<string, string>? env, string? workingDirectory)
    {
        var info = new ProcessStartInfo(file, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach ((string name, string value) in env ?? new Dictionary<string, string>())
            info.Environment[name] = value;
        return info;
    }

    private static void WriteInput(Process process, string? stdin)
    {
        try
        {
            if (stdin is not null)
                process.StandardInput.Write(stdin);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input; its exit code tells the story.
        }
    }
}
