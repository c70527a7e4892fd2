using SessionGateway.Commands;
using SessionGateway.Protocols.Resp.Client;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>DUMP and RESTORE of what the wire samples do not have: large collections, turns, bounds.</summary>
public sealed class DumpTests : OwningTests
{
    private const int Many = 5000;
    private readonly CommandHost _host = new(memory: 256 << 20);
    private readonly RespPeer _peer;

    public DumpTests() => _peer = new RespPeer(_host, maxOutputBytes: 64 << 20);

    [Theory]
    [InlineData("HSET k", "HGETALL", 2, "HLEN")]
    [InlineData("SADD k", "SMEMBERS", 1, "SCARD")]
    [InlineData("ZADD k", "ZRANGE", 2, "ZCARD")]
    [InlineData("RPUSH k", "LRANGE", 1, "LLEN")]
    public void A_large_collection_comes_back(string add, string list, int width, string length)
    {
        Fill(add, Many, width);
        byte[] payload = Dump("k");
        Assert.Equal("+OK", Restore("copy", payload));
        _peer.Expect($"{length} copy", $":{Many}");
        string range = list is "ZRANGE" or "LRANGE" ? " 0 -1" : "";
        Assert.Equal(Sorted(_peer.Send($"{list} k{range}")), Sorted(_peer.Send($"{list} copy{range}")));
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Fact]
    public void A_large_collection_is_dumped_in_several_turns()
    {
        Fill("SADD k", 60_000, 1);
        int before = _peer.Turns;
        byte[] payload = Dump("k");
        Assert.True(_peer.Turns - before > 3, $"{_peer.Turns - before} turns");
        Assert.Equal("+OK", Restore("copy", payload));
        _peer.Expect("SCARD copy", ":60000");
    }

    [Fact]
    public void A_large_collection_is_restored_in_several_turns_and_the_key_keeps_what_it_held_meanwhile()
    {
        Fill("SADD k", 70_000, 1);
        byte[] payload = Dump("k");
        _peer.Expect("SET other x", "+OK");
        var seen = new List<string>();
        var reader = new RespPeer(_host);
        _peer.BetweenTurns = () => seen.Add(reader.Send("TYPE other"));
        Assert.Equal("+OK", Restore("other", payload, "REPLACE"));
        _peer.BetweenTurns = null;
        Assert.Contains("+string", seen);
        _peer.Expect("SCARD other", ":70000").Expect("SINTERCARD 2 k other LIMIT 5", ":5");
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Fact]
    public void What_is_written_meanwhile_is_not_replaced_unasked()
    {
        Fill("SADD k", 70_000, 1);
        byte[] payload = Dump("k");
        var other = new RespPeer(_host);
        bool isDone = false;
        _peer.BetweenTurns = () => isDone = isDone || other.Send("SET copy x").Length > 0;
        Assert.Equal("-BUSYKEY Target key name already exists.", Restore("copy", payload));
        _peer.BetweenTurns = null;
        _peer.Expect("GET copy", "$1 x");
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Fact]
    public void A_flush_meanwhile_begins_anew()
    {
        Fill("SADD k", 70_000, 1);
        byte[] payload = Dump("k");
        var other = new RespPeer(_host);
        bool isDone = false;
        _peer.BetweenTurns = () => isDone = isDone || other.Send("FLUSHALL").Length > 0;
        Assert.Equal("+OK", Restore("copy", payload));
        _peer.BetweenTurns = null;
        _peer.Expect("SCARD copy", ":70000").Expect("DBSIZE", ":1");
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Theory]
    [InlineData("HSET k", 2)]
    [InlineData("SADD k", 1)]
    [InlineData("ZADD k", 2)]
    [InlineData("RPUSH k", 1)]
    public void What_memory_does_not_hold_leaves_the_key_as_it_was(string add, int width)
    {
        Fill(add, 20_000, width, new string('x', 300));
        byte[] payload = Dump("k");
        var small = new CommandHost(memory: 4 << 20);
        var peer = new RespPeer(small, maxOutputBytes: 64 << 20);
        peer.Expect("SET k x", "+OK");
        string answer = peer.SendRaw(RespRequestWriter.Encode(
            "RESTORE"u8.ToArray(), "k"u8.ToArray(), "0"u8.ToArray(), payload, "REPLACE"u8.ToArray()));
        Assert.StartsWith("-OOM", answer, StringComparison.Ordinal);
        peer.Expect("GET k", "$1 x");
        ((SegmentItemStore)small.Store).CheckIntegrity();
    }

