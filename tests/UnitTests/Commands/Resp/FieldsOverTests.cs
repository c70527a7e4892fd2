using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>A hash whose last field's time is over, for commands that do not look into it.</summary>
public sealed class FieldsOverTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public FieldsOverTests() => _peer = new RespPeer(_host);

    [Theory]
    [InlineData("EXISTS h", ":0")]
    [InlineData("TYPE h", "+none")]
    [InlineData("TTL h", ":-2")]
    [InlineData("KEYS *", "*0")]
    [InlineData("SCAN 0", "*2 $1 0 *0")]
    [InlineData("RANDOMKEY", "$-1")]
    [InlineData("OBJECT ENCODING h", "$-1")]
    [InlineData("DEL h", ":0")]
    [InlineData("PERSIST h", ":0")]
    [InlineData("COPY h i", ":0")]
    [InlineData("RENAME h i", "-ERR no such key")]
    [InlineData("SET h v NX", "+OK")]
    [InlineData("APPEND h v", ":1")]
    [InlineData("SADD h v", ":1")]
    [InlineData("HLEN h", ":0")]
    [InlineData("HGETALL h", "*0")]
    public void Is_gone_at_the_deadline_of_its_last_field(string request, string reply)
    {
        _peer.Expect("HSET h a 1 b 2", ":2").Expect("HPEXPIRE h 100 FIELDS 1 a", "*1 :1")
            .Expect("HPEXPIRE h 200 FIELDS 1 b", "*1 :1");
        _host.Clock.Now += 199;
        _peer.Expect("EXISTS h", ":1").Expect("TYPE h", "+hash").Expect("TTL h", ":-1");
        _host.Clock.Now += 1;
        _peer.Expect(request, reply);
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Theory]
    [InlineData("HSET h c 3", ":1")]
    [InlineData("HPERSIST h FIELDS 1 b", "*1 :1")]
    [InlineData("HPEXPIRE h 1000 FIELDS 1 b", "*1 :1")]
    [InlineData("HINCRBY h c 3", ":3")]
    public void Stays_while_a_field_stays(string request, string reply)
    {
        _peer.Expect("HSET h a 1 b 2", ":2").Expect("HPEXPIRE h 100 FIELDS 2 a b", "*2 :1 :1").Expect(request, reply);
        _host.Clock.Now += 100;
        _peer.Expect("EXISTS h", ":1").Expect("TYPE h", "+hash").Expect("HLEN h", ":1");
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Fact]
    public void Ends_earlier_when_the_field_that_stays_is_deleted()
    {
        _peer.Expect("HSET h a 1 b 2", ":2").Expect("HPEXPIRE h 100 FIELDS 1 a", "*1 :1").Expect("HDEL h b", ":1");
        _host.Clock.Now += 100;
        _peer.Expect("EXISTS h", ":0");
    }

    [Fact]
    public void Its_own_time_to_live_may_end_before()
    {
        _peer.Expect("HSET h a 1", ":1").Expect("HPEXPIRE h 100 FIELDS 1 a", "*1 :1").Expect("PEXPIRE h 50", ":1");
        _host.Clock.Now += 49;
        _peer.Expect("PTTL h", ":1");
        _host.Clock.Now += 1;
        _peer.Expect("EXISTS h", ":0");
    }

    [Fact]
    public void Upkeep_ends_fields_and_hashes_that_nobody_looks_at_and_they_are_told()
    {
        var listener = new RespPeer(_host);
        _peer.Expect("CONFIG SET notify-keyspace-events AE", "+OK").Expect("HSET h a 1 b 2", ":2")
            .Expect("HSET i a 1", ":1").Expect("HPEXPIRE h 100 FIELDS 1 a", "*1 :1")
            .Expect("HPEXPIRE i 150 FIELDS 1 a", "*1 :1");
        listener.Send("PSUBSCRIBE *");
        _host.Clock.Now += 100;
        Maintain();
        Assert.Equal("*4 $8 pmessage $1 * $23 __keyevent@0__:hexpired $1 h", listener.TakePushed());
        _host.Clock.Now += 50;
        Maintain();
        Assert.Equal(
            "*4 $8 pmessage $1 * $23 __keyevent@0__:hexpired $1 i *4 $8 pmessage $1 * $18 __keyevent@0__:del $1 i",
            listener.TakePushed());
        Assert.Equal(1, _host.Store.Count(0));
    }

    [Fact]
    public void A_large_hash_goes_by_upkeep_too()
    {
        for (int i = 0; i < 3000; i++)
        {
            _peer.Expect($"HSETEX h PX 100 FIELDS 1 f{i} value", ":1");
        }

        _peer.Expect("HSETEX i PX 100 FIELDS 1 f value", ":1");
        _host.Clock.Now += 100;
        Maintain();
        Assert.Equal(0, _host.Store.Count(0));
        Maintain();
        Assert.Equal(0, _host.Store.Count(ItemStore.PagesOf(0)));
    }

    // As a loop does it: until there is nothing to do at this time.
    private void Maintain()
    {
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            while (!_host.Store.Maintain(shard, _host.Clock.Now, 10_000))
            {
            }
        }
    }
}
