using System.Text;
using SessionGateway.Commands;
using SessionGateway.Commands.Memcached;
using SessionGateway.Commands.Resp;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>A script that needs more than one step is one moment all the same: others wait for its keys.</summary>
public sealed class ScriptMomentTests : OwningTests
{
    // Far more instructions than a step has.
    private const string Long = "redis.call('SET', KEYS[1], 'half') for i = 1, 3000000 do end "
        + "redis.call('SET', KEYS[1], 'whole') return 'done'";

    private const string Endless = "redis.call('SET', KEYS[1], 'x') while true do end";

    private readonly CommandHost _host = new();
    private readonly RespPeer _other;
    private readonly RespPeer _peer;
    private readonly RespProcessor _processor = new();

    public ScriptMomentTests()
    {
        _other = new RespPeer(_host);
        _peer = new RespPeer(_host);
    }

    [Theory]
    [InlineData("GET k", "$5 whole")]
    [InlineData("SET k v", "+OK")]
    [InlineData("DEL j k", ":1")]
    [InlineData("MGET j k", "*2 $-1 $5 whole")]
    [InlineData("KEYS *", "*1 $1 k")]
    [InlineData("DBSIZE", ":1")]
    [InlineData("FLUSHALL", "+OK")]
    [InlineData("EVAL \"return redis.call('GET', KEYS[1])\" 1 k", "$5 whole")]
    [InlineData("EVAL \"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) "
        + "else return 0 end\" 1 k whole", ":1")]
    public void Who_wants_its_keys_is_answered_behind_it(string request, string reply)
    {
        byte[] script = RespPeer.Encode($"EVAL \"{Long}\" 1 k");
        Assert.Equal(0, Turn(script));
        Assert.Equal("", _other.Send(request));
        Assert.True(_other.Connection.IsParked);
        Finish(script);
        Assert.False(_other.Connection.IsParked);
        Assert.Equal(reply, _other.SendRaw("").Replace("\r\n", " ", StringComparison.Ordinal).TrimEnd(' '));
    }