    [Fact]
    public void Fields_keep_their_expiries_and_what_is_over_stays_away()
    {
        long now = _host.Clock.Now;
        _peer.Expect("HSET k f v g w h x", ":3").Expect($"HPEXPIREAT k {now + 5000} FIELDS 1 f", "*1 :1")
            .Expect($"HPEXPIREAT k {now + 9000} FIELDS 1 g", "*1 :1");
        byte[] payload = Dump("k");
        Assert.Equal(12, payload[^10]);
        Assert.Equal("+OK", Restore("copy", payload));
        _peer.Expect("HPEXPIRETIME copy FIELDS 3 f g h", $"*3 :{now + 5000} :{now + 9000} :-1");
        _host.Clock.Now += 6000;
        Assert.Equal("+OK", Restore("late", payload));
        _peer.Expect("HGET late f", "$-1").Expect("HLEN late", ":2");
    }

    [Fact]
    public void A_hash_without_expiries_is_of_the_version_of_redis_7()
    {
        _peer.Expect("HSET k f v", ":1").Expect("HPEXPIRE k 5000 FIELDS 1 f", "*1 :1")
            .Expect("HPERSIST k FIELDS 1 f", "*1 :1");
        Assert.Equal(10, Dump("k")[^10]);
    }

    [Fact]
    public void Idle_time_is_kept()
    {
        _peer.Expect("SET k v", "+OK");
        byte[] payload = Dump("k");
        Assert.Equal("+OK", Restore("k", payload, "REPLACE", "IDLETIME", "1000"));
        _peer.Expect("OBJECT IDLETIME k", ":1000");
    }

    [Fact]
    public void Payloads_of_redis_7_2_and_7_4_and_of_valkey_9_are_taken()
    {
        // A set in a listpack of redis 7.2, and a hash of valkey 9 whose second field ends in 2100.
        Assert.Equal("+OK", Restore("s", Foot([20, 10, 10, 0, 0, 0, 1, 0, 0x81, (byte)'a', 2, 0xff], 11)));
        _peer.Expect("SMEMBERS s", "*1 $1 a");
        byte[] time = BitConverter.GetBytes(4102444800123L);
        Assert.Equal("+OK", Restore("h", Foot(
            [
                22, 2, 1, (byte)'f', 1, (byte)'v', .. BitConverter.GetBytes(-1L), 1, (byte)'g', 1, (byte)'w', .. time,
            ], 80)));
        _peer.Expect("HPEXPIRETIME h FIELDS 2 f g", "*2 :-1 :4102444800123");
    }

