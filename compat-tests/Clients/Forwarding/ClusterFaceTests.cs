using SessionGateway.CompatTests.Clients.Support;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Forwarding;

/// <summary>Stock cluster clients over a primary and its backup, which show themselves as a cluster of one
/// shard.</summary>
public sealed class ClusterFaceTests : IDisposable
{
    private readonly GatewayServer _primary = GatewayServer.Start("--cluster-face", "--failover-hold", "60s");
    private readonly GatewayServer _backup;

    public ClusterFaceTests()
    {
        _backup = GatewayServer.Start(
            "--replicaof", $"127.0.0.1:{_primary.RespPort}", "--cluster-face", "--failover-hold", "60s");
        using var client = RawConnection.Connect(_primary.RespPort);
        Wait.Until(
            () =>
            {
                client.Send("*2\r\n$4\r\nINFO\r\n$11\r\nreplication\r\n");
                return System.Text.Encoding.ASCII.GetString(client.ReadResp().Text).Contains("state=online");
            },
            () => _backup.Process.Output);
    }

    public void Dispose()
    {
        _backup.Dispose();
        _primary.Dispose();
    }

    [Fact]
    public void Sessions_of_phpredis_rediscluster_count_on_when_the_roles_change() =>
        ClientProgram.AssertAllPassed(
            PhpProgram.Run("cluster_checks.php", $"{_primary.RespPort}", $"{_backup.RespPort}"), 1);

    [Fact]
    public void The_cluster_client_of_redis_py_follows() =>
        ClientProgram.AssertAllPassed(
            PythonProgram.Run("cluster_checks.py", $"{_primary.RespPort}", $"{_backup.RespPort}"), 3);

    [Fact]
    public void The_cluster_client_of_ioredis_follows() =>
        ClientProgram.AssertAllPassed(
            NodeProgram.Run("cluster.mjs", $"{_primary.RespPort}", $"{_backup.RespPort}"), 2);
}
