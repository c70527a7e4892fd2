using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;

namespace SessionGateway.HostTests.Persistence;

public sealed class RestartTests : IDisposable
{
    private static readonly TimeSpan EndWait = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _directory = new();
    private readonly int _port = Ports.Next();

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Items_of_every_type_are_there_after_a_restart_and_expired_ones_are_not()
    {
        using (ServerProcess gateway = GatewayProgram.Start(Args()))
        {
            using var client = RawConnection.Connect(_port);
            Ask(client, "SET s v PX 100000000", "+OK");
            Ask(client, "SET gone v PX 1", "+OK");
            Ask(client, "HSET h f 1 g 2", ":2");
            Ask(client, "RPUSH l a b c", ":3");
            Ask(client, "ZADD z 1.5 m", ":1");
            Ask(client, "SADD m x y", ":2");
            for (int i = 0; i < 400; i++)
            {
                Ask(client, $"HSET big field-{i} {new string('v', 100)}", ":1");
            }

            Assert.Equal(0, gateway.Terminate(EndWait));
        }

        using (ServerProcess gateway = GatewayProgram.Start(Args()))
        {
            Assert.DoesNotContain("torn", gateway.Output);
            using var client = RawConnection.Connect(_port);
            CheckItems(client);
            Ask(client, "BGREWRITEAOF", "+Background append only file rewriting started");
            Wait.Until(() => Info(client).Contains("aof_rewrites:1\r\n"), () => "a state");
            // Behind the state's segment only the one that is written now.
            Assert.Contains("log_segments:2\r\n", Info(client));
            Ask(client, "HSET big field-1 w", ":0");
            Wait.Until(() => IsWritten(Info(client)), () => "the log");
            gateway.Kill();
        }

        using (ServerProcess gateway = GatewayProgram.Start(Args()))
        {
            using var client = RawConnection.Connect(_port);
            Ask(client, "HGET big field-1", "$1");
            Ask(client, "", "w");
            Ask(client, "HSET big field-1 " + new string('v', 100), ":0");
            CheckItems(client);
            Assert.Equal(0, gateway.Terminate(EndWait));
        }
    }

    [Theory]
    [InlineData("everysec", "everysec")]
    [InlineData("batch", "always")]
    [InlineData("no", "no")]
    public void CONFIG_and_INFO_tell_of_the_log(string fsync, string told)
    {
        using ServerProcess gateway = GatewayProgram.Start(Args("--fsync", fsync));
        using var client = RawConnection.Connect(_port);
        Ask(client, "CONFIG GET appendfsync", "*2", "$11", "appendfsync", $"${told.Length}", told);
        Ask(client, "CONFIG GET appendonly", "*2", "$10", "appendonly", "$3", "yes");
        Ask(client, "CONFIG GET dir", "*2", "$3", "dir", $"${Data.Length}", Data);
        Ask(client, "CONFIG SET appendonly yes", "+OK");
        string info = Info(client);
        Assert.Contains("rdb_changes_since_last_save:0\r\n", info);
        string docs = Path.Combine(Repository.Root, "docs");
        string documented = File.ReadAllText(Path.Combine(docs, "protocols", "info.md"))
            + File.ReadAllText(Path.Combine(docs, "operations.md"));
        string[] own = [.. info.Split("\r\n").Select(line => line.Split(':')[0])
            .Where(name => name.StartsWith("log_", StringComparison.Ordinal)
                || name.StartsWith("persistence", StringComparison.Ordinal))];
        Assert.Contains("log_slowest_sync_usec", own);
        Assert.Equal([], own.Where(name => !documented.Contains($"`{name}`")));
    }

    [Fact]
    public void A_signal_that_is_ignored_does_not_say_that_sessions_end_which_the_log_keeps()
    {
        using ServerProcess gateway = GatewayProgram.Start(Args());
        Tool.Run("bash", ["-c", $"kill -HUP {gateway.Id}"]);
        Wait.Until(
            () => gateway.Output.Contains("SIGTERM drains and stops, sessions are kept in the log"),
            () => gateway.Output);
    }

    [Fact]
    public void The_log_is_written_anew_when_the_last_time_is_long_ago()
    {
        using ServerProcess gateway = GatewayProgram.Start(Args("--log-rewrite-after", "1s"));
        using var client = RawConnection.Connect(_port);
        Ask(client, "SET k v", "+OK");
        Wait.Until(() => !Info(client).Contains("aof_rewrites:0\r\n"), () => Info(client));
    }

    [Fact]
    public void SAVE_and_WAITAOF_are_answered_when_it_is_on_the_disk()
    {
        using (ServerProcess gateway = GatewayProgram.Start(Args("--fsync", "no")))
        {
            using var client = RawConnection.Connect(_port);
            Ask(client, "SET a 1", "+OK");
            Ask(client, "SAVE", "+OK");
            Assert.Contains("rdb_saves:1\r\n", Info(client));
            Ask(client, "SET b 2", "+OK");
            Ask(client, "WAITAOF 1 0 0", "*2", ":1", ":0");
            gateway.Kill();
        }

        using ServerProcess again = GatewayProgram.Start(Args());
        using var reader = RawConnection.Connect(_port);
        Ask(reader, "EXISTS a b", ":2");
    }

