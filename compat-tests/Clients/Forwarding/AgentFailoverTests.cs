using SessionGateway.CompatTests.Clients.Support;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Forwarding;

/// <summary>
/// Stock clients through the agent, while three real Sentinels replace the primary, which the program kills: no request
/// fails, and nothing that had reached the backup is lost.
/// </summary>
public sealed class AgentFailoverTests : IDisposable
{
    private readonly RedisServer _first = RedisServer.Start();
    private readonly RedisServer _second;
    private readonly SentinelTrio _sentinels;
    private readonly ServerProcess _agent;
    private readonly int _port = Ports.Next();

    public AgentFailoverTests()
    {
        _second = RedisServer.Start("--replicaof", "127.0.0.1", $"{_first.Port}", "--repl-diskless-sync-delay", "0");
        // On a machine that does something else on all cores nobody is taken for dead who is only slow.
        _sentinels = SentinelTrio.Start(_first.Port, backups: 1, downAfterMilliseconds: 5000);
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } p ? p : "dotnet";
        // A held request waits long enough for a machine that does something else on all cores.
        _agent = ServerProcess.Start(dotnet,
            [
                Repository.GatewayDll, "agent", "--sentinel", _sentinels.Addresses,
                "--listen", $"127.0.0.1:{_port}", "--failover-hold", "60s",
            ],
            () => RawConnection.CanConnect(_port));
    }

    public void Dispose()
    {
        _agent.Dispose();
        _sentinels.Dispose();
        _second.Dispose();
        _first.Dispose();
    }

    [Fact]
    public void Connections_of_redis_py_go_on_where_they_were() =>
        ClientProgram.AssertAllPassed(PythonProgram.Run("failover_checks.py", $"{_port}", $"{_first.Process.Id}"), 4);

    [Fact]
    public void Sessions_of_phpredis_go_on_counting() =>
        ClientProgram.AssertAllPassed(PhpProgram.Run("failover_checks.php", $"{_port}", $"{_first.Process.Id}"), 1);
}
