using SessionGateway.Commands.Resp.Server;
using SessionGateway.Store;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>DEBUG, which is refused unless the start has allowed it. Texts are those of redis-server 7.0.15.</summary>
public sealed class DebugTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public DebugTests() => _peer = new RespPeer(_host);

    [Theory]
    [InlineData(DebugAccess.No, false)]
    [InlineData(DebugAccess.Local, true)]
    [InlineData(DebugAccess.Yes, true)]
    public void It_is_refused_unless_it_was_allowed(DebugAccess access, bool isAllowed)
    {
        _host.Services.Resp.Debug = access;
        string answer = _peer.Send("DEBUG SLEEP 0");
        Assert.Equal(isAllowed, answer == "+OK");
        Assert.Equal(isAllowed, !answer.StartsWith("-ERR DEBUG command not allowed.", StringComparison.Ordinal));
        _peer.Expect("CONFIG GET enable-debug-command",
            $"*2 $20 enable-debug-command ${access.ToString().Length} {access.ToString().ToLowerInvariant()}");
    }

    [Fact]
    public void Sleep_holds_up_its_own_client_only()
    {
        _host.Services.Resp.Debug = DebugAccess.Yes;
        using var other = new RespPeer(_host);
        _peer.Expect("DEBUG SLEEP 1.5", "");
        Assert.Equal(1500, _peer.Connection.Deadline);
        other.Expect("PING", "+PONG");
        _peer.Connection.TimeOut();
        Assert.Equal("+OK\r\n", _peer.SendRaw(""));
        _peer.Expect("DEBUG SLEEP x", "+OK").Expect("DEBUG SLEEP -1", "+OK").Expect("MULTI", "+OK")
            .Expect("DEBUG SLEEP 1", "+QUEUED").Expect("EXEC", "*1 +OK");
    }

    [Fact]
    public void Object_tells_of_a_key()
    {
        _host.Services.Resp.Debug = DebugAccess.Yes;
        _peer.Expect("DEBUG OBJECT k", "-ERR no such key").Expect("HSET k f v", ":1");
        Assert.Matches("^\\+Value at:0x0 refcount:1 encoding:listpack serializedlength:[0-9]+ lru:[0-9]+ "
            + "lru_seconds_idle:0$", _peer.Send("DEBUG OBJECT k"));
        _peer.Expect("DEBUG JMAP", "-ERR unknown subcommand or wrong number of arguments for 'JMAP'. Try DEBUG HELP.");
        Assert.StartsWith("*11 +DEBUG <subcommand>", _peer.Send("DEBUG HELP"));
    }

    [Fact]
    public void Expired_keys_stay_uncollected_when_active_expiry_is_off_and_are_not_read()
    {
        _host.Services.Resp.Debug = DebugAccess.Yes;
        _peer.Expect("DEBUG SET-ACTIVE-EXPIRE 0", "+OK").Expect("SET k v PX 10", "+OK");
        _host.Clock.Now += 20;
        Maintain();
        _peer.Expect("DBSIZE", ":1").Expect("DEBUG SET-ACTIVE-EXPIRE 1", "+OK");
        Maintain();
        _peer.Expect("DBSIZE", ":0").Expect("DEBUG SET-ACTIVE-EXPIRE 0", "+OK").Expect("SET k v PX 10", "+OK");
        _host.Clock.Now += 20;
        _peer.Expect("GET k", "$-1");
    }

    private void Maintain()
    {
        for (int shard = 0; shard < _host.Store.Shards.Length; shard++)
        {
            while (!_host.Store.Maintain(shard, _host.Clock.Now, 1000))
            {
            }
        }
    }
}
