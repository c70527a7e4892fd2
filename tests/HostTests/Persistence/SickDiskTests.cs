using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;

namespace SessionGateway.HostTests.Persistence;

/// <summary>The kernel refuses writes beyond a file length (ulimit -f), as a full disk refuses them: a segment fails,
/// and one that begins with a state succeeds.</summary>
public sealed class SickDiskTests : IDisposable
{
    private const int LimitKilobytes = 200;

    private readonly TempDirectory _directory = new();
    private readonly int _port = Ports.Next();
    private readonly int _memcached = Ports.Next();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_disk_that_refuses_does_not_touch_the_service_and_the_log_is_whole_again_by_itself()
    {
        using (ServerProcess gateway = Start("everysec"))
        {
            using var client = RawConnection.Connect(_port);
            for (int i = 0; i < 2 * LimitKilobytes; i++)
            {
                Set(client, i % 20, i);
            }

            Wait.Until(() => Info(client, "persistence_failures") != "0", () => gateway.Output);
            Wait.Until(() => gateway.Output.Contains("persistence is degraded: "), () => gateway.Output);
            Set(client, 0, 12_345);
            Wait.Until(
                () => Info(client, "persistence") == "ok" && Info(client, "aof_rewrites") != "0",
                () => gateway.Output);
            Assert.Equal(0, gateway.Terminate(TimeSpan.FromSeconds(60)));
        }

        using ServerProcess again = GatewayProgram.Start(Args("everysec"));
        using var reader = RawConnection.Connect(_port);
        reader.Send("GET key-0\r\n");
        Assert.Equal("$1000\r\n", reader.ReadThrough("\r\n"));
        Assert.Equal(Value(12_345) + "\r\n", reader.ReadThrough("\r\n"));
    }

    [Fact]
    public void With_batch_nothing_is_answered_that_did_not_reach_the_disk()
    {
        int answered = 0;
        using (ServerProcess gateway = Start("batch"))
        {
            using var client = RawConnection.Connect(_port);
            try
            {
                for (; answered < 2 * LimitKilobytes; answered++)
                {
                    Set(client, answered, answered);
                }
            }
            catch (Exception e) when (e is EndOfStreamException or System.Net.Sockets.SocketException)
            {
                // Closed instead of an answer that is not true.
            }

            Assert.InRange(answered, 1, LimitKilobytes);
            gateway.Kill();
        }

        using ServerProcess again = GatewayProgram.Start(Args("batch"));
        using var reader = RawConnection.Connect(_port);
        for (int i = 0; i < answered; i++)
        {
            reader.Send($"GET key-{i}\r\n");
            Assert.Equal("$1000\r\n", reader.ReadThrough("\r\n"));
            Assert.Equal(Value(i) + "\r\n", reader.ReadThrough("\r\n"));
        }
    }

    [Theory]
    [InlineData("everysec")]
    [InlineData("batch")]
    public void A_start_on_a_full_disk_serves_what_the_log_has_and_is_whole_again_when_there_is_room(string fsync)
    {
        using (ServerProcess gateway = GatewayProgram.Start(Args(fsync)))
        {
            using var client = RawConnection.Connect(_port);
            for (int i = 0; i < 20; i++)
            {
                Set(client, i, i);
            }

            Assert.Equal(0, gateway.Terminate(TimeSpan.FromSeconds(60)));
        }

        string segment = Path.Combine(_directory.File("data"), "0000000001.log");
        byte[] log = File.ReadAllBytes(segment);
        using (ServerProcess gateway = Start(fsync, limit: "-S -f 0"))
        {
            Assert.False(gateway.HasExited, gateway.Output);
            using var client = RawConnection.Connect(_port);
            Assert.Equal("degraded", Info(client, "persistence"));
            CheckItem(client, 5, 5);
            Assert.Equal(fsync != "batch", IsAnswered("SET other value\r\n"));

            // The beginning of a state, and not its end, again and again.
            Allow(gateway, "8192");
            Wait.Until(
                () => int.Parse(Info(client, "persistence_failures"), CultureInfo.InvariantCulture) > 2,
                () => gateway.Output);
            Assert.Equal(log, File.ReadAllBytes(segment));
            Allow(gateway, "unlimited");
            Wait.Until(() => gateway.Output.Contains("persistence is ok again: "), () => gateway.Output);
            Assert.Equal(2, gateway.Output.Split("persistence is degraded: ").Length);
            Set(client, 0, 12_345);
            Assert.Equal(0, gateway.Terminate(TimeSpan.FromSeconds(60)));
        }

        using ServerProcess again = GatewayProgram.Start(Args(fsync));
        using var reader = RawConnection.Connect(_port);
        CheckItem(reader, 0, 12_345);
        CheckItem(reader, 19, 19);
    }

