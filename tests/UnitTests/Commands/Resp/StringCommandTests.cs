using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class StringCommandTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public StringCommandTests() => _peer = new RespPeer(_host);

    [Fact]
    public void Set_and_get() => _peer
        .Expect("GET a", "$-1").Expect("SET a 1", "+OK").Expect("GET a", "$1 1").Expect("set a \"\"", "+OK")
        .Expect("GET a", "$0").Expect("SET a \"\\r\\n\\0\"", "+OK").Expect("STRLEN a", ":3");

    [Fact]
    public void Set_only_if_absent_or_present() => _peer
        .Expect("SET a 1 XX", "$-1")
        .Expect("SET a 1 NX", "+OK")
        .Expect("SET a 2 nx", "$-1")
        .Expect("SET a 3 XX", "+OK")
        .Expect("GET a", "$1 3")
        .Expect("SET a 4 NX XX", "-ERR syntax error")
        .Expect("SET a 4 XX NX", "-ERR syntax error");

    [Fact]
    public void Set_with_get_answers_the_old_value() => _peer
        .Expect("SET a 1 GET", "$-1").Expect("SET a 2 GET", "$1 1").Expect("SET a 3 NX GET", "$1 2")
        .Expect("GET a", "$1 2").Expect("SET b 1 XX GET", "$-1").Expect("EXISTS b", ":0");

    [Fact]
    public void Set_with_a_time()
    {
        _peer.Expect("SET a 1 EX 10", "+OK").Expect("PTTL a", ":10000").Expect("SET a 1 PX 1500", "+OK")
            .Expect("PTTL a", ":1500").Expect("SET a 1 EXAT 1700000020", "+OK").Expect("PTTL a", ":20000")
            .Expect("SET a 1 PXAT 1700000000001", "+OK").Expect("PTTL a", ":1");
        _host.Clock.Now++;
        _peer.Expect("GET a", "$-1");
    }

    [Fact]
    public void Set_at_a_time_that_is_over_leaves_nothing_behind() => _peer
        .Expect("SET a 1", "+OK").Expect("SET a 2 EXAT 1", "+OK").Expect("EXISTS a", ":0")
        .Expect("SET a 2 PXAT 1700000000000", "+OK").Expect("EXISTS a", ":0").Expect("DBSIZE", ":0");

    [Fact]
    public void Set_forgets_the_time_unless_told_to_keep_it() => _peer
        .Expect("SET a 1 EX 10", "+OK").Expect("SET a 2 KEEPTTL", "+OK").Expect("TTL a", ":10")
        .Expect("SET a 3", "+OK").Expect("TTL a", ":-1").Expect("SET b 1 KEEPTTL", "+OK").Expect("TTL b", ":-1");

    [Theory]
    [InlineData("SET a 1 EX 0", "-ERR invalid expire time in 'set' command")]
    [InlineData("SET a 1 EX -1", "-ERR invalid expire time in 'set' command")]
    [InlineData("SET a 1 EX 9223372036854775807", "-ERR invalid expire time in 'set' command")]
    [InlineData("SET a 1 PX 9223372036854775807", "-ERR invalid expire time in 'set' command")]
    [InlineData("SET a 1 EX abc", "-ERR value is not an integer or out of range")]
    [InlineData("SET a 1 EX", "-ERR syntax error")]
    [InlineData("SET a 1 EX 1 PX 1", "-ERR syntax error")]
    [InlineData("SET a 1 KEEPTTL EX 1", "-ERR syntax error")]
    [InlineData("SET a 1 EX 1 KEEPTTL", "-ERR syntax error")]
    [InlineData("SET a 1 PERSIST", "-ERR syntax error")]
    [InlineData("SET a 1 foo", "-ERR syntax error")]
    [InlineData("SET a", "-ERR wrong number of arguments for 'set' command")]
    [InlineData("SETEX a 0 1", "-ERR invalid expire time in 'setex' command")]
    [InlineData("SETEX a 9223372036854775 1", "-ERR invalid expire time in 'setex' command")]
    [InlineData("SETEX a x 1", "-ERR value is not an integer or out of range")]
    [InlineData("PSETEX a 0 1", "-ERR invalid expire time in 'psetex' command")]
    [InlineData("GETEX a EX", "-ERR syntax error")]
    [InlineData("GETEX a KEEPTTL", "-ERR syntax error")]
    [InlineData("GETEX a PERSIST EX 1", "-ERR syntax error")]
    [InlineData("GETEX a EX 1 PERSIST", "-ERR syntax error")]
    public void Bad_times_and_options(string request, string error) => _peer.Expect(request, error);

    [Fact]
    public void A_repeated_time_overrides() => _peer.Expect("SET a 1 EX 10 EX 20", "+OK").Expect("TTL a", ":20");

    [Fact]
    public void Setex_psetex_setnx_getset_getdel() => _peer
        .Expect("SETEX a 10 x", "+OK")
        .Expect("TTL a", ":10")
        .Expect("PSETEX a 2500 y", "+OK")
        .Expect("PTTL a", ":2500")
        .Expect("SETNX a z", ":0").Expect("GETSET a z", "$1 y").Expect("TTL a", ":-1").Expect("GETDEL a", "$1 z")
        .Expect("GETDEL a", "$-1").Expect("GETSET a z", "$-1").Expect("SETNX b z", ":1");

    [Fact]
    public void Getex_changes_only_the_time() => _peer
        .Expect("GETEX a EX abc", "$-1")
        .Expect("SET a 1", "+OK")
        .Expect("GETEX a EX abc", "-ERR value is not an integer or out of range")
        .Expect("GETEX a", "$1 1").Expect("TTL a", ":-1").Expect("GETEX a EX 10", "$1 1").Expect("TTL a", ":10")
        .Expect("GETEX a PERSIST", "$1 1")
        .Expect("TTL a", ":-1")
        .Expect("GETEX a EXAT 1", "$1 1")
        .Expect("EXISTS a", ":0");

    [Fact]
    public void Many_keys() => _peer
        .Expect("MSET a 1 b 2 a 3", "+OK").Expect("MGET a b c a", "*4 $1 3 $1 2 $-1 $1 3")
        .Expect("MSETNX c 1 a 1", ":0").Expect("EXISTS c", ":0").Expect("MSETNX c 1 d 2", ":1")
        .Expect("MSET a", "-ERR wrong number of arguments for 'mset' command")
        .Expect("MSET a 1 b", "-ERR wrong number of arguments for 'mset' command")
        .Expect("MSETNX a 1 b", "-ERR wrong number of arguments for 'msetnx' command");

    [Fact]
    public void Ranges() => _peer
        .Expect("SET a foobar", "+OK").Expect("GETRANGE a 0 -1", "$6 foobar").Expect("GETRANGE a -3 -1", "$3 bar")
        .Expect("GETRANGE a 1 2", "$2 oo").Expect("SUBSTR a 5 100", "$1 r").Expect("GETRANGE a 100 200", "$0")
        .Expect("GETRANGE a -5 -100", "$0").Expect("GETRANGE x 0 -1", "$0")
        .Expect("GETRANGE a x 1", "-ERR value is not an integer or out of range")
        .Expect("SETRANGE a 1 XX", ":6").Expect("GET a", "$6 fXXbar").Expect("SETRANGE a 8 Y", ":9")
        .Expect("GET a", "$9 fXXbar\0\0Y").Expect("SETRANGE n 0 \"\"", ":0").Expect("EXISTS n", ":0")
        .Expect("SETRANGE a -1 x", "-ERR offset is out of range")
        .Expect("SETRANGE a 536870912 x", "-ERR string exceeds maximum allowed size (proto-max-bulk-len)");

    [Fact]
    public void Append_keeps_client_flags_and_time()
    {
        _host.PutWithFlags("a", "x", flags: 5, expiresAt: _host.Clock.Now + 9000);
        _peer.Expect("APPEND a yz", ":3").Expect("GET a", "$3 xyz").Expect("SETRANGE a 0 X", ":3");
        Assert.Equal((5u, _host.Clock.Now + 9000), _host.Attributes("a"));
        _peer.Expect("APPEND new 1", ":1").Expect("SET a 1", "+OK");
        Assert.Equal((0u, 0L), _host.Attributes("a"));
    }

    [Fact]
    public void An_item_of_a_memcached_client_is_a_string()
    {
        _host.PutWithFlags("a", "42", flags: 768);
        _peer.Expect("GET a", "$2 42").Expect("TYPE a", "+string").Expect("INCR a", ":43");
        Assert.Equal(768u, _host.Attributes("a").Flags);
    }

    [Fact]
    public void A_value_that_memory_does_not_allow_is_refused_and_the_old_one_stays()
    {
        var peer = new RespPeer(new CommandHost(memory: 8 << 20));
        string big = new('x', 8 << 20);
        const string Refused = "-OOM command not allowed when used memory > 'maxmemory'.";
        peer.Expect("SET a 1", "+OK").Expect($"SET a {big}", Refused).Expect($"SET a {big} GET", Refused)
            .Expect($"GETSET a {big}", Refused).Expect($"APPEND a {big}", Refused).Expect("GET a", "$1 1")
            .Expect($"MSET b {big}", Refused).Expect($"SETNX b {big}", Refused).Expect("SET b 2", "+OK");
    }
}
