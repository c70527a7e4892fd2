using SessionGateway.Commands;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Splicing;

/// <summary>Clients that are told where the primary is; redirections are those of valkey-server 8.0.1.</summary>
public sealed class RedirectionTests
{
    private const string Redirected = "-REDIRECT 10.0.0.1:6379\r\n";
    private const string Ok = "+OK\r\n";

    [Fact]
    public void A_client_that_follows_redirections_is_redirected_as_by_valkey()
    {
        using var rig = new BackupRig(new BackupRules { Mode = BackupMode.Redirect });
        rig.Primary();
        MemoryTransport client = rig.Client();
        foreach ((string request, string answer) in ((string, string)[])
        [
            ("CLIENT CAPA foo redirect", Ok), ("GET a", Redirected), ("SET a 1", Redirected), ("READONLY", Ok),
            ("GET a", "$-1\r\n"), ("SET a 1", Redirected), ("READWRITE", Ok), ("GET a", Redirected),
            ("DBSIZE", Redirected), ("SCAN 0", Redirected), ("MULTI", Ok), ("GET a", Redirected),
            ("EXEC", "-EXECABORT Transaction discarded because of previous errors.\r\n"), ("MULTI", Ok),
            ("PING", "+QUEUED\r\n"), ("EXEC", "*1\r\n+PONG\r\n"), ("FLUSHALL", Redirected),
            ("READONLY", Ok), ("RESET", "+RESET\r\n"), ("GET a", Redirected),
        ])
        {
            Assert.Equal((request, answer), (request, rig.Ask(client, BackupRig.Resp(request))));
        }
    }

    [Theory, InlineData(BackupMode.Redirect), InlineData(BackupMode.Moved)]
    public void Who_cannot_be_redirected_is_forwarded(BackupMode mode)
    {
        using var rig = new BackupRig(new BackupRules { Mode = mode });
        MemoryTransport primary = rig.Primary();
        rig.Client("set a 0 0 1\r\nx\r\n");
        Assert.Equal("set a 0 0 1\r\nx\r\n", BackupRig.Taken(primary));
    }

    [Fact]
    public void A_client_of_a_cluster_is_told_the_slot_and_the_primary()
    {
        using var rig = new BackupRig(new BackupRules { Mode = BackupMode.Moved });
        MemoryTransport primary = rig.Primary();
        MemoryTransport client = rig.Client();
        foreach ((string request, string answer) in ((string, string)[])
        [
            // redis-cli: CLUSTER KEYSLOT of redis-server 7.0.15.
            ("GET a", "-MOVED 15495 10.0.0.1:6379\r\n"), ("SET {a}b 1", "-MOVED 15495 10.0.0.1:6379\r\n"),
            ("SET {}a 1", "-MOVED 10875 10.0.0.1:6379\r\n"), ("WATCH foo", "-MOVED 12182 10.0.0.1:6379\r\n"),
            ("READONLY", Ok), ("GET a", "$-1\r\n"), ("SET a 1", "-MOVED 15495 10.0.0.1:6379\r\n"),
            ("READWRITE", Ok), ("GET a", "-MOVED 15495 10.0.0.1:6379\r\n"), ("DBSIZE", ":0\r\n"),
        ])
        {
            Assert.Equal((request, answer), (request, rig.Ask(client, BackupRig.Resp(request))));
        }

        Assert.Equal("", BackupRig.Taken(primary));
        rig.Send(client, BackupRig.Resp("PUBLISH c m"));
        Assert.Equal(BackupRig.Resp("PUBLISH c m"), BackupRig.Taken(primary));
    }

    [Fact]
    public void A_cluster_without_a_known_primary_is_down()
    {
        using var rig = new BackupRig(new BackupRules { Mode = BackupMode.Moved });
        rig.Forwarder.Move(SessionGateway.Gateway.Connections.Splicing.PrimaryPlace.Unknown);
        Assert.Equal(
            "-CLUSTERDOWN Hash slot not served\r\n", rig.Ask(rig.Client(), BackupRig.Resp("GET a")));
    }
}
