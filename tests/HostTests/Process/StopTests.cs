using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

public sealed class StopTests
{
    public static TheoryData<string> Transports => ["epoll", "socket"];

    [Theory]
    [MemberData(nameof(Transports))]
    public void Requests_received_before_SIGTERM_are_answered_and_the_exit_code_is_0(string transport)
    {
        const int count = 20_000;
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}", "--transport", transport]);
        using var client = RawConnection.Connect(port);
        var requests = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            requests.Append("set k 0 0 1\r\nx\r\n");
        }

        client.Send(requests.ToString());
        // What still waits on the client's side has not been received.
        client.WaitUntilDelivered(Wait.Patience);
        int exitCode = gateway.Terminate(Wait.Patience);
        string answers = Encoding.Latin1.GetString(client.ReadToEnd());
        Assert.Equal(0, exitCode);
        Assert.Equal(count * "STORED\r\n".Length, answers.Length);
        Assert.Equal(answers, string.Concat(Enumerable.Repeat("STORED\r\n", count)));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void Idle_connections_are_closed_at_once_by_SIGTERM(string transport)
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(
            ["--listen", $"127.0.0.1:{port}", "--transport", transport, "--drain-timeout", "1h"]);
        using var silent = RawConnection.Connect(port);
        using var used = RawConnection.Connect(port);
        Assert.Equal("END\r\n", used.Ask("get a\r\n", "END\r\n"));
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        Assert.Empty(silent.ReadToEnd());
        Assert.Empty(used.ReadToEnd());
        Assert.False(RawConnection.CanConnect(port));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_client_that_does_not_read_holds_the_end_up_no_longer_than_the_drain_time(string transport)
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(
            ["--listen", $"127.0.0.1:{port}", "--transport", transport, "--drain-timeout", "500ms", "--max-value",
                "8m"]);
        using var client = RawConnection.Connect(port);
        client.Send($"set big 0 0 {8 << 20}\r\n{new string('x', 8 << 20)}\r\n");
        client.ReadThrough("STORED\r\n");
        client.Send(string.Concat(Enumerable.Repeat("get big\r\n", 8)));
        // The first bytes of an answer show that the rest waits in the gateway for a client that reads no more.
        client.ReadExactly(1);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
    }

    [Theory]
    [InlineData("")]
    [InlineData("redis.call('SET', 'k', 'v')")]
    public void Endless_scripts_do_not_hold_the_end_up(string before)
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(
            ["--listen", $"127.0.0.1:{port}", "--drain-timeout", "1h"]);
        using var client = RawConnection.Connect(port);
        string script = $"{before} redis.log(redis.LOG_WARNING, 'it runs\\r\\nforged') while true do end";
        client.Send($"*3\r\n$4\r\nEVAL\r\n${script.Length}\r\n{script}\r\n$1\r\n0\r\n");
        Wait.Until(() => gateway.Output.Contains("scripts[6002] it runs  forged\n"), () => gateway.Output);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        Assert.StartsWith("-ERR The gateway stops, the script was ended script: ",
            Encoding.Latin1.GetString(client.ReadToEnd()));
    }

    // The side that closes first keeps the connection in TIME_WAIT for a minute; the port must be free all the same.
    [Theory]
    [MemberData(nameof(Transports))]
    public void A_gateway_starts_again_at_once_on_the_same_port(string transport)
    {
        string[] args = ["--listen", $"127.0.0.1:{Ports.Next()}", "--transport", transport];
        int port = int.Parse(args[1].Split(':')[1]);
        for (int i = 0; i < 3; i++)
        {
            using ServerProcess gateway = GatewayProgram.Start(args);
            using var client = RawConnection.Connect(port);
            Assert.Equal("END\r\n", client.Ask("get a\r\n", "END\r\n"));
            Assert.Equal(0, gateway.Terminate(Wait.Patience));
        }
    }

    [Fact]
    public void SIGINT_stops_as_SIGTERM_does()
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}"]);
        Tool.Run("sh", ["-c", $"kill -INT {gateway.Id}"]).Succeeded();
        Assert.True(gateway.WaitForExit(Wait.Patience));
        Assert.Equal(0, gateway.ExitCode);
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("USR1")]
    [InlineData("USR2")]
    [InlineData("PIPE")]
    [InlineData("ALRM")]
    [InlineData("VTALRM")]
    [InlineData("PROF")]
    [InlineData("IO")]
    [InlineData("PWR")]
    [InlineData("STKFLT")]
    [InlineData("XCPU")]
    [InlineData("XFSZ")]
    public void Signals_that_would_end_it_without_a_drain_are_ignored(string signal)
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}"]);
        using var client = RawConnection.Connect(port);
        Assert.Equal("STORED\r\n", client.Ask("set a 0 0 1\r\nx\r\n", "STORED\r\n"));
        // The shell has no name for this one.
        Tool.Run("sh", ["-c", $"kill -{(signal == "STKFLT" ? "16" : signal)} {gateway.Id}"]).Succeeded();
        if (signal != "PIPE")
        {
            Wait.Until(() => gateway.Output.Contains($"SIG{signal} is ignored"), () => $"a line in {gateway.Output}");
        }

        Assert.Equal("VALUE a 0 1\r\nx\r\nEND\r\n", client.Ask("get a\r\n", "VALUE a 0 1\r\nx\r\nEND\r\n"));
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
    }

    [Fact]
    public void A_second_SIGTERM_ends_at_once_with_a_line()
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(
            ["--listen", $"127.0.0.1:{port}", "--drain-timeout", "1h", "--max-value", "8m"]);
        using var client = RawConnection.Connect(port);
        client.Send($"set big 0 0 {8 << 20}\r\n{new string('x', 8 << 20)}\r\n");
        client.ReadThrough("STORED\r\n");
        client.Send(string.Concat(Enumerable.Repeat("get big\r\n", 8)));
        client.ReadExactly(1);
        Tool.Run("sh", ["-c", $"kill -TERM {gateway.Id}"]).Succeeded();
        Wait.Until(() => gateway.Output.Contains("draining"), () => $"the drain in {gateway.Output}");
        Assert.False(gateway.HasExited);
        // One that comes at the same time is the first one, sent twice: those are asked for until a later one counts.
        Wait.Until(
            () =>
            {
                Tool.Run("sh", ["-c", $"kill -TERM {gateway.Id}"]);
                return gateway.HasExited;
            },
            () => $"the end after a second signal in {gateway.Output}");
        Assert.True(gateway.WaitForExit(Wait.Patience));
        Assert.Equal(1, gateway.ExitCode);
        Assert.Contains("gateway: SIGTERM for the second time: ended without a drain\n", gateway.Output);
    }

    [Fact]
    public void What_happens_is_logged_one_event_a_line_with_UTC_time()
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}"]);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        string[] log =
            gateway.Output.Split('\n').SkipWhile(line => line != "ready").Skip(1).Where(l => l != "").ToArray();
        Assert.Equal(2, log.Length);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info hosting\[1000\] draining", log[0]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info hosting\[1001\] stopped$", log[1]);
    }

    [Fact]
    public void A_start_that_lets_everybody_in_is_told()
    {
        const string line = "Z warn hosting[1004] whoever reaches 0.0.0.0:";
        using ServerProcess open = GatewayProgram.Start(["--listen", $"0.0.0.0:{Ports.Next()}", "--insecure"]);
        Assert.Equal(0, open.Terminate(Wait.Patience));
        Assert.Contains(line, open.Output);
        using ServerProcess asks = GatewayProgram.Start(["--listen", $"0.0.0.0:{Ports.Next()}", "--auth", "a:b"]);
        Assert.Equal(0, asks.Terminate(Wait.Patience));
        Assert.DoesNotContain("hosting[1004]", asks.Output);
    }

    [Fact]
    public void Log_level_none_logs_nothing()
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}", "--log-level", "none"]);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        Assert.EndsWith("\nready\n", gateway.Output);
    }
}
