using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Lists. Replies without another note are those of redis-server 7.0.15.</summary>
public sealed class ListCommandTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public ListCommandTests() => _peer = new RespPeer(_host);

    [Fact]
    public void Elements_are_pushed_and_popped_at_both_ends() => _peer
        .Expect("LPUSHX l a", ":0").Expect("RPUSH l a b c", ":3").Expect("LPUSH l z y", ":5").Expect("RPUSHX l d", ":6")
        .Expect("LRANGE l 0 -1", "*6 $1 y $1 z $1 a $1 b $1 c $1 d").Expect("LPOP l", "$1 y")
        .Expect("RPOP l 2", "*2 $1 d $1 c")
        .Expect("LLEN l", ":3").Expect("LPOP l 0", "*0").Expect("LPOP l 9", "*3 $1 z $1 a $1 b")
        .Expect("EXISTS l", ":0")
        .Expect("LPOP l", "$-1").Expect("LPOP l 1", "*-1").Expect("LRANGE l 0 -1", "*0")
        .Expect("LMPOP 1 l LEFT", "*-1");

    [Fact]
    public void Elements_are_found_changed_and_removed() => _peer
        .Expect("RPUSH l a b a c a", ":5").Expect("TYPE l", "+list").Expect("OBJECT ENCODING l", "$9 quicklist")
        .Expect("LINDEX l -1", "$1 a").Expect("LINDEX l 9", "$-1").Expect("LPOS l a", ":0")
        .Expect("LPOS l a RANK -1", ":4")
        .Expect("LPOS l a COUNT 0", "*3 :0 :2 :4").Expect("LPOS l a COUNT 0 MAXLEN 3", "*2 :0 :2")
        .Expect("LPOS l x", "$-1")
        .Expect("LSET l 1 B", "+OK").Expect("LSET l 9 B", "-ERR index out of range")
        .Expect("LSET no 0 B", "-ERR no such key")
        .Expect("LINSERT l BEFORE c x", ":6").Expect("LINSERT l AFTER c y", ":7").Expect("LINSERT l AFTER no y", ":-1")
        .Expect("LREM l -2 a", ":2").Expect("LRANGE l 0 -1", "*5 $1 a $1 B $1 x $1 c $1 y")
        .Expect("LTRIM l 1 -2", "+OK")
        .Expect("LRANGE l 0 -1", "*3 $1 B $1 x $1 c").Expect("LTRIM l 5 9", "+OK").Expect("EXISTS l", ":0");

    [Fact]
    public void An_element_moves_between_lists_and_within_one_that_keeps_its_time() => _peer
        .Expect("RPUSH l a b", ":2").Expect("LMOVE l m LEFT RIGHT", "$1 a").Expect("RPOPLPUSH l m", "$1 b")
        .Expect("EXISTS l", ":0").Expect("LRANGE m 0 -1", "*2 $1 b $1 a").Expect("LMOVE m m LEFT RIGHT", "$1 b")
        .Expect("LRANGE m 0 -1", "*2 $1 a $1 b").Expect("LMOVE m m RIGHT LEFT", "$1 b").Expect("RPOP m", "$1 a")
        .Expect("EXPIRE m 100", ":1").Expect("LMOVE m m LEFT LEFT", "$1 b").Expect("TTL m", ":100")
        .Expect("LMOVE none m LEFT LEFT", "$-1").Expect("LMOVE m m UP LEFT", "-ERR syntax error")
        .Expect("LMPOP 2 none m LEFT COUNT 5", "*2 $1 m *1 $1 b");

    [Fact]
    public void Who_has_waited_longest_gets_the_first_element()
    {
        var first = new RespPeer(_host);
        var second = new RespPeer(_host);
        var moving = new RespPeer(_host);
        Assert.Equal("", first.Send("BLPOP none l 0"));
        Assert.Equal("", second.Send("BLMPOP 0 1 l RIGHT COUNT 5"));
        Assert.Equal("", moving.Send("BLMOVE l m LEFT RIGHT 0"));
        _peer.Expect("RPUSH l a", ":1");
        Assert.Equal("*2 $1 l $1 a", first.Send(""));
        Assert.Equal("", second.Send(""));
        _peer.Expect("RPUSH l b c", ":2");
        Assert.Equal("*2 $1 l *2 $1 c $1 b", second.Send(""));
        _peer.Expect("RPUSH l d", ":1");
        Assert.Equal("$1 d", moving.Send(""));
        _peer.Expect("LRANGE m 0 -1", "*1 $1 d").Expect("BRPOPLPUSH m l 0", "$1 d").Expect("BRPOP l 0", "*2 $1 l $1 d");
    }

    [Fact]
    public void Who_unblocks_and_a_deadline_end_the_wait()
    {
        var waiting = new RespPeer(_host);
        Assert.Equal("", waiting.Send("BLPOP l 5"));
        waiting.Connection.TimeOut();
        Assert.Equal("*-1", waiting.Send(""));
        Assert.Equal("", waiting.Send("BLMOVE l m LEFT LEFT 5"));
        Assert.True(waiting.Connection.TryUnblock(withError: false));
        Assert.Equal("*-1", waiting.Send(""));
        Assert.Equal("", waiting.Send("BLPOP l 5"));
        Assert.True(waiting.Connection.TryUnblock(withError: true));
        Assert.Equal("-UNBLOCKED client unblocked via CLIENT UNBLOCK", waiting.Send(""));
        Assert.False(waiting.Connection.TryUnblock(withError: true));
        _peer.Expect("MULTI", "+OK").Expect("BLMOVE l m LEFT LEFT 5", "+QUEUED").Expect("BLPOP l 5", "+QUEUED")
            .Expect("EXEC", "*2 $-1 *-1");
    }

    [Fact]
    public void Ranges_of_a_large_list_are_answered_in_turns_and_begun_again_when_it_changes()
    {
        var host = new CommandHost(limits: new SessionGateway.Commands.CommandLimits { RequestsPerTurn = 64 });
        var peer = new RespPeer(host);
        for (int i = 0; i < 10_000; i += 500)
        {
            peer.Send($"RPUSH l {string.Join(' ', Enumerable.Range(i, 500).Select(n => $"e{n}"))}");
        }

        int before = peer.Turns;
        string[] all = [.. peer.Send("LRANGE l 0 -1").Split(' ').Where(w => w.StartsWith('e'))];
        Assert.Equal(Enumerable.Range(0, 10_000).Select(n => $"e{n}"), all);
        Assert.True(peer.Turns - before > 4, "one turn was enough");
        peer.Expect("LREM l 0 e5000", ":1").Expect("LINSERT l BEFORE e5001 x", ":10000").Expect("LINDEX l 5000", "$1 x")
            .Expect("LTRIM l 4999 5001", "+OK").Expect("LRANGE l 0 -1", "*3 $5 e4999 $1 x $5 e5001");
    }
}
