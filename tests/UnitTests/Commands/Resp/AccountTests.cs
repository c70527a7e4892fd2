using SessionGateway.Commands;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>What commands keep for a connection is counted, bounded and given back.</summary>
public sealed class AccountTests : OwningTests
{
    private const int Sequences = 300;
    private const int Steps = 60;

    private static readonly string[] Requests =
    [
        "MULTI", "EXEC", "DISCARD", "WATCH k", "WATCH k other third", "UNWATCH", "SET k v", "GET k", "GET",
        "NOSUCH a b", "MULTI",
        "SUBSCRIBE a", "SUBSCRIBE a b c", "PSUBSCRIBE a* b*", "UNSUBSCRIBE a", "UNSUBSCRIBE", "PUNSUBSCRIBE",
        "PUBLISH a hello",
        "CLIENT SETNAME someone", "CLIENT SETNAME \"\"", "HELLO 3", "HELLO 3 SETNAME other", "SELECT 1", "RESET",
        "PING",
        "CLIENT REPLY OFF", "CLIENT REPLY ON", "CLIENT REPLY SKIP", "EVAL \"return redis.call('get',KEYS[1])\" 1 k",
        "FLUSHALL",
        $"SUBSCRIBE {new string('x', 70_000)}", $"PSUBSCRIBE {new string('x', 70_000)}",
    ];

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(1500)]
    public void Every_account_of_a_connection_is_empty_after_any_requests_and_a_reset_or_its_end(int clientBytes)
    {
        var host = new CommandHost(limits: new CommandLimits { ClientBytes = clientBytes });
        var random = new Random(11);
        for (int i = 0; i < Sequences; i++)
        {
            var peer = new RespPeer(host);
            var said = new List<string>();
            for (int step = 0; step < Steps; step++)
            {
                said.Add(Requests[random.Next(Requests.Length)]);
                peer.Send(said[^1]);
                Assert.InRange(peer.Connection.StateBytes, 0, clientBytes + 100);
            }

            if (i % 2 == 0)
            {
                peer.Send("RESET");
                Assert.True(peer.Connection.StateBytes == 0,
                    $"{peer.Connection.StateBytes} bytes after {string.Join("; ", said)}");
                Assert.Equal(0, peer.Connection.QueueBytes);
            }

            peer.Connection.Name = "";
            peer.Close();
            Assert.True(peer.Connection.StateBytes == 0,
                $"{peer.Connection.StateBytes} bytes after {string.Join("; ", said)}");
        }

        var last = new RespPeer(host);
        Assert.Equal("*0", last.Send("PUBSUB CHANNELS"));
        Assert.Equal(":0", last.Send("PUBSUB NUMPAT"));
        foreach (SessionGateway.Store.Shard shard in host.Store.Shards)
        {
            Assert.Equal(0, shard.Watches.Count);
        }
    }

    [Fact]
    public void Watching_and_forgetting_again_and_again_is_never_refused()
    {
        var peer = new RespPeer(new CommandHost(limits: new CommandLimits { ClientBytes = 4000 }));
        for (int i = 0; i < 10_000; i++)
        {
            peer.Expect("WATCH k", "+OK").Expect("UNWATCH", "+OK");
        }
    }

    [Fact]
    public void What_a_connection_keeps_is_bounded()
    {
        var peer = new RespPeer(new CommandHost(limits: new CommandLimits { ClientBytes = 2700 }));
        for (int i = 0; i < 9; i++)
        {
            peer.Send($"SUBSCRIBE channel{i}");
        }

        peer.Expect("SUBSCRIBE onemore", "-OOM command not allowed when used memory > 'maxmemory'.");
        peer.Send("UNSUBSCRIBE channel1");
        Assert.Contains("onemore", peer.Send("SUBSCRIBE onemore"));
    }

    [Fact]
    public void A_spoiled_queue_keeps_nothing()
    {
        var peer = new RespPeer(new CommandHost(limits: new CommandLimits { ClientBytes = 2000 }));
        peer.Send("MULTI");
        string value = new('v', 1100);
        peer.Expect($"SET a {value}", "+QUEUED")
            .Expect($"SET a {value}", "-OOM command not allowed when used memory > 'maxmemory'.");
        Assert.Equal(0, peer.Connection.StateBytes);
        peer.Expect("EXEC", "-EXECABORT Transaction discarded because of previous errors.");
    }
}