    [Fact]
    public void Damaged_payloads_are_refused_and_change_nothing()
    {
        var random = new Random(11);
        _peer.Expect("SET other x", "+OK").Expect("RPUSH k a b c 1 2 70000", ":6").Expect("HSET h f v g w", ":2")
            .Expect("ZADD z 1 a 2.5 b", ":2").Expect("SADD s 1 2 3", ":3").Expect("SADD t a b", ":2");
        foreach (string key in "k h z s t".Split(' '))
        {
            byte[] payload = Dump(key)[..^10];
            for (int round = 0; round < 300; round++)
            {
                byte[] damaged = [.. payload];
                for (int change = random.Next(1, 4); change > 0; change--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                string answer = Restore("copy", Foot(damaged[..random.Next(1, damaged.Length + 1)], 10), "REPLACE");
                Assert.True(answer is "+OK" or "-ERR Bad data format", answer);
            }
        }

        _peer.Expect("GET other", "$1 x");
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Fact]
    public void A_compressed_string_does_not_become_longer_than_a_connection_may_send()
    {
        var host = new CommandHost(limits: new CommandLimits { ClientBytes = 1 << 20 });
        var peer = new RespPeer(host);
        Assert.Equal("+OK", Restore(peer, Zeros((1 << 20) - 1)));
        peer.Expect("STRLEN k", $":{(1 << 20) - 1}");
        Assert.Equal("-ERR Bad data format", Restore(peer, Zeros((1 << 20) + 1)));
        peer.Expect("STRLEN k", $":{(1 << 20) - 1}");
    }

    [Fact]
    public void A_transaction_takes_both()
    {
        _peer.Expect("RPUSH k a b", ":2");
        byte[] payload = Dump("k");
        _peer.Expect("MULTI", "+OK");
        Assert.Equal("+QUEUED", Restore("copy", payload));
        _peer.Expect("LRANGE copy 0 -1", "+QUEUED").Expect("DUMP none", "+QUEUED")
            .Expect("EXEC", "*3 +OK *2 $1 a $1 b $-1");
    }

    [Fact]
    public void A_value_that_memory_does_not_hold_is_refused()
    {
        var small = new CommandHost(memory: 4 << 20);
        var peer = new RespPeer(small, maxOutputBytes: 64 << 20);
        _peer.Expect($"SET k {new string('x', 6 << 20)}", "+OK");
        byte[] payload = Dump("k");
        string answer = peer.SendRaw(
            RespRequestWriter.Encode("RESTORE"u8.ToArray(), "k"u8.ToArray(), "0"u8.ToArray(), payload));
        Assert.StartsWith("-OOM", answer, StringComparison.Ordinal);
    }

    // LZF: a literal, and then matches of up to 264 bytes a byte back.
    private static byte[] Zeros(int length)
    {
        List<byte> compressed = [0, 0];
        for (int left = length - 1; left > 0;)
        {
            int size = left is > 264 and < 267 ? 200 : Math.Min(left, 264);
            byte[] match = size >= 9 ? [0xE0, (byte)(size - 9), 0] : [(byte)((size - 2) << 5), 0];
            compressed.AddRange(match);
            left -= size;
        }

        byte[] head = [0, 0xC3, 0x80, .. BigEndian(compressed.Count), 0x80, .. BigEndian(length)];
        return Foot([.. head, .. compressed], 10);
    }

    private static byte[] BigEndian(int number) =>
        [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static string Restore(RespPeer peer, byte[] payload) => peer.SendRaw(RespRequestWriter.Encode(
        "RESTORE"u8.ToArray(), "k"u8.ToArray(), "0"u8.ToArray(), payload, "REPLACE"u8.ToArray())).TrimEnd();

    private static byte[] Foot(byte[] body, byte version)
    {
        byte[] bytes = [.. body, version, 0];
        return [.. bytes, .. BitConverter.GetBytes(SessionGateway.Protocols.Rdb.Crc64.Append(0, bytes))];
    }

    private static string Sorted(string reply) => string.Join(' ', reply.Split(' ').Order(StringComparer.Ordinal));

    private void Fill(string add, int count, int width, string pad = "")
    {
        for (int start = 0; start < count; start += 1000)
        {
            int end = Math.Min(start + 1000, count);
            IEnumerable<string> words = Enumerable.Range(start, end - start)
                .Select(i => width == 1 ? $"entry{i}{pad}"
                    : add[0] == 'Z' ? $"{i / 7.0:R} entry{i}{pad}" : $"entry{i} value{i}{pad}");
            _peer.Send($"{add} {string.Join(' ', words)}");
        }
    }

    private byte[] Dump(string key)
    {
        byte[] reply = Segments.BytesOf(_peer.SendRaw(RespPeer.Encode($"DUMP {key}")));
        Assert.Equal((byte)'$', reply[0]);
        int start = Array.IndexOf(reply, (byte)'\n') + 1;
        return reply[start..^2];
    }

    private string Restore(string key, byte[] payload, params string[] options) => _peer.SendRaw(
        RespRequestWriter.Encode(
            [
                "RESTORE"u8.ToArray(), Segments.BytesOf(key), "0"u8.ToArray(), payload,
                .. options.Select(Segments.BytesOf),
            ])).TrimEnd();
}
