using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Hashes. Replies without another note are those of redis-server 7.0.15.</summary>
public sealed class HashCommandTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public HashCommandTests() => _peer = new RespPeer(_host);

    [Fact]
    public void A_session_of_asp_net_core_is_written_read_and_renewed() => _peer
        .Expect("HSET s absexp -1 sldexp 12000000000 data abc", ":3").Expect("EXPIRE s 1200", ":1")
        .Expect("HMGET s absexp sldexp data", "*3 $2 -1 $11 12000000000 $3 abc")
        .Expect("HMSET s data longer", "+OK").Expect("TTL s", ":1200").Expect("TYPE s", "+hash")
        .Expect("HGETALL s", "*6 $6 absexp $2 -1 $6 sldexp $11 12000000000 $4 data $6 longer");

    [Fact]
    public void Fields_are_counted_when_they_are_new() => _peer
        .Expect("HSET h a 1 b 2 a 3", ":2").Expect("HSET h a 4 c 5", ":1").Expect("HLEN h", ":3")
        .Expect("HGET h a", "$1 4").Expect("HGET h none", "$-1").Expect("HGET none a", "$-1")
        .Expect("HSETNX h a 9", ":0").Expect("HSETNX h d 9", ":1").Expect("HSTRLEN h d", ":1")
        .Expect("HSTRLEN h no", ":0")
        .Expect("HEXISTS h d", ":1").Expect("HEXISTS h no", ":0").Expect("HDEL h a b no", ":2")
        .Expect("HKEYS h", "*2 $1 c $1 d").Expect("HVALS h", "*2 $1 5 $1 9").Expect("HMGET h c no", "*2 $1 5 $-1")
        .Expect("HDEL h c d", ":2").Expect("EXISTS h", ":0").Expect("HLEN h", ":0").Expect("HGETALL h", "*0");

    [Fact]
    public void Resp3_has_maps_and_nulls() => _peer
        .Expect("HSET h a 1", ":1").Expect("HELLO 3", _peer.Send("HELLO 3"))
        .Expect("HGETALL h", "%1 $1 a $1 1").Expect("HGETALL none", "%0").Expect("HKEYS h", "*1 $1 a")
        .Expect("HGET h b", "_")
        .Expect("HRANDFIELD h 2 WITHVALUES", "*1 *2 $1 a $1 1").Expect("HSCAN h 0", "*2 $1 0 *2 $1 a $1 1");

    [Fact]
    public void Numbers_in_fields_are_changed() => _peer
        .Expect("HINCRBY h n 5", ":5").Expect("HINCRBY h n -7", ":-2").Expect("HSET h t x m 9223372036854775807", ":2")
        .Expect("HINCRBY h t 1", "-ERR hash value is not an integer")
        .Expect("HINCRBY h n x", "-ERR value is not an integer or out of range")
        .Expect("HINCRBY h m 1", "-ERR increment or decrement would overflow")
        .Expect("HINCRBYFLOAT h f 0.1", "$3 0.1").Expect("HINCRBYFLOAT h f 0.2", "$3 0.3")
        .Expect("HINCRBYFLOAT h t 1", "-ERR hash value is not a float")
        .Expect("HINCRBYFLOAT h f x", "-ERR value is not a valid float");

    [Fact]
    public void What_is_wrong_is_told() => _peer
        .Expect("SET s 1", "+OK").Expect("HSET h a", "-ERR wrong number of arguments for 'hset' command")
        .Expect("HMSET h a 1 b", "-ERR wrong number of arguments for 'hmset' command")
        .Expect("HSCAN h x", "-ERR invalid cursor").Expect("HSCAN h 0 FOO", "*2 $1 0 *0")
        .Expect("HSET h a 1", ":1").Expect("HSCAN h 0 FOO", "-ERR syntax error")
        .Expect("HRANDFIELD h x", "-ERR value is not an integer or out of range")
        .Expect("HRANDFIELD h 1 FOO", "-ERR syntax error").Expect("HGETALL s", WrongType)
        .Expect("HSET s a 1", WrongType)
        .Expect("HMGET s a", WrongType).Expect("HDEL s a", WrongType).Expect("HSCAN s 0", WrongType)
        .Expect("HRANDFIELD s", WrongType).Expect("HEXPIRE s 1 FIELDS 1 a", WrongType).Expect("GET s", "$1 1");

    /// <summary>Of redis 7.4.</summary>
    [Fact]
    public void A_field_ends_at_its_time_and_a_plain_set_takes_the_time_away()
    {
        _peer.Expect("HSET h a 1 b 2 c 3", ":3").Expect("HEXPIRE h 10 FIELDS 2 a b", "*2 :1 :1")
            .Expect("HTTL h FIELDS 4 a b c no", "*4 :10 :10 :-1 :-2").Expect("HPTTL h FIELDS 1 a", "*1 :10000")
            .Expect("HSET h b 3", ":0").Expect("HTTL h FIELDS 1 b", "*1 :-1");
        _host.Clock.Now += 10_000;
        _peer.Expect("HGETALL h", "*4 $1 b $1 3 $1 c $1 3").Expect("HLEN h", ":2")
            .Expect("HTTL none FIELDS 1 a", "*1 :-2")
            .Expect("HPEXPIRE h 5 FIELDS 2 b c", "*2 :1 :1").Expect("HPERSIST h FIELDS 3 b c no", "*3 :1 :1 :-2")
            .Expect("HPERSIST h FIELDS 1 b", "*1 :-1").Expect("HEXPIRE h 0 FIELDS 2 b c", "*2 :2 :2")
            .Expect("EXISTS h", ":0");
    }

    /// <summary>Of redis 7.4.</summary>
    [Fact]
    public void Conditions_of_a_fields_time_are_kept() => _peer
        .Expect("HSET h a 1", ":1").Expect("HEXPIRE h 10 XX FIELDS 1 a", "*1 :0")
        .Expect("HEXPIRE h 10 GT FIELDS 1 a", "*1 :0")
        .Expect("HEXPIRE h 10 LT FIELDS 1 a", "*1 :1").Expect("HEXPIRE h 20 NX FIELDS 1 a", "*1 :0")
        .Expect("HEXPIRE h 20 LT FIELDS 1 a", "*1 :0").Expect("HEXPIRE h 20 GT FIELDS 1 a", "*1 :1")
        .Expect("HEXPIREAT h 4102444800 FIELDS 1 a", "*1 :1").Expect("HEXPIRETIME h FIELDS 1 a", "*1 :4102444800")
        .Expect("HPEXPIREAT h 4102444800123 FIELDS 1 a", "*1 :1")
        .Expect("HPEXPIRETIME h FIELDS 1 a", "*1 :4102444800123")
        .Expect("HEXPIRE h -1 FIELDS 1 a", "-ERR invalid expire time, must be >= 0")
        .Expect("HEXPIRE h 9223372036854775807 FIELDS 1 a", "-ERR invalid expire time in 'hexpire' command")
        .Expect("HEXPIRE h 1 FIELD 1 a", "-ERR Mandatory argument FIELDS is missing or not at the right position")
        .Expect("HEXPIRE h 1 FIELDS 0 a", "-ERR Parameter `numFields` should be greater than 0")
        .Expect("HEXPIRE h 1 FIELDS 2 a", "-ERR The `numfields` parameter must match the number of arguments")
        .Expect("HTTL h FIELDS x a", "-ERR Number of fields must be a positive integer");

    /// <summary>Of redis 8.0.</summary>
    [Fact]
    public void Fields_are_read_and_ended_or_written_with_a_time_at_once() => _peer
        .Expect("HSETEX h EX 10 FIELDS 2 a 1 b 2", ":1").Expect("HTTL h FIELDS 2 a b", "*2 :10 :10")
        .Expect("HSETEX h FNX FIELDS 1 a 9", ":0").Expect("HSETEX h FXX KEEPTTL FIELDS 1 a 9", ":1")
        .Expect("HTTL h FIELDS 1 a", "*1 :10").Expect("HSETEX h FXX FIELDS 2 a 1 c 1", ":0")
        .Expect("HGETEX h PERSIST FIELDS 2 a no", "*2 $1 9 $-1").Expect("HTTL h FIELDS 1 a", "*1 :-1")
        .Expect("HGETEX h PX 5000 FIELDS 1 a", "*1 $1 9").Expect("HPTTL h FIELDS 1 a", "*1 :5000")
        .Expect("HGETDEL h FIELDS 2 a no", "*2 $1 9 $-1").Expect("HGETDEL h FIELDS 1 b", "*1 $1 2")
        .Expect("EXISTS h", ":0")
        .Expect("HGETDEL h FIELDS 1 b", "*1 $-1").Expect("HSETEX h FXX FIELDS 1 a 1", ":0")
        .Expect("HSETEX h EX FIELDS 1 a 1", "-ERR value is not an integer or out of range")
        .Expect("HSETEX h FOO FIELDS 1 a 1", "-ERR unknown argument: FOO")
        .Expect("HSETEX h FNX FXX FIELDS 1 a 1", "-ERR Only one of FXX or FNX arguments can be specified")
        .Expect("HSETEX h EXAT 1 FIELDS 1 a 1", ":1").Expect("EXISTS h", ":0");

    [Fact]
    public void A_watched_hash_stops_exec_and_commands_run_in_a_transaction()
    {
        _peer.Expect("HSET h a 1", ":1").Expect("WATCH h", "+OK");
        new RespPeer(_host).Expect("HSET h a 2", ":0");
        _peer.Expect("MULTI", "+OK").Expect("HGET h a", "+QUEUED").Expect("EXEC", "*-1")
            .Expect("MULTI", "+OK").Expect("HINCRBY h a 1", "+QUEUED").Expect("HGETALL h", "+QUEUED")
            .Expect("EXEC", "*2 :3 *2 $1 a $1 3");
    }

    [Fact]
    public void All_of_a_large_hash_is_answered_in_turns_each_field_once()
    {
        for (int i = 0; i < 20_000; i += 100)
        {
            _peer.Send($"HSET h {string.Join(' ', Enumerable.Range(i, 100).Select(n => $"field{n} v{n}"))}");
        }

        _peer.Expect("HLEN h", ":20000");
        int before = _peer.Turns;
        string[] words = _peer.Send("HGETALL h").Split(' ');
        Assert.Equal("*40000", words[0]);
        Assert.Equal(20_000, words.Where(w => w.StartsWith("field", StringComparison.Ordinal)).Distinct().Count());
        Assert.True(_peer.Turns - before > 1, "one turn was enough");
        Assert.Equal("*2000", _peer.Send("HRANDFIELD h 2000").Split(' ')[0]);
        Assert.Equal(10, _peer.Send("HRANDFIELD h 10").Split(' ').Distinct().Count(w => w.StartsWith("field",
            StringComparison.Ordinal)));
        Assert.Equal("*100000", _peer.Send("HRANDFIELD h -100000").Split(' ')[0]);
        _peer.Expect("MULTI", "+OK").Expect("HKEYS h", "+QUEUED");
        Assert.StartsWith("*1 *20000 ", _peer.Send("EXEC"), StringComparison.Ordinal);
        _peer.Expect("DEL h", ":1").Expect("HLEN h", ":0");
    }

    [Fact]
    public void A_scan_shows_every_field_of_a_large_hash_and_those_that_match()
    {
        _peer.Send($"HSET h {string.Join(' ', Enumerable.Range(0, 3000).Select(n => $"f{n} {n}"))}");
        var seen = new HashSet<string>();
        string cursor = "0";
        do
        {
            string[] words = _peer.Send($"HSCAN h {cursor} COUNT 100").Split(' ');
            cursor = words[2];
            seen.UnionWith(words.Where(w => w.StartsWith('f')));
        }
        while (cursor != "0");
        Assert.Equal(3000, seen.Count);
        Assert.Contains("$5 f1234", _peer.Send("HSCAN h 0 MATCH f1234 COUNT 4000"), StringComparison.Ordinal);
    }

    private const string WrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value";
}
