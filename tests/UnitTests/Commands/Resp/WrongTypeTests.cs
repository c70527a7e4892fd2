using SessionGateway.Store;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Keys that hold no string. The answers are those of redis-server 7.0.15 after <c>HSET h f v</c>.</summary>
public sealed class WrongTypeTests : OwningTests
{
    private const string WrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value";

    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public WrongTypeTests()
    {
        _peer = new RespPeer(_host);
        ItemKey key = _host.Store.Key(0, "h"u8);
        using ShardScope scope = _host.Store.Enter(key, _host.Clock.Now);
        scope.Shard.Collections.Hashes.Set(key, "f"u8, "v"u8, _host.Clock.Now);
    }

    [Theory]
    [InlineData("GET h")]
    [InlineData("GETSET h x")]
    [InlineData("GETDEL h")]
    [InlineData("GETEX h")]
    [InlineData("STRLEN h")]
    [InlineData("GETRANGE h 0 1")]
    [InlineData("SUBSTR h 0 1")]
    [InlineData("APPEND h x")]
    [InlineData("SETRANGE h 0 x")]
    [InlineData("SETRANGE h 0 \"\"")]
    [InlineData("INCR h")]
    [InlineData("DECRBY h 2")]
    [InlineData("INCRBYFLOAT h 1")]
    [InlineData("SET h x GET")]
    [InlineData("SET h x NX GET")]
    public void Commands_of_strings_refuse_a_hash_and_leave_it(string command) =>
        _peer.Expect(command, WrongType).Expect("TYPE h", "+hash").Expect("OBJECT ENCODING h", "$8 listpack");

    [Fact]
    public void Commands_of_keys_take_any_type() => _peer
        .Expect("EXISTS h", ":1").Expect("SETNX h x", ":0").Expect("TTL h", ":-1").Expect("EXPIRE h 100", ":1")
        .Expect("TTL h", ":100").Expect("SET h x XX", "+OK").Expect("GET h", "$1 x").Expect("TYPE h", "+string");

    [Fact]
    public void A_hash_among_many_keys_is_nil() => _peer.Expect("SET a 1", "+OK").Expect("MGET a h", "*2 $1 1 $-1");
}
