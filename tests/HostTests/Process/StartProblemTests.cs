using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

/// <summary>A start that fails names the cause and the remedy in one line.</summary>
public sealed class StartProblemTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_folder_that_is_missing_in_the_path_of_a_socket() =>
        Told(Listen("unix:/nonexistent/dir/g.sock"), "cannot listen on unix:/nonexistent/dir/g.sock",
            "/nonexistent/dir does not exist");

    [Fact]
    public void A_file_where_the_folder_of_a_socket_should_be()
    {
        File.WriteAllText(_directory.File("file"), "x");
        Told(Listen($"unix:{_directory.File("file")}/g.sock"), $"{_directory.File("file")} is a file and not a folder");
    }

    [Fact]
    public void A_file_in_the_place_of_a_socket()
    {
        File.WriteAllText(_directory.File("file"), "x");
        Told(Listen($"unix:{_directory.File("file")}"), "a file that is no socket is there");
        Assert.Equal("x", File.ReadAllText(_directory.File("file")));
    }

    [Fact]
    public void A_folder_in_the_place_of_a_socket() =>
        Told(Listen($"unix:{_directory.Path}"), "a folder is there; name a file in it");

    [Fact]
    public void A_socket_in_use()
    {
        string address = $"unix:{_directory.File("g.sock")}";
        using ServerProcess first = GatewayProgram.Start(["--listen", address]);
        Told(Listen(address), "another server listens there");
    }

    [Fact]
    public void A_group_that_does_not_exist()
    {
        string path = _directory.File("g.sock");
        Told(Listen($"unix:{path}?group=no-such-group"), "this machine has no group 'no-such-group'");
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_port_in_use()
    {
        int port = Ports.Next();
        using ServerProcess first = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}"]);
        Told(Listen($"127.0.0.1:{port}"), $"cannot listen on 127.0.0.1:{port}: the port is in use");
    }

    [Fact]
    public void An_address_of_another_machine() =>
        Told(GatewayProgram.Run("--listen", "192.0.2.1:1", "--insecure"), "this machine has no such address");

    [Fact]
    public void A_folder_as_configuration() =>
        Told(GatewayProgram.Run("--config", _directory.Path), $"cannot read {_directory.Path}: it is a folder");

    [Fact]
    public void Too_few_files_may_be_open() => Told(
        Tool.Run("sh", ["-c", "ulimit -n 200; exec \"$@\"", "sh", GatewayProgram.Dotnet, Repository.GatewayDll,
            "--listen", "127.0.0.1:0", "--threads", "64"]),
        "raise it (ulimit -n) or lower --threads");

    // For a user without rights: root may do everything.
    [Theory]
    [InlineData("no permission to make a file in /not-ours", "--listen", "unix:/not-ours/g.sock")]
    [InlineData("no permission; the user of the gateway must be able to read it", "--config", "/not-ours/secret.json")]
    [InlineData("the user of the gateway must be a member of it", "--listen", "unix:/open/g.sock?group=daemon")]
    public void What_a_user_without_rights_may_not_do(string problem, params string[] args)
    {
        string folder = _directory.File("not-ours");
        string open = _directory.File("open");
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(open);
        File.WriteAllText(Path.Combine(folder, "secret.json"), "{}");
        Tool.Run("sh", ["-c", $"chmod 755 '{folder}'; chmod 600 '{folder}/secret.json'; chown -R nobody '{folder}'"])
            .Succeeded();
        string[] moved =
        [
            .. args.Select(
                a =>
                    a.Replace("/not-ours", folder, StringComparison.Ordinal).Replace("/open", open,
                        StringComparison.Ordinal)),
        ];
        // Still the owner of the checkout and the temp folder, whoever may enter these, but without root's power over
        // others.
        ToolResult result = Tool.Run("setpriv",
        [
            "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--",
            GatewayProgram.Dotnet, Repository.GatewayDll, .. moved,
        ]);
        Told(result, problem.Replace("/not-ours", folder, StringComparison.Ordinal));
    }

    private static ToolResult Listen(string address) => GatewayProgram.Run("--listen", address);

    private static void Told(ToolResult result, params string[] parts)
    {
        Assert.Equal((1, ""), (result.ExitCode, result.StdOut));
        Assert.StartsWith("gateway: ", result.StdErr);
        Assert.Equal(result.StdErr.Length - 1, result.StdErr.IndexOf('\n'));
        Assert.All(parts, part => Assert.Contains(part, result.StdErr));
    }
}
