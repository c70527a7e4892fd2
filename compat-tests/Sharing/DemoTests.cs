using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Sharing;

/// <summary>The script that shows both samples behind one nginx does what it says.</summary>
public sealed class DemoTests
{
    [Fact]
    public void The_demo_shows_one_session_on_PHP_and_NET_for_each_handler()
    {
        ToolResult result = Tool.Run(
            Path.Combine(Repository.Root, "dotnet-samples", "demo.sh"), [],
            env: new Dictionary<string, string>
            {
                ["GATEWAY_DLL"] = Repository.GatewayDll,
                ["SHOP_DLL"] = Path.Combine(AppContext.BaseDirectory, "Shop.dll"),
            });
        Assert.True(result.ExitCode == 0, result.StdOut + result.StdErr);
        Assert.Equal(3, result.StdOut.Split("logged out on PHP").Length - 1);
        Assert.Equal(3, result.StdOut.Split("logged out on .NET").Length - 1);
    }
}
