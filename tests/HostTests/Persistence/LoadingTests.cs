using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;

namespace SessionGateway.HostTests.Persistence;

/// <summary>A log that takes long to read: its first segment is a pipe that nobody writes to.</summary>
public sealed class LoadingTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly int _port = Ports.Next();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Clients_of_every_protocol_are_told_that_the_log_is_being_read()
    {
        using ServerProcess gateway = Start();
        Assert.Equal("-LOADING Redis is loading the dataset in memory\r\n", Ask("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"));
        Assert.Throws<EndOfStreamException>(() => Ask("get k\r\n"));
        Assert.StartsWith("VERSION ", Ask("version\r\n"));
        Wait.Until(() => gateway.Output.Contains($"listening on 127.0.0.1:{_port}/auto\n"), () => gateway.Output);
        Assert.DoesNotContain("ready", gateway.Output);
        gateway.Kill();
    }

    // Who looks for a primary by its role must not find one that will be a replica in a moment.
    [Fact]
    public void A_replica_is_one_before_its_log_is_read()
    {
        using ServerProcess gateway = Start("--replicaof", "127.0.0.1 1");
        using var client = RawConnection.Connect(_port);
        client.Send("*2\r\n$4\r\nINFO\r\n$11\r\nreplication\r\n");
        string info = client.ReadThrough("master_failover_state");
        Assert.Contains("role:slave\r\nmaster_host:127.0.0.1\r\nmaster_port:1\r\nmaster_link_status:down\r\n", info);
        Assert.DoesNotContain("ready", gateway.Output);
        gateway.Kill();
    }

    private ServerProcess Start(params string[] options)
    {
        string data = _directory.File("data");
        Directory.CreateDirectory(data);
        using (var make = System.Diagnostics.Process.Start("mkfifo", Path.Combine(data, "0000000001.log")))
        {
            make.WaitForExit();
        }

        var gateway = ServerProcess.Start(
            GatewayProgram.Dotnet,
            [
                Repository.GatewayDll, "--listen", $"127.0.0.1:{_port}", "--persist", "log", "--data-dir", data,
                .. options,
            ]);
        Wait.Until(IsListening, () => gateway.Output);
        return gateway;
    }

    private string Ask(string request)
    {
        using var client = RawConnection.Connect(_port);
        client.Send(request);
        return client.ReadThrough("\r\n");
    }

    private bool IsListening()
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        try
        {
            socket.Connect(System.Net.IPAddress.Loopback, _port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