    [Fact]
    public void A_transaction_on_its_keys_waits_whole()
    {
        byte[] script = RespPeer.Encode($"EVAL \"{Long}\" 1 k");
        _other.Expect("MULTI", "+OK").Expect("SET j 1", "+QUEUED").Expect("GET k", "+QUEUED");
        Assert.Equal(0, Turn(script));
        Assert.Equal("", _other.Send("EXEC"));
        _peer.Context.Output.Clear();
        Finish(script);
        Assert.Equal("*2\r\n+OK\r\n$5\r\nwhole\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void Others_go_on_with_other_keys_and_read_its_keys_until_it_has_written()
    {
        _other.Expect("SET k before", "+OK");
        byte[] script = RespPeer.Encode(
            "EVAL \"redis.call('GET', KEYS[1]) for i = 1, 3000000 do end redis.call('SET', KEYS[1], 1)\" 1 k");
        Assert.Equal(0, Turn(script));
        _other.Expect("GET k", "$6 before").Expect("SET j 1", "+OK").Expect("PING", "+PONG");
        _other.Expect("KEYS k", "*1 $1 k");
        Finish(script);
        _other.Expect("GET k", "$1 1");
    }

    [Fact]
    public void A_key_that_it_did_not_declare_is_kept_from_its_first_touch_on()
    {
        byte[] script = RespPeer.Encode(
            "EVAL \"for i = 1, 3000000 do end redis.call('SET', 'late', 1) for i = 1, 3000000 do end\" 0");
        _other.Expect("SET late 0", "+OK");
        Assert.Equal(0, Turn(script));
        int before = 0;
        while (_other.Send("GET late") == "$1 0")
        {
            before++;
            Assert.Equal(0, Turn(script));
        }

        Assert.True(before > 0);
        Assert.True(_other.Connection.IsParked);
        Finish(script);
        Assert.Equal("$1\r\n1\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void A_parked_pop_that_a_script_feeds_takes_when_the_script_is_over()
    {
        Assert.Equal("", _other.Send("BLPOP list 0"));
        byte[] script = RespPeer.Encode(
            "EVAL \"redis.call('RPUSH', KEYS[1], 'a', 'b') for i = 1, 3000000 do end "
            + "return redis.call('LPOP', KEYS[1])\" 1 list");
        Assert.Equal(0, Turn(script));
        Assert.Equal("", _other.SendRaw(""));
        Finish(script);
        Assert.Equal("*2\r\n$4\r\nlist\r\n$1\r\nb\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void Memcached_clients_wait_too()
    {
        byte[] script = RespPeer.Encode($"EVAL \"{Long}\" 1 k");
        Assert.Equal(0, Turn(script));
        var text = new MemcachedTextProcessor();
        byte[] request = "get j k\r\n"u8.ToArray();
        _other.Context.BeginTurn();
        Assert.Equal(0, text.Process(request, _other.Context));
        Assert.True(_other.Connection.IsParked);
        Finish(script);
        _other.Context.BeginTurn();
        Assert.Equal(request.Length, text.Process(request, _other.Context));
        Assert.Equal("VALUE k 0 5\r\nwhole\r\nEND\r\n", Encoding.Latin1.GetString(_other.Context.Output.Written));
    }

    [Fact]
    public void Who_has_waited_for_the_threshold_is_told_that_it_is_busy()
    {
        byte[] script = RespPeer.Encode($"EVAL \"{Endless}\" 1 k");
        Assert.Equal(0, Turn(script));
        Assert.Equal("", _other.Send("GET k"));
        Assert.Equal(5000, _other.Connection.Deadline);
        _host.Clock.Now += 5000;
        _other.Connection.TimeOut();
        const string Busy = "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.";
        Assert.Equal(Busy + "\r\n", _other.SendRaw(""));
        _other.Expect("SET k 1", Busy).Expect("SET j 1", "+OK");
        _other.Expect("MULTI", "+OK").Expect("GET k", "+QUEUED");
        _other.Expect("EXEC", "-EXECABORT Transaction discarded because of: " + Busy[1..]);
        Assert.StartsWith("-UNKILLABLE ", _other.Send("SCRIPT KILL"));
        _processor.OnClosed(_peer.Context);
    }

    [Fact]
    public void The_threshold_is_set_by_either_of_its_names_and_0_waits_for_ever()
    {
        _other.Expect("CONFIG SET lua-time-limit -1", "-ERR CONFIG SET failed (possibly related to argument "
            + "'lua-time-limit') - argument must be between 0 and 9223372036854775807 inclusive");
        _other.Expect("CONFIG SET busy-reply-threshold 0", "+OK");
        _other.Expect("CONFIG GET lua-time-limit", "*2 $14 lua-time-limit $1 0");
        byte[] script = RespPeer.Encode($"EVAL \"{Long}\" 1 k");
        Assert.Equal(0, Turn(script));
        Assert.Equal("", _other.Send("GET k"));
        Assert.Equal(ClientConnection.NoDeadline, _other.Connection.Deadline);
        Finish(script);
        Assert.Equal("$5\r\nwhole\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void A_request_that_takes_turns_does_not_touch_its_key_in_a_later_one()
    {
        string keys = string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"k{i}"));
        _other.Expect("SET k4999 before", "+OK");
        byte[] request = RespPeer.Encode($"DEL {keys}");
        var second = new RespProcessor();
        Assert.Equal(0, Turn(request, second, 1));
        byte[] script = RespPeer.Encode("EVAL \"redis.call('SET', KEYS[1], 'mine') for i = 1, 3000000 do end "
            + "return redis.call('GET', KEYS[1])\" 1 k4999");
        Assert.Equal(0, Turn(script));
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(0, Turn(request, second, 1));
        }

        Finish(script);
        Assert.Equal("$4\r\nmine\r\n", Encoding.Latin1.GetString(_peer.Context.Output.Written));
        Finish(request, second);
        Assert.Equal(":1\r\n", Encoding.Latin1.GetString(_peer.Context.Output.Written));
        _other.Expect("EXISTS k4999", ":0");
    }

    [Fact]
    public void Its_client_goes_and_it_runs_to_its_end_all_the_same()
    {
        byte[] script = RespPeer.Encode($"EVAL \"{Long}\" 1 k");
        Assert.Equal(0, Turn(script));
        _processor.OnClosed(_peer.Context);
        Assert.Equal("", _other.Send("GET k"));
        for (int i = 0; _peer.Context.Leftovers.Any; i++)
        {
            Assert.True(i < 100_000);
            _peer.Context.Leftovers.Slice();
        }

        Assert.Equal("$5\r\nwhole\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void Two_that_want_each_others_keys_both_end()
    {
        const string Crossing = "redis.call('SET', KEYS[1], 1) for i = 1, 3000000 do end "
            + "redis.call('INCR', ARGV[1]) for i = 1, 3000000 do end return redis.call('INCR', ARGV[1])";
        byte[] one = RespPeer.Encode($"EVAL \"{Crossing}\" 1 a b");
        byte[] two = RespPeer.Encode($"EVAL \"{Crossing}\" 1 b a");
        var second = new RespProcessor();
        Assert.Equal(0, Turn(one));
        Assert.Equal(0, Turn(two, second));
        int left = 2;
        bool isOneOver = false;
        bool isTwoOver = false;
        for (int i = 0; i < 100_000 && left > 0; i++)
        {
            if (!isOneOver && Turn(one) != 0)
            {
                isOneOver = true;
                left--;
            }

            if (!isTwoOver && Turn(two, second) != 0)
            {
                isTwoOver = true;
                left--;
            }
        }

        Assert.Equal(0, left);
        _other.Expect("MGET a b", "*2 $1 3 $1 3");
    }

    [Fact]
    public void An_answer_that_is_skipped_is_skipped_also_when_it_waits()
    {
        byte[] script = RespPeer.Encode($"EVAL \"{Long}\" 1 k");
        Assert.Equal(0, Turn(script));
        Assert.Equal("", _other.Send("CLIENT REPLY SKIP"));
        Assert.Equal("", _other.Send("GET k"));
        Finish(script);
        Assert.Equal("", _other.SendRaw(""));
        _other.Expect("GET k", "$5 whole");
    }

    [Fact]
    public void Behind_a_long_step_scripts_that_may_be_long_rest_and_quick_ones_do_not()
    {
        byte[] quick = RespPeer.Encode("EVAL \"return 'quick'\" 0");
        byte[] fresh = RespPeer.Encode("EVAL \"return 'fresh'\" 0");
        var second = new RespProcessor();
        Assert.Equal(quick.Length, Turn(quick, second));
        _host.Clock.MillisecondsPerLook = 1;
        Assert.Equal(0, Turn(RespPeer.Encode("EVAL \"while true do end\" 0")));
        _host.Clock.MillisecondsPerLook = 0;
        Assert.Equal(0, Turn(fresh, second));
        Assert.True(_peer.Connection.IsParked);
        _peer.Connection.TimeOut();
        Assert.Equal(quick.Length, Turn(quick, second));
        _host.Clock.Now += 10;
        Assert.Equal(fresh.Length, Turn(fresh, second));
        _processor.OnClosed(_peer.Context);
    }

    private void Finish(byte[] request, RespProcessor? processor = null)
    {
        for (int i = 0; Turn(request, processor) == 0; i++)
        {
            Assert.True(i < 100_000);
        }
    }

    private int Turn(byte[] request, RespProcessor? processor = null, int work = 1024)
    {
        _peer.Context.Now = _host.Clock.Now;
        _peer.Context.Output.Clear();
        _peer.Context.BeginTurn(work);
        return (processor ?? _processor).Process(request, _peer.Context);
    }
}
