using System.Text;
using SessionGateway.Commands.Memcached;
using SessionGateway.Commands.Resp;
using SessionGateway.Store;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>A request that was let through because no script ran, and gets its lock when one keeps its key.</summary>
public sealed class ScriptRaceTests : OwningTests
{
    private const string Long = "EVAL \"redis.call('SET', KEYS[1], 'half') for i = 1, 3000000 do end "
        + "redis.call('SET', KEYS[1], 'whole') return 'done'\" 1 k";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CommandHost _host = new();
    private readonly RespPeer _other;
    private readonly RespPeer _peer;
    private readonly RespProcessor _processor = new();

    public ScriptRaceTests()
    {
        _other = new RespPeer(_host);
        _peer = new RespPeer(_host);
    }

    [Theory]
    [InlineData("GET k", "$5 whole")]
    [InlineData("SET k v", "+OK")]
    [InlineData("INCR k", "-ERR value is not an integer or out of range")]
    [InlineData("DEL j k", ":1")]
    [InlineData("MGET j k", "*2 $-1 $5 whole")]
    [InlineData("MSET j 1 k 2", "+OK")]
    [InlineData("RENAME k j", "+OK")]
    [InlineData("STRLEN k", ":5")]
    [InlineData("HSET k f v", "-WRONGTYPE Operation against a key holding the wrong kind of value")]
    [InlineData("SUNION j k", "-WRONGTYPE Operation against a key holding the wrong kind of value")]
    [InlineData("BLPOP k 0", "-WRONGTYPE Operation against a key holding the wrong kind of value")]
    [InlineData("EVAL \"return redis.call('GET', KEYS[1])\" 1 k", "$5 whole")]
    [InlineData("EVAL \"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) "
        + "else return 0 end\" 1 k whole", ":1")]
    public void Is_answered_behind_the_script(string request, string reply)
    {
        byte[] script = RespPeer.Encode(Long);
        Assert.Equal("", WhileItBegins(script, () => _other.Send(request)));
        Assert.True(_other.Connection.IsParked);
        Finish(script);
        Assert.Equal(reply, _other.SendRaw("").Replace("\r\n", " ", StringComparison.Ordinal).TrimEnd(' '));
    }

    [Fact]
    public void A_transaction_waits_whole()
    {
        byte[] script = RespPeer.Encode(Long);
        _other.Expect("MULTI", "+OK").Expect("SET j 1", "+QUEUED").Expect("GET k", "+QUEUED");
        Assert.Equal("", WhileItBegins(script, () => _other.Send("EXEC")));
        Finish(script);
        Assert.Equal("*2\r\n+OK\r\n$5\r\nwhole\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void An_answer_that_is_skipped_is_skipped_also_then()
    {
        byte[] script = RespPeer.Encode(Long);
        Assert.Equal("", _other.Send("CLIENT REPLY SKIP"));
        Assert.Equal("", WhileItBegins(script, () => _other.Send("GET k")));
        Finish(script);
        Assert.Equal("", _other.SendRaw(""));
        _other.Expect("GET k", "$5 whole");
    }

    [Fact]
    public void Who_wants_another_key_is_served_at_once()
    {
        byte[] script = RespPeer.Encode(Long);
        Assert.Equal("+OK", WhileItBegins(script, () => _other.Send("SET j 1")));
        Finish(script);
    }

    [Theory]
    [InlineData("get k\r\n", "VALUE k 0 5\r\nwhole\r\nEND\r\n")]
    [InlineData("append k 0 0 1\r\n!\r\n", "STORED\r\n")]
    [InlineData("delete k\r\n", "DELETED\r\n")]
    public void Clients_of_memcached_are_answered_behind_it_too(string line, string reply)
    {
        byte[] script = RespPeer.Encode(Long);
        byte[] request = Encoding.Latin1.GetBytes(line);
        var text = new MemcachedTextProcessor();
        _other.Context.BeginTurn();
        Assert.Equal("0", WhileItBegins(script, () => $"{text.Process(request, _other.Context)}"));
        Assert.True(_other.Connection.IsParked);
        Assert.Equal(0, _other.Context.Output.Length);
        Finish(script);
        _other.Context.BeginTurn();
        Assert.Equal(request.Length, text.Process(request, _other.Context));
        Assert.Equal(reply, Encoding.Latin1.GetString(_other.Context.Output.Written));
    }

    // All locks are held from before the request's look at the scripts until the script's first step is over. A request
    // that did not come as far as its lock by then finds the script by its first look.
    private string WhileItBegins(byte[] script, Func<string> request)
    {
        string reply = "";
        var thread = new Thread(() => reply = request());
        using (MultiShardScope all = _host.Store.EnterMany(ulong.MaxValue, _host.Clock.Now))
        {
            thread.Start();
            SpinWait.SpinUntil(
                () => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin) || !thread.IsAlive, Patience);
            Assert.Equal(0, Turn(script));
        }

        Assert.True(thread.Join(Patience));
        return reply;
    }

    private void Finish(byte[] request)
    {
        for (int i = 0; Turn(request) == 0; i++)
        {
            Assert.True(i < 100_000);
        }
    }

    private int Turn(byte[] request)
    {
        _peer.Context.Now = _host.Clock.Now;
        _peer.Context.Output.Clear();
        _peer.Context.BeginTurn();
        return _processor.Process(request, _peer.Context);
    }
}