    [Fact]
    public void A_second_process_on_the_same_directory_is_refused()
    {
        using ServerProcess gateway = GatewayProgram.Start(Args());
        ToolResult second = GatewayProgram.Run(
            "--listen", $"127.0.0.1:{Ports.Next()}", "--persist", "log", "--data-dir", Data);
        Assert.Equal(1, second.ExitCode);
        Assert.Equal($"gateway: --data-dir {Data} is in use by another process\n", second.StdErr);
    }

    [Fact]
    public void A_log_that_was_damaged_is_refused_and_a_repair_goes_on_without_it()
    {
        using (ServerProcess gateway = GatewayProgram.Start(Args("--fsync", "batch")))
        {
            using var client = RawConnection.Connect(_port);
            Ask(client, "SET first 1", "+OK");
            Ask(client, "SET second value-of-the-second", "+OK");
            Ask(client, "SET third 3", "+OK");
            Assert.Equal(0, gateway.Terminate(EndWait));
        }

        string segment = Path.Combine(Data, "0000000001.log");
        byte[] bytes = File.ReadAllBytes(segment);
        int place = bytes.AsSpan().IndexOf("value-of-the-second"u8);
        bytes[place] ^= 1;
        File.WriteAllBytes(segment, bytes);
        ToolResult refused = GatewayProgram.Run(Args());
        Assert.Equal(1, refused.ExitCode);
        Assert.Matches(
            @"^gateway: 0000000001\.log is damaged at byte \d+: .*\. To go on without it: gateway repair .*\n$",
            refused.StdErr);
        ToolResult repaired = GatewayProgram.Run("repair", Data);
        Assert.Equal(0, repaired.ExitCode);
        Assert.Matches(
            @"^1 changes of items kept, 0000000001\.log: \d+ bytes cut, 1 whole records among them, 0 segments set "
                + @"aside\n$",
            repaired.StdOut);
        using ServerProcess again = GatewayProgram.Start(Args());
        using var reader = RawConnection.Connect(_port);
        Ask(reader, "GET first", "$1");
        Ask(reader, "", "1");
        Ask(reader, "EXISTS second third", ":0");
    }

    [Fact]
    public void A_repair_of_a_directory_that_is_not_there_or_has_no_log_is_one_line_and_makes_nothing()
    {
        ToolResult absent = GatewayProgram.Run("repair", Data);
        Assert.Equal(1, absent.ExitCode);
        Assert.Equal($"gateway repair: {Data}: there is no such directory\n", absent.StdErr);
        Assert.False(Directory.Exists(Data), "it was made");
        Directory.CreateDirectory(Data);
        ToolResult empty = GatewayProgram.Run("repair", Data);
        Assert.Equal(1, empty.ExitCode);
        Assert.Equal($"gateway repair: {Data} holds no log: no 0000000001.log or later one\n", empty.StdErr);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Data));
    }

    [Fact]
    public void A_log_without_a_directory_and_a_directory_that_cannot_be_are_one_line()
    {
        ToolResult none = GatewayProgram.Run("--persist", "log");
        Assert.Equal(1, none.ExitCode);
        Assert.Equal("gateway: --persist log needs a directory: --data-dir PATH\n", none.StdErr);
        File.WriteAllText(_directory.File("file"), "x");
        ToolResult file = GatewayProgram.Run(
            "--listen", $"127.0.0.1:{_port}", "--persist", "log", "--data-dir", _directory.File("file"));
        Assert.Equal(1, file.ExitCode);
        Assert.Matches("^gateway: --data-dir .*/file cannot be used: .*\n$", file.StdErr);
    }

    private static void CheckItems(RawConnection client)
    {
        Ask(client, "EXISTS s gone h l z m big", ":6");
        Ask(client, "HMGET h f g", "*2");
        Ask(client, "", "$1", "1", "$1", "2");
        Ask(client, "LRANGE l 0 -1", "*3");
        Ask(client, "", "$1", "a", "$1", "b", "$1", "c");
        Ask(client, "ZSCORE z m", "$3");
        Ask(client, "", "1.5");
        Ask(client, "SMISMEMBER m x y q", "*3");
        Ask(client, "", ":1", ":1", ":0");
        Ask(client, "HLEN big", ":400");
        for (int i = 0; i < 400; i++)
        {
            Ask(client, $"HGET big field-{i}", "$100");
            Ask(client, "", new string('v', 100));
        }
    }

    private static void Ask(RawConnection client, string command, params string[] lines)
    {
        if (command.Length > 0)
        {
            client.Send(command + "\r\n");
        }

        foreach (string line in lines)
        {
            Assert.Equal(line + "\r\n", client.ReadThrough("\r\n"));
        }
    }

    private static bool IsWritten(string info)
    {
        string[] positions = [.. info.Split("\r\n").Where(l => l.StartsWith("log_", StringComparison.Ordinal)
            && l.Contains("position:")).Select(l => l.Split(':')[1])];
        return positions[0] == positions[1];
    }

    private static string Info(RawConnection client)
    {
        client.Send("INFO persistence\r\n");
        int length = int.Parse(
            client.ReadThrough("\r\n")[1..].TrimEnd(), System.Globalization.CultureInfo.InvariantCulture);
        return System.Text.Encoding.Latin1.GetString(client.ReadExactly(length + 2));
    }

    private string[] Args(params string[] more) =>
        ["--listen", $"127.0.0.1:{_port}/resp", "--persist", "log", "--data-dir", Data, .. more];
}
