using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Transfer;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire.Replication;

/// <summary>
/// A gateway as the replica, and as the primary, of a real redis-server, under writes and with the link cut once. As
/// many keys as REPLICATION_KEYS says (5,000).
/// </summary>
public sealed class ReplicationTests : IDisposable
{
    private const int Changes = 4000;

    private static readonly int Keys = int.TryParse(
        Environment.GetEnvironmentVariable("REPLICATION_KEYS"), CultureInfo.InvariantCulture, out int keys)
        ? keys : 5_000;

    private readonly RedisServer _redis = RedisServer.Start(
        "--repl-diskless-sync-delay", "0", "--repl-backlog-size", "64mb",
        // Offsets stay where they are when nobody writes.
        "--repl-ping-replica-period", "3600");

    private readonly GatewayServer _gateway = GatewayServer.Start("--memory", Keys > 100_000 ? "2g" : "256m");

    private CutLink? _link;

    public void Dispose()
    {
        _link?.Dispose();
        _gateway.Dispose();
        _redis.Dispose();
    }

    [Theory, InlineData("yes"), InlineData("no")]
    public void A_gateway_has_all_that_redis_has_after_live_writes_and_a_cut_link(string diskless)
    {
        Ask(_redis.Port, "CONFIG", "SET", "repl-diskless-sync", diskless);
        Ask(_gateway.RespPort, "SET", "older", "than the copy");
        Follow(_redis.Port, _gateway.RespPort);
        Assert.Contains("sync_full:1\r\nsync_partial_ok:1\r\n", Ask(_redis.Port, "INFO", "stats"));
        Assert.Contains("slave_refused_commands:0\r\n", Ask(_gateway.RespPort, "INFO", "replication"));
        Assert.Equal("master", Ask(_redis.Port, "ROLE").Split(' ')[0]);
    }

    [Fact]
    public void A_redis_has_all_that_the_gateway_has_after_live_writes_and_a_cut_link()
    {
        Ask(_redis.Port, "SET", "older", "than the copy");
        Follow(_gateway.RespPort, _redis.Port);
        Assert.Contains("sync_full:1\r\nsync_partial_ok:1\r\n", Ask(_gateway.RespPort, "INFO", "stats"));
        Assert.Contains("connected_slaves:1\r\n", Ask(_gateway.RespPort, "INFO", "replication"));
        Assert.Contains("unexpected_error_replies:0\r\n", Ask(_redis.Port, "INFO", "stats"));

        // What memcached clients store is a plain string there.
        using var client = RawConnection.Connect(_gateway.AutoPort);
        client.Ask("set mc 5 0 2\r\nab\r\nincr none 1\r\nappend mc 0 0 1\r\nc\r\n",
            "STORED\r\nNOT_FOUND\r\nSTORED\r\n");
        Assert.Equal("1", Ask(_gateway.RespPort, "WAIT", "1", "0"));
        Assert.Equal("abc", Ask(_redis.Port, "GET", "mc"));
        Assert.Equal("1", Ask(_gateway.RespPort, "WAIT", "2", "20"));
    }

    [Fact]
    public void A_gateway_has_all_that_a_gateway_has_flags_and_uniques_too()
    {
        using var backup = GatewayServer.Start("--memory", Keys > 100_000 ? "2g" : "256m");
        Ask(backup.RespPort, "SET", "older", "than the copy");
        using var client = RawConnection.Connect(_gateway.AutoPort);
        client.Ask("set before 7 0 1\r\nx\r\n", "STORED\r\n");
        Follow(_gateway.RespPort, backup.RespPort);
        client.Ask("set mc 5 0 2\r\nab\r\nappend mc 0 0 1\r\nc\r\nprepend before 0 0 1\r\ny\r\n",
            "STORED\r\nSTORED\r\nSTORED\r\n");
        Assert.Equal("1", Ask(_gateway.RespPort, "WAIT", "1", "0"));
        UntilEqual(_gateway.RespPort, backup.RespPort);
        using var reader = RawConnection.Connect(backup.AutoPort);
        client.Send("gets before mc\r\n");
        reader.Send("gets before mc\r\n");
        Assert.Equal(client.ReadThrough("END\r\n"), reader.ReadThrough("END\r\n"));
        Assert.Contains("sync_full:1\r\nsync_partial_ok:1\r\n", Ask(_gateway.RespPort, "INFO", "stats"));
    }

