using SessionGateway.CompatTests.Harness;
using SessionGateway.Gateway.Hosting;

namespace SessionGateway.HostTests.Process;

public sealed class ServingTests
{
    private static readonly string MemcachedVersion = "VERSION ";

    [Fact]
    public void A_start_says_where_the_log_is()
    {
        using var directory = new TempDirectory();
        string data = directory.File("data");
        using ServerProcess gateway = GatewayProgram.Start(
            ["--listen", $"127.0.0.1:{Ports.Next()}", "--persist", "log", "--data-dir", data]);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        Assert.Contains($"\nappend log in {data}, fsync everysec\n", gateway.Output);
        Assert.Equal($"gateway: --data-dir {data} keeps nothing without --persist log\n",
            GatewayProgram.Run("--data-dir", data).StdErr);
    }

    [Fact]
    public void The_banner_says_what_listens_where_and_with_which_means()
    {
        using var directory = new TempDirectory();
        int port = Ports.Next();
        string socket = directory.File("g.sock");
        using ServerProcess gateway = GatewayProgram.Start(
        [
            "--listen", $"127.0.0.1:{port}", "--listen", $"[::1]:{port}/resp", "--listen", $"unix:{socket}/memcached",
            "--threads", "1", "--memory", "64m", "--transport", "socket",
        ]);
        Assert.Equal(
            [
                $"gateway {VersionText.Value}, pid {gateway.Id}",
                $"listening on 127.0.0.1:{port}/auto",
                $"listening on [::1]:{port}/resp",
                $"listening on unix:{socket}/memcached",
                "threads 1, memory 64m, transport socket, login not needed",
                "ready",
            ],
            gateway.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Port_0_takes_a_free_port_and_the_banner_names_it()
    {
        using ServerProcess gateway = GatewayProgram.Start(["--listen", "127.0.0.1:0"]);
        string line = gateway.Output.Split('\n').Single(l => l.StartsWith("listening on ", StringComparison.Ordinal));
        int port = int.Parse(line.Split(':')[1].Split('/')[0]);
        using var client = RawConnection.Connect(port);
        client.Send("version\r\n");
        Assert.StartsWith(MemcachedVersion, client.ReadThrough("\r\n"));
    }

    [Fact]
    public void File_environment_and_command_line_come_together_in_the_process()
    {
        using var directory = new TempDirectory();
        string file = directory.File("gateway.json");
        File.WriteAllText(file, """{ "Threads": 1, "Memory": "64m", "Listen": ["127.0.0.1:1"], "Auth": "secret" }""");
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(
            ["--config", file, "--threads", "3"],
            new() { ["GATEWAY_MEMORY"] = "128m", ["GATEWAY_LISTEN__0"] = $"127.0.0.1:{port}/resp",
                ["GATEWAY_THREADS"] = "2" });
        Assert.Contains($"listening on 127.0.0.1:{port}/resp\nthreads 3, memory 128m", gateway.Output);
        using var client = RawConnection.Connect(port);
        Assert.Equal("-NOAUTH", client.Ask("PING\r\n", "-NOAUTH"));
    }

    [Fact]
    public void A_unix_socket_serves_and_its_file_is_gone_after_the_end()
    {
        using var directory = new TempDirectory();
        string socket = directory.File("g.sock");
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"unix:{socket}"]);
        using (var client = RawConnection.ConnectUnix(socket))
        {
            Assert.Equal("STORED\r\n", client.Ask("set a 0 0 1\r\nx\r\n", "STORED\r\n"));
            Assert.Equal("$1\r\nx\r\n", AskInNewConnection(socket, "*2\r\n$3\r\nGET\r\n$1\r\na\r\n", "$1\r\nx\r\n"));
        }

        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        Assert.False(File.Exists(socket));
    }

    [Fact]
    public void A_unix_socket_has_the_permissions_and_the_group_that_were_asked_for()
    {
        using var directory = new TempDirectory();
        string socket = directory.File("g.sock");
        string group = Tool.Run("id", ["-gn"]).Succeeded().StdOut.Trim();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"unix:{socket}?mode=0662&group={group}"]);
        Assert.Equal($"662 {group}\n", Tool.Run("stat", ["-c", "%a %G", socket]).Succeeded().StdOut);
        using var client = RawConnection.ConnectUnix(socket);
        Assert.Equal("END\r\n", client.Ask("get a\r\n", "END\r\n"));
    }

    [Fact]
    public void A_unix_socket_file_left_by_a_killed_gateway_is_taken_over()
    {
        using var directory = new TempDirectory();
        string address = $"unix:{directory.File("g.sock")}";
        using (ServerProcess killed = GatewayProgram.Start(["--listen", address]))
        {
            killed.Kill();
        }

        Assert.True(File.Exists(directory.File("g.sock")));
        using ServerProcess next = GatewayProgram.Start(["--listen", address]);
        Assert.Equal("$1\r\nx\r\n",
            AskInNewConnection(directory.File("g.sock"), "*2\r\n$4\r\nECHO\r\n$1\r\nx\r\n", "$1\r\nx\r\n"));
    }

    [Fact]
    public void A_login_given_in_the_environment_is_asked_for()
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(
            ["--listen", $"127.0.0.1:{port}/resp"], new() { ["GATEWAY_AUTH"] = "php:secret" });
        Assert.DoesNotContain("secret", gateway.Output);
        using var client = RawConnection.Connect(port);
        Assert.Equal("-NOAUTH", client.Ask("GET a\r\n", "-NOAUTH"));
        client.ReadThrough("\r\n");
        Assert.Equal("+OK\r\n", client.Ask("AUTH php secret\r\n", "+OK\r\n"));
        Assert.Equal("$-1\r\n", client.Ask("GET a\r\n", "$-1\r\n"));
    }

    private static string AskInNewConnection(string socket, string request, string expected)
    {
        using var client = RawConnection.ConnectUnix(socket);
        return client.Ask(request, expected);
    }
}
