using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Gateway.Options;
using SessionGateway.HostTests.Process;

namespace SessionGateway.HostTests.Forwarding;

/// <summary>The agent as a process: what it refuses to start with, and that it forwards to real servers.</summary>
public sealed class AgentTests
{
    [Theory]
    [InlineData("an agent needs to know where the primary is", "agent")]
    [InlineData("one of them", "agent", "--to", "127.0.0.1:1", "--sentinel", "127.0.0.1:2")]
    [InlineData("'127.0.0.1' is not HOST:PORT", "agent", "--to", "127.0.0.1")]
    [InlineData("'0' is not a port", "agent", "--to", "127.0.0.1:0")]
    [InlineData("'a:1' is given twice", "agent", "--to", "a:1,a:1")]
    [InlineData("is not a name of letters", "agent", "--sentinel", "a:1", "--master-name", "my master")]
    [InlineData("an agent keeps nothing", "agent", "--to", "a:1", "--persist", "log", "--data-dir", "x")]
    [InlineData("log in at the primary", "agent", "--to", "a:1", "--auth", "p")]
    [InlineData("--to is an option of 'gateway agent'", "--to", "a:1")]
    [InlineData("--sentinel is an option of 'gateway agent'", "--sentinel", "a:1")]
    public void What_cannot_work_is_refused(string problem, params string[] args)
    {
        bool isAgent = args[0] == "agent";
        StartupException refused = Assert.Throws<StartupException>(() => OptionsReader.Read(
            CommandLineArguments.Parse(isAgent ? args[1..] : args), new Dictionary<string, string>(),
            AppContext.BaseDirectory, isAgent));
        Assert.Contains(problem, refused.Message);
    }

    [Fact]
    public void What_cannot_work_is_one_line_and_exit_code_1()
    {
        ToolResult result = GatewayProgram.Run("agent", "--to", "127.0.0.1");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("gateway: --to: '127.0.0.1' is not HOST:PORT\n", result.StdErr);
    }

    [Fact]
    public void It_takes_the_server_whose_role_is_master_and_follows_when_that_changes()
    {
        using var first = RedisServer.Start();
        using var second = RedisServer.Start("--replicaof", "127.0.0.1", $"{first.Port}");
        int port = Ports.Next();
        using ServerProcess agent = Start(port, "--to", $"127.0.0.1:{second.Port},127.0.0.1:{first.Port}");
        using var client = RawConnection.Connect(port);
        Assert.Equal(first.Port, MasterPort(client));

        // Nothing of its state is lost with the primary, nor a request.
        Assert.Equal("OK", Ask(client, "SELECT", "7"));
        first.Process.Kill();
        using (var direct = RawConnection.Connect(second.Port))
        {
            Assert.Equal("OK", Ask(direct, "REPLICAOF", "NO", "ONE"));
        }

        Assert.Equal(second.Port, MasterPort(client));
        Assert.Contains(" db=7 ", Ask(client, "CLIENT", "INFO"));
        Assert.Equal(0, agent.Terminate(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_server_that_wants_a_login_gets_one_from_the_agent_and_one_from_the_client()
    {
        using var server = RedisServer.Start("--requirepass", "secret");
        int port = Ports.Next();
        using ServerProcess agent = Start(
            port, "--to", $"127.0.0.1:{server.Port}", "--primary-auth", "secret");
        using var client = RawConnection.Connect(port);
        Assert.StartsWith("NOAUTH", Ask(client, "PING"));
        Assert.Equal("OK", Ask(client, "AUTH", "secret"));
        Assert.Equal("PONG", Ask(client, "PING"));
    }

    [Fact]
    public void A_server_that_accepts_and_never_answers_does_not_hide_the_primary()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        using var server = RedisServer.Start();
        int port = Ports.Next();
        using ServerProcess agent = Start(
            port, "--to", $"127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port},127.0.0.1:{server.Port}");
        using var client = RawConnection.Connect(port);
        Assert.Equal("PONG", Ask(client, "PING"));
    }

    [Fact]
    public void Without_a_primary_clients_are_told_so_and_the_log_says_why()
    {
        int port = Ports.Next();
        int nobody = Ports.Next();
        using ServerProcess agent = Start(
            port, "--to", $"127.0.0.1:{nobody}", "--failover-hold", "50ms");
        using var client = RawConnection.Connect(port);
        Assert.Equal(
            "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", Ask(client, "PING"));
        Wait.Until(() => agent.Output.Contains($"no primary: 127.0.0.1:{nobody}: Connection refused"),
            () => agent.Output);
    }

    private static string Ask(RawConnection client, params string[] words)
    {
        client.Send(Requests.Resp(words));
        return Encoding.UTF8.GetString(client.ReadResp().Text);
    }

    private static int MasterPort(RawConnection client)
    {
        string info = Ask(client, "INFO", "server");
        int at = info.IndexOf("tcp_port:", StringComparison.Ordinal) + "tcp_port:".Length;
        return int.Parse(info[at..info.IndexOf('\r', at)]);
    }

    // A request waits long enough for a machine that does something else on all cores.
    private static ServerProcess Start(int port, params string[] args) => GatewayProgram.Start(
    [
        "agent", "--listen", $"127.0.0.1:{port}",
        .. args.Contains("--failover-hold") ? args : ["--failover-hold", "60s", .. args],
    ]);
}
