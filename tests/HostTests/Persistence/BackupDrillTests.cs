using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;

namespace SessionGateway.HostTests.Persistence;

/// <summary>The drill of docs/operations.md, line by line as it is printed there; only places are others.</summary>
public sealed class BackupDrillTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_backup_of_a_running_gateway_is_read_as_the_manual_says()
    {
        int port = Ports.Next(), other = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(
        [
            "--listen", $"127.0.0.1:{port}/resp", "--persist", "log", "--fsync", "batch", "--data-dir",
            _directory.File("data"),
        ]);
        using var client = RawConnection.Connect(port);
        for (int i = 0; i < 17; i++)
        {
            client.Send($"SET key-{i} value EX 1000\r\n");
            Assert.Equal("+OK\r\n", client.ReadThrough("\r\n"));
        }

        string drill = string.Join('\n', Lines())
            .Replace("/var/lib/session-gateway", _directory.File("data"))
            .Replace("/backup/today", _directory.File("today"))
            .Replace("6380", $"{other}").Replace("6379", $"{port}");
        string program = $"gateway() {{ exec '{GatewayProgram.Dotnet}' '{Repository.GatewayDll}' \"$@\"; }}\n";
        ToolResult result = Tool.Run("bash", ["-euc", program + drill], workingDirectory: _directory.Path);
        Assert.True(result.ExitCode == 0, result.StdErr);
        // What each of the two has.
        Assert.Equal(2, result.StdOut.Split('\n').Count(line => line == "17"));
    }

    private static string[] Lines()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md"));
        int heading = Array.IndexOf(lines, "### Backup and restore");
        string[] drill = [.. lines.Skip(heading).SkipWhile(line => !line.StartsWith("    ", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line[4..])];
        Assert.Contains(drill, line => line.StartsWith("cp ", StringComparison.Ordinal));
        return drill;
    }
}
