using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class KeyCommandTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public KeyCommandTests() => _peer = new RespPeer(_host);

    [Fact]
    public void Delete_exists_touch_and_type_count_keys() => _peer
        .Expect("MSET a 1 b 2 c 3", "+OK").Expect("EXISTS a a x b", ":3").Expect("TOUCH a x", ":1")
        .Expect("TYPE a", "+string").Expect("TYPE x", "+none").Expect("DEL a a x", ":1").Expect("UNLINK b c", ":2")
        .Expect("DEL a", ":0").Expect("EXISTS a", ":0").Expect("DBSIZE", ":0");

    [Fact]
    public void An_item_is_gone_to_the_millisecond()
    {
        _peer.Expect("SET a 1 PX 1000", "+OK");
        _host.Clock.Now += 999;
        _peer.Expect("PTTL a", ":1").Expect("GET a", "$1 1");
        _host.Clock.Now++;
        _peer.Expect("PTTL a", ":-2").Expect("GET a", "$-1").Expect("SET a 2 NX", "+OK");
    }

    [Fact]
    public void Times_are_told_rounded_to_seconds() => _peer
        .Expect("SET a 1 PX 1499", "+OK").Expect("TTL a", ":1").Expect("PEXPIRE a 1500", ":1").Expect("TTL a", ":2")
        .Expect("EXPIRETIME a", ":1700000002").Expect("PEXPIRETIME a", ":1700000001500").Expect("PERSIST a", ":1")
        .Expect("PERSIST a", ":0").Expect("TTL a", ":-1").Expect("EXPIRETIME a", ":-1").Expect("TTL x", ":-2")
        .Expect("PEXPIRETIME x", ":-2").Expect("PERSIST x", ":0");

    [Theory]
    [InlineData("SET k v PX 9007199254740993", "9008899254740993")]
    [InlineData("SET k v PXAT 9223372036854775807", "9223372036854775807")]
    [InlineData("SET k v EXAT 9223372036854775", "9223372036854775000")]
    [InlineData("PSETEX k 9007199254740993 v", "9008899254740993")]
    [InlineData("SETEX k 9007199254740 v", "9008899254740000")]
    [InlineData("GETEX k PX 9007199254740993", "9008899254740993")]
    [InlineData("PEXPIRE k 9007199254740993", "9008899254740993")]
    [InlineData("PEXPIREAT k 9223372036854775807", "9223372036854775807")]
    [InlineData("EXPIRE k 9007199254740", "9008899254740000")]
    [InlineData("EXPIREAT k 9223372036854775", "9223372036854775000")]
    public void Far_times_are_kept_to_the_millisecond(string command, string expiresAt)
    {
        _peer.Expect("SET k w", "+OK");
        _peer.Send(command);
        _peer.Expect("PEXPIRETIME k", ":" + expiresAt);
    }

    [Fact]
    public void Expire_sets_times() => _peer
        .Expect("SET a 1", "+OK").Expect("EXPIRE a 100", ":1").Expect("PTTL a", ":100000").Expect("PEXPIRE a 5", ":1")
        .Expect("PTTL a", ":5").Expect("EXPIREAT a 1700000007", ":1").Expect("PTTL a", ":7000")
        .Expect("PEXPIREAT a 1700000000007", ":1").Expect("PTTL a", ":7").Expect("EXPIRE x 10", ":0");

    [Theory]
    [InlineData("EXPIRE a 0")]
    [InlineData("EXPIRE a -1")]
    [InlineData("PEXPIRE a -1000")]
    [InlineData("EXPIREAT a 0")]
    [InlineData("EXPIREAT a 1700000000")]
    [InlineData("PEXPIREAT a -5")]
    public void A_time_that_is_over_deletes(string request) =>
        _peer.Expect("SET a 1", "+OK").Expect(request, ":1").Expect("EXISTS a", ":0");

    [Fact]
    public void Expire_conditions() => _peer
        .Expect("SET a 1", "+OK").Expect("EXPIRE a 10 XX", ":0").Expect("EXPIRE a 10 GT", ":0")
        .Expect("EXPIRE a 100 LT", ":1").Expect("EXPIRE a 10 NX", ":0").Expect("EXPIRE a 100 GT", ":0")
        .Expect("EXPIRE a 100 LT", ":0").Expect("EXPIRE a 200 XX", ":1").Expect("EXPIRE a 100 lt xx", ":1")
        .Expect("EXPIRE a 101 gt", ":1")
        .Expect("PERSIST a", ":1")
        .Expect("EXPIRE a 10 nx", ":1")
        .Expect("TTL a", ":10");

    [Theory]
    [InlineData("EXPIRE a abc", "-ERR value is not an integer or out of range")]
    [InlineData("EXPIRE a 9223372036854775807", "-ERR invalid expire time in 'expire' command")]
    [InlineData("EXPIRE a -9223372036854775808", "-ERR invalid expire time in 'expire' command")]
    [InlineData("PEXPIRE a 9223372036854775807", "-ERR invalid expire time in 'pexpire' command")]
    [InlineData("EXPIREAT a 9223372036854776", "-ERR invalid expire time in 'expireat' command")]
    [InlineData("EXPIRE a 10 NX XX", "-ERR NX and XX, GT or LT options at the same time are not compatible")]
    [InlineData("EXPIRE a 10 GT LT", "-ERR GT and LT options at the same time are not compatible")]
    [InlineData("EXPIRE a abc foo", "-ERR Unsupported option foo")]
    public void Expire_errors(string request, string error) => _peer.Expect(request, error);

    [Fact]
    public void Databases_are_apart() => _peer
        .Expect("SET a 0", "+OK").Expect("SELECT 1", "+OK").Expect("GET a", "$-1").Expect("SET a 1", "+OK")
        .Expect("DBSIZE", ":1")
        .Expect("SELECT 15", "+OK")
        .Expect("DBSIZE", ":0")
        .Expect("SELECT 16", "-ERR DB index is out of range")
        .Expect("SELECT 1", "+OK").Expect("FLUSHDB", "+OK").Expect("SELECT 0", "+OK").Expect("GET a", "$1 0")
        .Expect("SELECT 2", "+OK").Expect("FLUSHALL", "+OK").Expect("SELECT 0", "+OK").Expect("DBSIZE", ":0")
        .Expect("FLUSHALL foo", "-ERR syntax error").Expect("FLUSHDB async", "+OK").Expect("FLUSHDB SYNC", "+OK");

    [Fact]
    public void Scan_visits_every_key_once_when_nothing_changes()
    {
        for (int i = 0; i < 500; i++)
        {
            _peer.Expect($"SET key:{i} v", "+OK");
        }

        List<string> seen = [];
        string cursor = "0";
        do
        {
            string[] words = _peer.Send($"SCAN {cursor} COUNT 7").Split(' ');
            cursor = words[2];
            seen.AddRange(words.Where(word => word.StartsWith("key:", StringComparison.Ordinal)));
        }
        while (cursor != "0");
        Assert.Equal(500, seen.Count);
        Assert.Equal(500, seen.Distinct().Count());
    }

    [Fact]
    public void Scan_filters_and_refuses() => _peer
        .Expect("MSET abc 1 abd 2 x 3", "+OK").Expect("SCAN 0 COUNT 1000 MATCH x", "*2 $1 0 *1 $1 x")
        .Expect("SCAN 0 COUNT 1000 TYPE hash", "*2 $1 0 *0")
        .Expect("SCAN 0 COUNT 1000 TYPE string MATCH x", "*2 $1 0 *1 $1 x")
        .Expect("SCAN abc", "-ERR invalid cursor").Expect("SCAN 0 COUNT 0", "-ERR syntax error")
        .Expect("SCAN 0 COUNT", "-ERR syntax error").Expect("SCAN 0 FOO 1", "-ERR syntax error")
        .Expect("SCAN 0 COUNT a", "-ERR value is not an integer or out of range");

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*", "abc", true)]
    [InlineData("a*", "a", true)]
    [InlineData("a*c*e", "abcde", true)]
    [InlineData("a*c*e", "abcd", false)]
    [InlineData("*b*b*", "abab", true)]
    [InlineData("[abc]x", "bx", true)]
    [InlineData("[^abc]x", "bx", false)]
    [InlineData("[^abc]x", "dx", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[c-a]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[\\\\]]", "]", true)]
    [InlineData("[a-", "a", true)]
    [InlineData("[a", "a", true)]
    [InlineData("\\\\*", "*", true)]
    [InlineData("\\\\*", "a", false)]
    [InlineData("a**", "a", true)]
    public void Keys_match_globs(string pattern, string key, bool matches) => _peer
        .Expect($"SET {key} 1", "+OK").Expect($"KEYS \"{pattern}\"", matches ? $"*1 ${key.Length} {key}" : "*0");

    [Fact]
    public void A_glob_of_many_stars_ends_quickly() => _peer
        .Expect($"SET {new string('a', 5000)} 1", "+OK")
        .Expect($"KEYS {string.Concat(Enumerable.Repeat("a*", 200))}b", "*0");

    [Fact]
    public void Random_key() => _peer.Expect("RANDOMKEY", "$-1")
        .Expect("SET only 1", "+OK")
        .Expect("RANDOMKEY", "$4 only");

    [Fact]
    public void Object_tells_about_an_item()
    {
        _peer.Expect("SET a 123", "+OK")
            .Expect("OBJECT ENCODING a", "$3 int")
            .Expect($"SET b {new string('x', 44)}", "+OK")
            .Expect("OBJECT ENCODING b", "$6 embstr").Expect($"SET b {new string('x', 45)}", "+OK")
            .Expect("OBJECT ENCODING b", "$3 raw")
            .Expect("OBJECT REFCOUNT a", ":1")
            .Expect("OBJECT ENCODING x", "$-1");
        _host.Clock.Now += 12_500;
        _peer.Expect("OBJECT IDLETIME a", ":12").Expect("OBJECT IDLETIME x", "$-1").Expect("GET a", "$3 123")
            .Expect("OBJECT IDLETIME a", ":0");
    }

    [Fact]
    public void Keys_may_be_long_but_not_longer_than_the_store_takes()
    {
        string longest = new('k', 65_535);
        _peer.Expect($"SET {longest} 1", "+OK").Expect($"GET {longest}", "$1 1")
            .Expect($"SET {longest}k 1", "-ERR key is longer than 65535 bytes")
            .Expect($"MGET a {longest}k", "-ERR key is longer than 65535 bytes");
    }
}