    [Fact]
    public void Clients_of_a_replica_are_told_in_each_protocol_that_they_cannot_write()
    {
        Ask(_redis.Port, "SET", "k", "v");
        Assert.Equal("OK", Ask(_gateway.RespPort, "REPLICAOF", "127.0.0.1", $"{_redis.Port}"));
        Until("master_link_status:up", _gateway.RespPort);
        using var client = RawConnection.Connect(_gateway.AutoPort);
        client.Ask("set k 0 0 1\r\nx\r\nget k\r\n", "SERVER_ERROR read only replica\r\nVALUE k 0 1\r\nv\r\nEND\r\n");
        Assert.Equal("READONLY You can't write against a read only replica.", Ask(_gateway.RespPort, "SET", "k", "w"));
        Assert.StartsWith("READONLY", Ask(_gateway.RespPort, "EVAL", "return redis.call('SET', 'k', 'w')", "0"));
        Assert.Equal("v", Ask(_gateway.RespPort, "GET", "k"));
        Assert.Equal("OK", Ask(_gateway.RespPort, "REPLICAOF", "NO", "ONE"));
        Assert.Equal("OK", Ask(_gateway.RespPort, "SET", "k", "w"));
        Assert.StartsWith("master", Ask(_gateway.RespPort, "ROLE"));
    }

    [Fact]
    public void Replicas_go_on_with_a_replica_that_was_made_the_primary()
    {
        using var second = RedisServer.Start();
        Ask(_gateway.RespPort, "REPLICAOF", "127.0.0.1", $"{_redis.Port}");
        Until("master_link_status:up", _gateway.RespPort);
        Ask(second.Port, "REPLICAOF", "127.0.0.1", $"{_redis.Port}");
        Until("master_link_status:up", second.Port);
        new LiveWriter(_redis.Port, seed: 5).Change(1000);
        UntilEqual(_redis.Port, _gateway.RespPort);
        UntilEqual(_redis.Port, second.Port);
        _redis.Process.Kill();
        Ask(_gateway.RespPort, "REPLICAOF", "NO", "ONE");
        Ask(second.Port, "REPLICAOF", "127.0.0.1", $"{_gateway.RespPort}");
        Until("master_link_status:up", second.Port);
        Assert.Contains("sync_partial_ok:1\r\n", Ask(_gateway.RespPort, "INFO", "stats"));
        new LiveWriter(_gateway.RespPort, seed: 6).Change(1000);
        UntilEqual(_gateway.RespPort, second.Port);
        Assert.Equal(KeySpace.Describe(_gateway.RespPort), KeySpace.Describe(second.Port));
    }

    private static string Ask(int port, params string[] words)
    {
        using var connection = RawConnection.Connect(port);
        connection.Send(Requests.Resp(words));
        RespReplyReader reader = connection.ReadResp();
        if (!RespReplyReader.IsAggregate(reader.Kind))
            return Encoding.Latin1.GetString(reader.Text);
        var elements = new List<string>();
        while (reader.Read())
            elements.Add(Encoding.Latin1.GetString(reader.Text));
        return string.Join(' ', elements);
    }

    private static void Until(string line, int port) =>
        Wait.Until(() => Ask(port, "INFO", "replication").Contains(line), () => Ask(port, "INFO", "replication"));

    private static string Offset(int port, string name) => Ask(port, "INFO", "replication").Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?.Split(':')[1] ?? "";

    // A large copy takes its time: what counts is that it goes on.
    private static void UntilCopied(int replica)
    {
        while (!Ask(replica, "INFO", "replication").Contains("master_link_status:up"))
        {
            string before = Progress(replica);
            Wait.Until(() => Progress(replica) != before, () => $"{before}: {Ask(replica, "INFO", "replication")}");
        }
    }

    private static string Progress(int replica) => Ask(replica, "DBSIZE") + Offset(replica, "master_sync_read_bytes")
        + Offset(replica, "master_link_status");

    // Nobody writes: whatever the primary says besides has no effect on keys.
    private static void UntilEqual(int primary, int replica)
    {
        Until("master_link_status:up", replica);
        Wait.Until(() => Offset(primary, "master_repl_offset") == Offset(replica, "slave_repl_offset"),
            () => $"{Ask(primary, "INFO", "replication")}\n{Ask(replica, "INFO", "replication")}");
    }

    private void Follow(int primary, int replica)
    {
        KeySpace.Fill(primary);
        var writer = new LiveWriter(primary, seed: 1);
        writer.Fill(Keys);
        _link = new CutLink(primary);
        Assert.Equal("OK", Ask(replica, "REPLICAOF", "127.0.0.1", $"{_link.Port}"));
        writer.Change(Changes);
        UntilCopied(replica);
        writer.Change(Changes);
        _link.Cut();
        writer.Change(Changes);
        UntilEqual(primary, replica);
        Assert.Equal(KeySpace.Describe(primary), KeySpace.Describe(replica));
    }
}
