using SessionGateway.CompatTests.Clients.Support;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Forwarding;

/// <summary>
/// Stock clients with the address of a backup that forwards: whichever address they use, in whatever order, no session
/// is empty and none is old.
/// </summary>
public sealed class AnyAddressTests : IDisposable
{
    private readonly GatewayServer _primary = GatewayServer.Start();
    private readonly GatewayServer _backup;

    public AnyAddressTests()
    {
        // A forwarded request waits long enough for a machine that does something else on all cores.
        _backup = GatewayServer.Start(
            "--replicaof", $"127.0.0.1:{_primary.RespPort}", "--backup-mode", "forward", "--failover-hold", "60s");
    }

    public void Dispose()
    {
        _backup.Dispose();
        _primary.Dispose();
    }

    [Fact]
    public void Sessions_of_PHP_count_on_with_both_addresses() =>
        ClientProgram.AssertAllPassed(
            PhpProgram.Run("any_address_checks.php", $"{_primary.AutoPort}", $"{_backup.AutoPort}", "40"), 6);

    [Fact]
    public void Sessions_of_PHP_count_on_with_an_agent_and_a_backup()
    {
        int port = Ports.Next();
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } p ? p : "dotnet";
        using var agent = ServerProcess.Start(dotnet,
            [
                Repository.GatewayDll, "agent", "--to", $"127.0.0.1:{_backup.AutoPort},127.0.0.1:{_primary.AutoPort}",
                "--listen", $"127.0.0.1:{port}", "--failover-hold", "60s",
            ],
            () => RawConnection.CanConnect(port));
        ClientProgram.AssertAllPassed(
            PhpProgram.Run("any_address_checks.php", $"{port}", $"{_backup.AutoPort}", "5"), 6);
    }

    [Fact]
    public void Redis_py_and_pymemcache_do_at_a_backup_what_they_do_at_the_primary() =>
        ClientProgram.AssertAllPassed(
            PythonProgram.Run("any_address_checks.py", $"{_primary.AutoPort}", $"{_backup.AutoPort}"), 7);
}
