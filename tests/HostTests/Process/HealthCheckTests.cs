using System.Text.Json;
using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

/// <summary>
/// The command by which the image asks the gateway in it whether it serves; only the port is another one.
/// </summary>
public sealed partial class HealthCheckTests
{
    private const string Port = "/127.0.0.1/11211";

    [Theory]
    [InlineData]
    [InlineData("--auth", "anna:a password of hers")]
    public void The_image_is_healthy_while_its_gateway_serves_and_not_afterwards(params string[] login)
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}/auto", .. login]);
        Assert.Equal(0, Check(port).ExitCode);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        Assert.NotEqual(0, Check(port).ExitCode);
    }

    [Fact]
    public void A_listener_that_only_speaks_resp_is_not_healthy()
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}/resp"]);
        Assert.NotEqual(0, Check(port).ExitCode);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
    }

    private static ToolResult Check(int port)
    {
        string file = File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile"));
        string[] command = JsonSerializer.Deserialize<string[]>(HealthCheck().Match(file).Groups[1].Value)!;
        Assert.Contains(Port, command[^1], StringComparison.Ordinal);
        command[^1] = command[^1].Replace(Port, $"/127.0.0.1/{port}", StringComparison.Ordinal);
        return Tool.Run(command[0], command[1..]);
    }

    // The lines of the instruction are joined by a backslash at their ends.
    [GeneratedRegex("""^HEALTHCHECK (?:.*\\\n)*\s*CMD (\[.*\])$""", RegexOptions.Multiline)]
    private static partial Regex HealthCheck();
}
