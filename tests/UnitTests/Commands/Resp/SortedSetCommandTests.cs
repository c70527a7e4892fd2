using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Sorted sets. Replies without another note are those of redis-server 7.0.15.</summary>
public sealed class SortedSetCommandTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public SortedSetCommandTests() => _peer = new RespPeer(_host);

    [Fact]
    public void Members_have_scores_ranks_and_an_order() => _peer
        .Expect("ZADD z 1 a 2 b 3 c", ":3").Expect("ZSCORE z b", "$1 2").Expect("ZADD z 0.1 a", ":0")
        .Expect("ZSCORE z a", "$19 0.10000000000000001").Expect("ZRANK z c", ":2").Expect("ZREVRANK z c", ":0")
        .Expect("ZRANK z x", "$-1").Expect("ZMSCORE z c x", "*2 $1 3 $-1").Expect("ZCARD z", ":3")
        .Expect("ZRANGE z 0 -1", "*3 $1 a $1 b $1 c").Expect("ZREVRANGE z 0 0 WITHSCORES", "*2 $1 c $1 3")
        .Expect("ZRANGEBYSCORE z (0.1 +inf LIMIT 1 1", "*1 $1 c").Expect("ZCOUNT z 2 (3", ":1")
        .Expect("ZINCRBY z 5 a", "$18 5.0999999999999996").Expect("ZPOPMAX z", "*2 $1 a $18 5.0999999999999996")
        .Expect("ZPOPMIN z 5", "*4 $1 b $1 2 $1 c $1 3").Expect("EXISTS z", ":0").Expect("ZPOPMIN z", "*0");

    /// <summary>Of redis 7.2.</summary>
    [Fact]
    public void A_rank_comes_with_its_score_if_wanted() => _peer
        .Expect("ZADD z 1 a 2.5 b", ":2").Expect("ZRANK z b WITHSCORE", "*2 :1 $3 2.5")
        .Expect("ZREVRANK z b WITHSCORE", "*2 :0 $3 2.5").Expect("ZRANK z x WITHSCORE", "*-1")
        .Expect("ZRANK z b FOO", "-ERR syntax error").Expect("HELLO 3", _peer.Send("HELLO 3"))
        .Expect("ZRANK z b WITHSCORE", "*2 :1 ,2.5").Expect("ZRANK z x WITHSCORE", "_");

    [Fact]
    public void Conditions_of_an_addition_are_kept() => _peer
        .Expect("ZADD z XX 1 a", ":0").Expect("ZADD z NX 1 a", ":1").Expect("ZADD z NX 2 a", ":0")
        .Expect("ZADD z GT CH 0.5 a", ":0").Expect("ZADD z GT CH 5 a", ":1").Expect("ZADD z LT INCR 1 a", "$-1")
        .Expect("ZADD z INCR -1 a", "$1 4").Expect("ZADD z inf b", ":1")
        .Expect("ZINCRBY z -inf b", "-ERR resulting score is not a number (NaN)")
        .Expect("ZADD z NX XX 1 a", "-ERR XX and NX options at the same time are not compatible")
        .Expect("ZADD z x a", "-ERR value is not a valid float").Expect("ZADD z NX 1", "-ERR syntax error");

    [Fact]
    public void Resp3_has_doubles_and_pairs() => _peer
        .Expect("ZADD z 1 a 2.5 b", ":2").Expect("HELLO 3", _peer.Send("HELLO 3")).Expect("ZSCORE z b", ",2.5")
        .Expect("ZRANGE z 0 -1 WITHSCORES", "*2 *2 $1 a ,1 *2 $1 b ,2.5").Expect("ZPOPMIN z", "*2 $1 a ,1")
        .Expect("ZPOPMIN z 1", "*1 *2 $1 b ,2.5").Expect("ZMPOP 1 z MIN", "_");

    [Fact]
    public void Sorted_sets_are_combined() => _peer
        .Expect("ZADD a 1 x 2 y", ":2").Expect("ZADD b 10 y 20 z", ":2").Expect("SADD s x y", ":2")
        .Expect("ZUNION 2 a b WITHSCORES", "*6 $1 x $1 1 $1 y $2 12 $1 z $2 20")
        .Expect("ZINTER 3 a b s WEIGHTS 1 2 3 AGGREGATE MAX WITHSCORES", "*2 $1 y $2 20")
        .Expect("ZDIFF 2 a b", "*1 $1 x").Expect("ZUNIONSTORE a 2 a b", ":3").Expect("ZSCORE a y", "$2 12")
        .Expect("ZINTERCARD 2 a b LIMIT 1", ":1").Expect("ZRANGESTORE c a 0 1", ":2").Expect("ZCARD c", ":2")
        .Expect("ZINTERSTORE c 2 a none", ":0").Expect("EXISTS c", ":0");

    [Fact]
    public void Ranges_of_a_large_sorted_set_are_answered_in_turns_and_removed_in_slices()
    {
        var limits = new SessionGateway.Commands.CommandLimits { RequestsPerTurn = 64 };
        var peer = new RespPeer(new CommandHost(limits: limits));
        for (int i = 0; i < 10_000; i += 500)
        {
            peer.Send($"ZADD z {string.Join(' ', Enumerable.Range(i, 500).Select(n => $"{n} m{n}"))}");
        }

        int before = peer.Turns;
        string[] all = Members(peer.Send("ZRANGE z 0 -1"));
        Assert.Equal(Enumerable.Range(0, 10_000).Select(n => $"m{n}"), all);
        Assert.Equal(all.Reverse(), Members(peer.Send("ZREVRANGE z 0 -1 WITHSCORES")));
        Assert.Equal(all[1000..9001], Members(peer.Send("ZRANGEBYSCORE z 1000 9000")));
        Assert.Equal(all[2000..4000].Reverse(), Members(peer.Send("ZRANGE z 4999 -inf BYSCORE REV LIMIT 1000 2000")));
        Assert.True(peer.Turns - before > 4, "no command needed a second turn");
        peer.Expect("ZCOUNT z (10 20", ":10").Expect("ZRANK z m7777", ":7777")
            .Expect("ZREMRANGEBYSCORE z 1000 8999", ":8000").Expect("ZCARD z", ":2000")
            .Expect("ZRANGE z 999 1000", "*2 $4 m999 $5 m9000").Expect("ZREMRANGEBYRANK z 0 -1", ":2000")
            .Expect("EXISTS z", ":0");
    }

    [Fact]
    public void Who_waits_gets_the_first_member_that_comes()
    {
        var waiting = new RespPeer(_host);
        Assert.Equal("", waiting.Send("BZPOPMIN none z 0"));
        _peer.Expect("ZADD z 2 b 1 a", ":2");
        Assert.Equal("*3 $1 z $1 a $1 1", waiting.Send(""));
        _peer.Expect("BZPOPMAX z 0", "*3 $1 z $1 b $1 2").Expect("BZMPOP 0 1 x MIN COUNT 0",
            "-ERR count should be greater than 0").Expect("MULTI", "+OK").Expect("BZMPOP 0 1 z MIN", "+QUEUED")
            .Expect("EXEC", "*1 *-1");
    }

    private static string[] Members(string reply) => [.. reply.Split(' ').Where(w => w.StartsWith('m'))];
}
