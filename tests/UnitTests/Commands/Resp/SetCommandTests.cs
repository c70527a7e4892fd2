using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Sets. Replies without another note are those of redis-server 7.0.15.</summary>
public sealed class SetCommandTests : OwningTests
{
    private readonly RespPeer _peer = new();

    [Fact]
    public void Members_are_added_found_and_removed() => _peer
        .Expect("SADD s a b a", ":2").Expect("SADD s b", ":0").Expect("SCARD s", ":2").Expect("SISMEMBER s a", ":1")
        .Expect("SMISMEMBER s a x b", "*3 :1 :0 :1").Expect("SMISMEMBER none a", "*1 :0")
        .Expect("SMEMBERS s", "*2 $1 a $1 b")
        .Expect("SMOVE s t a", ":1").Expect("SMOVE s t a", ":0").Expect("SMOVE none s x", ":0")
        .Expect("SREM s b x", ":1")
        .Expect("EXISTS s", ":0").Expect("SMEMBERS s", "*0").Expect("TYPE t", "+set").Expect("SPOP t", "$1 a")
        .Expect("SPOP t", "$-1").Expect("SPOP t 3", "*0").Expect("SRANDMEMBER t", "$-1")
        .Expect("SRANDMEMBER t 3", "*0");

    [Fact]
    public void Encodings_are_those_of_redis() => _peer
        .Expect("SADD n 1 2 3", ":3").Expect("OBJECT ENCODING n", "$6 intset").Expect("SADD n x", ":1")
        .Expect("OBJECT ENCODING n", "$9 hashtable");

    [Fact]
    public void Sets_are_combined() => _peer
        .Expect("SADD a 1 2 3 4", ":4").Expect("SADD b 3 4 5", ":3").Expect("SINTER a b", "*2 $1 3 $1 4")
        .Expect("SUNION a b none", "*5 $1 1 $1 2 $1 3 $1 4 $1 5").Expect("SDIFF a b", "*2 $1 1 $1 2")
        .Expect("SINTER a none", "*0").Expect("SINTERCARD 2 a b LIMIT 1", ":1").Expect("SINTERCARD 2 a b", ":2")
        .Expect("SUNIONSTORE a a b", ":5").Expect("SCARD a", ":5").Expect("SDIFFSTORE a b a", ":0")
        .Expect("EXISTS a", ":0")
        .Expect("SET str x", "+OK").Expect("SINTER b str", WrongType).Expect("SINTERSTORE str b b", ":3")
        .Expect("TYPE str", "+set")
        .Expect("SINTERCARD 3 a b", "-ERR Number of keys can't be greater than number of args");

    [Fact]
    public void Resp3_has_sets() => _peer
        .Expect("SADD s a", ":1").Expect("HELLO 3", _peer.Send("HELLO 3")).Expect("SMEMBERS s", "~1 $1 a")
        .Expect("SUNION s", "~1 $1 a").Expect("SRANDMEMBER s 1", "*1 $1 a").Expect("SPOP s 1", "~1 $1 a")
        .Expect("SPOP s", "_");

    [Fact]
    public void Large_sets_are_answered_combined_and_emptied_in_turns()
    {
        for (int i = 0; i < 10_000; i += 500)
        {
            _peer.Send($"SADD s {string.Join(' ', Enumerable.Range(i, 500).Select(n => $"m{n}"))}");
        }

        Assert.Equal(10_000, Members(_peer.Send("SMEMBERS s")).Distinct().Count());
        _peer.Expect("SADD t m1 m2 x", ":3").Expect("SINTERSTORE u s t", ":2").Expect("SUNIONSTORE u s t", ":10001")
            .Expect("SDIFFSTORE u u s", ":1").Expect("SMEMBERS u", "*1 $1 x");
        Assert.Equal(3_000, Members(_peer.Send("SPOP s 3000")).Distinct().Count());
        _peer.Expect("SCARD s", ":7000");
        Assert.Equal(7_000, Members(_peer.Send("SPOP s 8000")).Distinct().Count());
        _peer.Expect("EXISTS s", ":0");
    }

    private const string WrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value";

    private static IEnumerable<string> Members(string reply) =>
        reply.Split(' ').Where(w => w.StartsWith('m'));
}
