using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Commands of keys on every type of collection. Replies are those of redis-server 7.0.15.</summary>
public sealed class CollectionKeyTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public CollectionKeyTests() => _peer = new RespPeer(_host);

    public static TheoryData<string, string, string, string> Types => new()
    {
        { "HSET k a 1", "HSET k b 2", "hash", "$8 listpack" },
        { "SADD k a", "SADD k b", "set", "$9 hashtable" },
        { "ZADD k 1 a", "ZADD k 2 b", "zset", "$8 listpack" },
        { "RPUSH k a", "LPUSH k b", "list", "$9 quicklist" },
    };

    [Fact]
    public void A_hash_of_512_short_fields_is_packed_in_Redis_words_and_a_sorted_set_of_128()
    {
        string Fields(int from, int count) =>
            string.Join(' ', Enumerable.Range(from, count).Select(i => $"{i} v{new string('x', 63)}"));
        _peer.Expect($"HSET h {Fields(0, 512)}", ":512").Expect("OBJECT ENCODING h", "$8 listpack")
            .Expect($"HSET h {Fields(512, 1)}", ":1").Expect("OBJECT ENCODING h", "$9 hashtable")
            .Expect("HDEL h 1 2 3", ":3").Expect("OBJECT ENCODING h", "$9 hashtable")
            .Expect("HSET i f " + new string('v', 65), ":1").Expect("OBJECT ENCODING i", "$9 hashtable");
        string members = string.Join(' ', Enumerable.Range(0, 128).Select(i => $"{i} m{i}"));
        _peer.Expect($"ZADD z {members}", ":128").Expect("OBJECT ENCODING z", "$8 listpack")
            .Expect("ZADD z 1 one", ":1").Expect("OBJECT ENCODING z", "$8 skiplist");
    }

    [Theory, MemberData(nameof(Types))]
    public void A_collection_has_a_type_and_a_time_that_changes_leave_alone(
        string first, string second, string type, string encoding)
    {
        _peer.Send(first);
        _peer.Expect("TYPE k", $"+{type}").Expect("OBJECT ENCODING k", encoding).Expect("EXISTS k", ":1")
            .Expect("EXPIRE k 100", ":1");
        _peer.Send(second);
        _peer.Expect("TTL k", ":100").Expect("EXPIRE k 50 GT", ":0").Expect("PERSIST k", ":1").Expect("TTL k", ":-1")
            .Expect($"SCAN 0 TYPE {type}", "*2 $1 0 *1 $1 k").Expect("SCAN 0 TYPE string", "*2 $1 0 *0")
            .Expect("DBSIZE", ":1").Expect("PEXPIRE k 1000", ":1");
        Assert.StartsWith(":", _peer.Send("MEMORY USAGE k"), StringComparison.Ordinal);
        _host.Clock.Now += 1000;
        _peer.Expect("EXISTS k", ":0").Expect("TYPE k", "+none");
    }

    [Theory, MemberData(nameof(Types))]
    public void A_watched_collection_stops_exec_when_it_is_written_to(
        string first, string second, string type, string encoding)
    {
        _peer.Send(first);
        _peer.Expect("WATCH k", "+OK");
        new RespPeer(_host).Send(second);
        _peer.Expect("MULTI", "+OK").Expect("TYPE k", "+QUEUED").Expect("EXEC", "*-1")
            .Expect("OBJECT ENCODING k", encoding).Expect("MULTI", "+OK").Expect("TYPE k", "+QUEUED")
            .Expect("DEL k", "+QUEUED").Expect("EXEC", $"*2 +{type} :1").Expect("DBSIZE", ":0");
    }

    [Theory]
    [InlineData("RPUSH k a b", "LTRIM k 0 -1", true)]
    [InlineData("RPUSH k a b", "LSET k 0 a", true)]
    [InlineData("HSET k a b", "HSET k a b", true)]
    [InlineData("SADD k a", "SADD k a", false)]
    [InlineData("ZADD k 1 a", "ZADD k 1 a", false)]
    [InlineData("ZADD k 1 a", "ZINCRBY k 0 a", false)]
    [InlineData("RPUSH k a", "LREM k 0 b", false)]
    [InlineData("SETBIT k 3 1", "SETBIT k 3 1", false)]
    [InlineData("SETBIT k 3 1", "SETBIT k 3 0", true)]
    [InlineData("BITFIELD k SET u8 0 5", "BITFIELD k SET u8 0 5", false)]
    [InlineData("SET k abc", "SETRANGE k 0 abc", true)]
    public void Writes_that_change_nothing_stop_exec_where_they_do_in_redis(string first, string second, bool stops)
    {
        _peer.Send(first);
        _peer.Expect("WATCH k", "+OK");
        new RespPeer(_host).Send(second);
        _peer.Expect("MULTI", "+OK").Expect("EXISTS k", "+QUEUED").Expect("EXEC", stops ? "*-1" : "*1 :1");
    }

    [Theory, MemberData(nameof(Types))]
    public void A_string_takes_the_place_of_a_collection_and_not_the_other_way(
        string first, string second, string type, string encoding)
    {
        _peer.Send(first);
        _peer.Expect("TYPE k", $"+{type}").Expect("OBJECT ENCODING k", encoding).Expect("SET k v", "+OK")
            .Expect(second, "-WRONGTYPE Operation against a key holding the wrong kind of value")
            .Expect("GET k", "$1 v");
    }

    [Fact]
    public void What_a_large_collection_takes_is_told()
    {
        _peer.Send($"HSET h {string.Join(' ', Enumerable.Range(0, 2000).Select(n => $"field{n} value{n}"))}");
        string told = _peer.Send("MEMORY USAGE h");
        Assert.InRange(int.Parse(told[1..], System.Globalization.CultureInfo.InvariantCulture), 30_000, 200_000);
    }
}
