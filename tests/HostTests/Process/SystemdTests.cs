using System.Net.Sockets;
using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

/// <summary>What systemd is told, and what it passes on.</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_unit_of_type_notify_is_told_of_ready_and_of_stopping()
    {
        string path = _directory.File("notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.ReceiveTimeout = (int)Wait.Patience.TotalMilliseconds;
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(
            ["--listen", $"127.0.0.1:{port}"], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path });
        Assert.Equal("READY=1", Told(socket));
        Assert.True(RawConnection.CanConnect(port));
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        Assert.Equal("STOPPING=1", Told(socket));
    }

    [Fact]
    public void A_socket_that_no_option_names_is_refused_with_its_address()
    {
        int port = Ports.Next(), other = Ports.Next();
        using var holder = new SocketHolder(port, ["--listen", $"127.0.0.1:{other}"]);
        Wait.Until(() => holder.Output.Contains("no --listen names it"), () => holder.Output);
        Assert.Contains(
            $"gateway: a socket that listens on 127.0.0.1:{port} was passed on (LISTEN_FDS)", holder.Output);
    }

    [Theory]
    [InlineData("session-gateway.service")]
    [InlineData("session-gateway.socket")]
    public void Units_are_what_systemd_understands(string unit)
    {
        // Only the program is somewhere else here.
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "packaging", "systemd")))
        {
            File.WriteAllText(_directory.File(Path.GetFileName(file)),
                File.ReadAllText(file).Replace("/opt/session-gateway/gateway", "/bin/true"));
        }

        ToolResult result = Tool.Run("systemd-analyze", ["verify", "--man=no", _directory.File(unit)]);
        Assert.True(result.ExitCode == 0, result.StdErr);
        Assert.DoesNotContain("session-gateway", result.StdErr);
    }

    [Fact]
    public void The_options_of_the_unit_are_options_of_the_gateway()
    {
        string line = File.ReadLines(Path.Combine(Repository.Root, "packaging", "systemd", "session-gateway.service"))
            .Single(l => l.StartsWith("ExecStart=", StringComparison.Ordinal));
        string[] words = line.Split(' ')[1..];
        Assert.Equal(0, GatewayProgram.Run([.. words, "--version"]).ExitCode);
        string[] listens = [.. words.Where((_, i) => i > 0 && words[i - 1] == "--listen")];
        Assert.Equal(
            File.ReadLines(Path.Combine(Repository.Root, "packaging", "systemd", "session-gateway.socket"))
                .Where(l => l.StartsWith("ListenStream=", StringComparison.Ordinal)).Select(l => l.Split('=')[1]),
            listens);
    }

    private static string Told(Socket socket)
    {
        byte[] message = new byte[4096];
        return Encoding.UTF8.GetString(message, 0, socket.Receive(message));
    }
}
