using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Support;

/// <summary>
/// Reads the report of a client program: one line "ok NAME" or "FAIL NAME: why" a check, then "N passed, M failed".
/// </summary>
public static partial class ClientProgram
{
    /// <summary>Fails with all that went wrong unless every check of the program passed.</summary>
    /// <param name="result">The finished program.</param>
    /// <param name="checks">How many checks the program has: one that is lost on the way is a failure too.</param>
    public static void AssertAllPassed(ToolResult result, int checks)
    {
        string[] lines = result.StdOut.Split('\n');
        string[] failures = [.. lines.Where(line => line.StartsWith("FAIL ", StringComparison.Ordinal))];
        string report = $"{string.Join('\n', failures)}\nexit code {result.ExitCode}\n{result.StdErr}";
        Match end = ClosingLine().Match(result.StdOut);
        Assert.True(end.Success, $"the program ended early\n{result.StdOut}\n{report}");
        Assert.True(failures.Length == 0 && result.ExitCode == 0, report);
        Assert.Equal($"{checks} passed, 0 failed", end.Value);
    }

    [GeneratedRegex(@"^\d+ passed, \d+ failed", RegexOptions.Multiline)]
    private static partial Regex ClosingLine();
}