    private static void Allow(ServerProcess gateway, string bytes) => Assert.Equal(
        0, Tool.Run("prlimit", ["--pid", $"{gateway.Id}", $"--fsize={bytes}:"]).ExitCode);

    private static void CheckItem(RawConnection client, int key, int value)
    {
        client.Send($"GET key-{key}\r\n");
        Assert.Equal("$1000\r\n", client.ReadThrough("\r\n"));
        Assert.Equal(Value(value) + "\r\n", client.ReadThrough("\r\n"));
    }

    private bool IsAnswered(string write)
    {
        using var client = RawConnection.Connect(_port);
        client.Send(write);
        try
        {
            return client.ReadThrough("\r\n") == "+OK\r\n";
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    [Fact]
    public void With_batch_writes_are_refused_before_they_do_anything_until_the_disk_is_back()
    {
        using (ServerProcess gateway = GatewayProgram.Start(ArgsOfBoth()))
        {
            using var client = RawConnection.Connect(_port);
            Set(client, 1, 1);
            using var queued = RawConnection.Connect(_port);
            queued.Send("MULTI\r\nSET key-4 v\r\n");
            Assert.Equal("+OK\r\n+QUEUED\r\n", queued.ReadThrough("+QUEUED\r\n"));
            MoveAway();
            using (var first = RawConnection.Connect(_port))
            {
                // What this one does is not known to it.
                first.Send($"SET key-2 {Value(2)}\r\n");
                Assert.Empty(first.ReadToEnd());
            }

            AssertRefused(client);
            queued.Send("EXEC\r\n");
            Assert.StartsWith("-EXECABORT Transaction discarded because of: MISCONF ", queued.ReadThrough("\r\n"));
            client.Send("GET key-1\r\n");
            Assert.Equal($"$1000\r\n{Value(1)}\r\n", client.ReadThrough($"{Value(1)}\r\n"));
            client.Send("EXISTS key-3 key-4 key-5 key-6\r\n");
            Assert.Equal(":0\r\n", client.ReadThrough("\r\n"));
            Assert.Equal("degraded", Info(client, "persistence"));
            Assert.InRange(int.Parse(Info(client, "log_queued_bytes"), CultureInfo.InvariantCulture), 0, 10_000);
            Directory.Move(_directory.File("away"), _directory.File("data"));
            Wait.Until(() => Info(client, "persistence") == "ok", () => gateway.Output);
            Set(client, 3, 3);
            gateway.Kill();
        }

        using ServerProcess again = GatewayProgram.Start(ArgsOfBoth());
        using var reader = RawConnection.Connect(_port);
        reader.Send("EXISTS key-1 key-3\r\n");
        Assert.Equal(":2\r\n", reader.ReadThrough("\r\n"));
    }

    [Fact]
    public void A_directory_that_is_taken_away_is_noticed_and_the_log_is_whole_when_it_is_back()
    {
        using (ServerProcess gateway = GatewayProgram.Start(Args("everysec")))
        {
            using var client = RawConnection.Connect(_port);
            Set(client, 1, 1);
            MoveAway();
            Set(client, 2, 2);
            Wait.Until(() => Info(client, "persistence") == "degraded", () => gateway.Output);
            Set(client, 3, 3);
            Directory.Move(_directory.File("away"), _directory.File("data"));
            Wait.Until(() => Info(client, "persistence") == "ok", () => gateway.Output);
            Assert.Equal(0, gateway.Terminate(Wait.Patience));
        }

        using ServerProcess again = GatewayProgram.Start(Args("everysec"));
        using var reader = RawConnection.Connect(_port);
        reader.Send("EXISTS key-1 key-2 key-3\r\n");
        Assert.Equal(":3\r\n", reader.ReadThrough("\r\n"));
    }

    private void MoveAway() => Directory.Move(_directory.File("data"), _directory.File("away"));

    // Over all three protocols, in groups and in scripts.
    private void AssertRefused(RawConnection client)
    {
        const string refused =
            "-MISCONF Errors writing to the log: nothing is written until the disk takes it again\r\n";
        client.Send("SET key-3 v\r\n");
        Assert.Equal(refused, client.ReadThrough("\r\n"));
        client.Send("MULTI\r\nSET key-4 v\r\nEXEC\r\n");
        Assert.Equal("+OK\r\n" + refused, client.ReadThrough("\r\n") + client.ReadThrough("\r\n"));
        Assert.StartsWith("-EXECABORT", client.ReadThrough("\r\n"), StringComparison.Ordinal);
        client.Send(
            "*4\r\n$4\r\nEVAL\r\n$36\r\nreturn redis.call('SET',KEYS[1],'v')\r\n$1\r\n1\r\n$5\r\nkey-5\r\n");
        Assert.Contains("MISCONF", client.ReadThrough("\r\n"), StringComparison.Ordinal);
        using var text = RawConnection.Connect(_memcached);
        const string error = "SERVER_ERROR nothing is written until the disk takes it again\r\n";
        Assert.Equal(error, text.Ask("set key-6 0 0 1\r\nv\r\n", error));
        Assert.Equal(error + error, text.Ask(
            "delete key-1 noreply\r\ndelete key-1\r\nset key-6 0 0 1 noreply\r\nv\r\ntouch key-1 1\r\n",
            error + error));
        using var binary = RawConnection.Connect(_memcached);
        byte[] request = new byte[24 + 8 + 5];
        (request[0], request[1], request[3], request[4], request[11]) = (0x80, 0x01, 5, 8, 13);
        "key-6"u8.CopyTo(request.AsSpan(32));
        binary.Send(request);
        byte[] reply = binary.ReadExactly(24);
        Assert.Equal((0x81, 0x86), (reply[0], reply[7]));
    }

    private static void Set(RawConnection client, int key, int value)
    {
        client.Send($"SET key-{key} {Value(value)}\r\n");
        Assert.Equal("+OK\r\n", client.ReadThrough("\r\n"));
    }

    private static string Value(int number) => number.ToString("d1000", CultureInfo.InvariantCulture);

    private static string Info(RawConnection client, string name)
    {
        client.Send("INFO persistence\r\n");
        int length = int.Parse(client.ReadThrough("\r\n")[1..].TrimEnd(), CultureInfo.InvariantCulture);
        return Encoding.Latin1.GetString(client.ReadExactly(length + 2)).Split("\r\n")
            .Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];
    }

    private ServerProcess Start(string fsync, string? limit = null)
    {
        // The runtime maps its code twice through a long file, which the limit would refuse.
        string command = $"ulimit {limit ?? $"-f {LimitKilobytes}"}; exec \"$@\"";
        var server = ServerProcess.Start(
            "bash", ["-c", command, "bash", GatewayProgram.Dotnet, Repository.GatewayDll, .. Args(fsync)],
            env: new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" });
        Wait.Until(() => server.Output.Contains("\nready\n") || server.HasExited, () => server.Output);
        return server;
    }

    private string[] ArgsOfBoth() => [.. Args("batch"), "--listen", $"127.0.0.1:{_memcached}/auto"];

    private string[] Args(string fsync) =>
    [
        "--listen", $"127.0.0.1:{_port}/resp", "--persist", "log", "--data-dir", _directory.File("data"), "--fsync",
        fsync, "--memory", "64m",
    ];
}
