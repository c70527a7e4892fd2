using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Php;

/// <summary>The script that shows the samples at work does what it says, with a gateway of its own.</summary>
public sealed class DemoTests
{
    [Fact]
    public void The_demo_shows_one_login_on_two_servers_for_each_handler()
    {
        ToolResult result = Tool.Run(
            Path.Combine(Repository.Root, "php-samples", "demo.sh"), [],
            env: new Dictionary<string, string> { ["GATEWAY_DLL"] = Repository.GatewayDll });
        Assert.True(result.ExitCode == 0, result.StdOut + result.StdErr);
        Assert.Equal(3, result.StdOut.Split("server A is stopped").Length - 1);
        Assert.Equal(3, result.StdOut.Split("logged out for good").Length - 1);
    }
}
