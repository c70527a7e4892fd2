namespace SessionGateway.CompatTests.Harness;

/// <summary>How a finished program ended and what it printed.</summary>
/// <param name="ExitCode">Exit code; 128 + n after signal n.</param>
/// <param name="StdOut">Standard output, UTF-8.</param>
/// <param name="StdErr">Standard error, UTF-8.</param>
public sealed record ToolResult(int ExitCode, string StdOut, string StdErr)
{
    /// <summary>The result itself when the exit code is 0.</summary>
    /// <exception cref="InvalidOperationException">Another exit code; the message holds both outputs.</exception>
    public ToolResult Succeeded() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"exit code {ExitCode}\nstdout: {StdOut}\nstderr: {StdErr}");
}
