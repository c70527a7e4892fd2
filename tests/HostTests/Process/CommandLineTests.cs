using SessionGateway.CompatTests.Harness;
using SessionGateway.Gateway.Options;

namespace SessionGateway.HostTests.Process;

public sealed class CommandLineTests
{
    [Fact]
    public void The_program_of_the_pages_is_where_the_readme_says()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.Contains("`src/Gateway/bin/Release/net10.0/gateway.dll`", readme, StringComparison.Ordinal);
        ToolResult result = Tool.Run(Path.Combine(Repository.Root, "gateway"), ["--version"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(GatewayProgram.Run("--version").StdOut, result.StdOut);
    }

    [Fact]
    public void Version_is_printed()
    {
        ToolResult result = GatewayProgram.Run("--version");
        Assert.Equal((0, "gateway 0.1.0\n", ""), (result.ExitCode, result.StdOut, result.StdErr));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_printed(string option)
    {
        ToolResult result = GatewayProgram.Run(option);
        Assert.Equal((0, OptionsHelp.Text(), ""), (result.ExitCode, result.StdOut, result.StdErr));
    }

    [Theory]
    [InlineData("unknown option '--thread'", "--thread", "1")]
    [InlineData("unexpected argument 'start'", "start")]
    [InlineData("--listen: 'nowhere'", "--listen", "nowhere")]
    [InlineData("--listen: '127.0.0.1:99999'", "--listen", "127.0.0.1:99999")]
    [InlineData("--listen 127.0.0.1:1 is given twice", "--listen", "127.0.0.1:1/auto", "--listen", "127.0.0.1:1/resp")]
    [InlineData("--threads: 'many'", "--threads", "many")]
    [InlineData("--threads 65: the buffers of so many", "--threads", "65", "--memory", "32m")]
    [InlineData("--memory: '1x'", "--memory", "1x")]
    [InlineData("--memory: '1m' is out of range", "--memory", "1m")]
    [InlineData("--memory 15t is more than this machine has", "--memory", "15t")]
    [InlineData("--max-value 512m is more than a quarter", "--max-value", "512m", "--memory", "512m")]
    [InlineData("--idle-timeout: 'soon'", "--idle-timeout", "soon")]
    [InlineData("--login-timeout: '2h' is out of range", "--login-timeout", "2h")]
    [InlineData("--transport: 'udp'", "--transport", "udp")]
    [InlineData("--log-level: 'loud'", "--log-level", "loud")]
    [InlineData("--memory-policy: 'lru' is none of protect, evict-lru, volatile-ttl", "--memory-policy", "lru")]
    [InlineData("--anonymous: '': the prefix is empty", "--anonymous", "")]
    [InlineData("--compress: 's:=x'", "--compress", "s:=x")]
    [InlineData("--pressure-high 95 must be less", "--pressure-high", "95")]
    [InlineData("--anonymous s: and --evictable s: contradict", "--anonymous", "s:", "--evictable", "s:*")]
    [InlineData("--auth: the password is empty", "--auth", "user:")]
    [InlineData("cannot read no-such-file.json", "--config", "no-such-file.json")]
    [InlineData("--listen 0.0.0.0:0 can be reached by other machines", "--listen", "0.0.0.0:0")]
    // 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
    [InlineData("cannot listen on 192.0.2.1:1", "--listen", "192.0.2.1:1", "--insecure")]
    [InlineData("cannot listen on", "--listen", "unix:/no/such/folder/gateway.sock")]
    public void A_bad_option_ends_the_program_with_one_line_and_exit_code_1(string problem, params string[] args) =>
        Refused(problem, GatewayProgram.Run(args));

    [Fact]
    public void A_bad_environment_variable_ends_the_program_with_one_line_and_exit_code_1() =>
        Refused("unknown option 'GATEWAY_THREAD'",
            GatewayProgram.Run([], new() { ["GATEWAY_THREAD"] = "1" }));

    [Fact]
    public void A_bad_file_ends_the_program_with_one_line_and_exit_code_1()
    {
        using var directory = new TempDirectory();
        string file = directory.File("bad.json");
        File.WriteAllText(file, """{ "Port": 11211 }""");
        Refused($"{file}: unknown option 'Port'", GatewayProgram.Run("--config", file));
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("socket")]
    public void A_port_in_use_ends_the_program_with_one_line_and_exit_code_1(string transport)
    {
        int port = Ports.Next();
        using ServerProcess first = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}", "--transport", transport]);
        Refused($"cannot listen on 127.0.0.1:{port}",
            GatewayProgram.Run("--listen", $"127.0.0.1:{port}", "--transport", transport));
    }

    [Fact]
    public void A_unix_socket_in_use_ends_the_program_with_one_line_and_exit_code_1()
    {
        using var directory = new TempDirectory();
        string address = $"unix:{directory.File("gateway.sock")}";
        using ServerProcess first = GatewayProgram.Start(["--listen", address]);
        Refused($"cannot listen on {address}", GatewayProgram.Run("--listen", address));
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        using var directory = new TempDirectory();
        string file = directory.File("precious");
        File.WriteAllText(file, "");
        Refused("cannot listen on", GatewayProgram.Run("--listen", $"unix:{file}"));
        Assert.True(File.Exists(file));
    }

    private static void Refused(string problem, ToolResult result)
    {
        Assert.Equal((1, ""), (result.ExitCode, result.StdOut));
        Assert.StartsWith($"gateway: ", result.StdErr);
        Assert.Contains(problem, result.StdErr);
        Assert.Equal(result.StdErr.Length - 1, result.StdErr.IndexOf('\n'));
    }
}
