using System.Globalization;
using System.Text;
using SessionGateway.Commands.Resp;
using SessionGateway.Store.Mutations;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Turns;

/// <summary>A command with many arguments is done in many turns, and is one moment for everybody else all the
/// same.</summary>
public sealed class WideCommandTests : OwningTests, IMutationListener
{
    private const int Elements = 3000;

    // Keys with every second of the elements that commands name.
    private static readonly string[] Kinds = ["s", "h", "z", "l"];

    private readonly CommandHost _host = new();
    private readonly RespPeer _other;
    private readonly RespPeer _peer;
    private readonly RespProcessor _processor = new();
    private readonly StringBuilder _told = new();
    private int _elements;

    public WideCommandTests()
    {
        _other = new RespPeer(_host);
        _peer = new RespPeer(_host);
        Fill(_other);
    }

    public static TheoryData<string, string> Commands => new()
    {
        { "SADD s", "m" },
        { "SADD new", "m" },
        { "SADD h", "m" },
        { "SREM s", "m" },
        { "SREM new", "m" },
        { "SMISMEMBER s", "m" },
        { "HSET h", "m v" },
        { "HMSET h", "m v" },
        { "HMSET new", "m v" },
        { "HDEL h", "m" },
        { "HMGET h", "m" },
        { "HMGET new", "m" },
        { "ZADD z", "# m" },
        { "ZADD z CH GT", "# m" },
        { "ZADD z XX CH", "# m" },
        { "ZADD z NX XX", "# m" },
        { "ZREM z", "m" },
        { "ZMSCORE z", "m" },
        { "RPUSH l", "m" },
        { "LPUSH new", "m" },
        { "LPUSHX new", "m" },
        { "RPUSHX l", "m" },
        { "HEXPIRE h 100 FIELDS 3000", "m" },
        { "HEXPIRE h 100 NX FIELDS 3000", "m" },
        { "HEXPIRE h 0 FIELDS 3000", "m" },
        { "HTTL h FIELDS 3000", "m" },
        { "HPERSIST h FIELDS 3000", "m" },
        { "HGETEX h EX 100 FIELDS 3000", "m" },
        { "HGETDEL h FIELDS 3000", "m" },
        { "HSETEX h EX 100 FIELDS 3000", "m v" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_takes_many_turns_and_does_what_it_does_at_once(string head, string element)
    {
        byte[] request = Request(head, element, Elements);
        var twin = new CommandHost();
        var atOnce = new RespPeer(twin);
        Fill(atOnce);
        atOnce.Expect("MULTI", "+OK");
        Assert.Equal("+QUEUED\r\n", atOnce.SendRaw(request));
        string expected = atOnce.Send("EXEC")["*1 ".Length..];
        int before = _peer.Turns;
        string reply = _peer.SendRaw(request).Replace("\r\n", " ", StringComparison.Ordinal).TrimEnd(' ');
        Assert.Equal(expected, reply);
        if (!reply.StartsWith('-'))
        {
            Assert.InRange(_peer.Turns - before, Elements / 1024, 100);
        }

        foreach (string look in (string[])[.. Kinds, "new"])
        {
            Assert.Equal(Content(atOnce, look), Content(_peer, look));
        }

        Assert.Equal(0, _peer.Connection.StateBytes);
    }

    [Theory]
    [InlineData("SADD s", "m", "SCARD s", ":3000")]
    [InlineData("HDEL h", "m", "EXISTS h", ":0")]
    [InlineData("RPUSH l", "m", "LLEN l", ":4500")]
    [InlineData("RPUSH l", "m", "RPUSH l x", ":4501")]
    [InlineData("ZADD z", "# m", "ZCARD z", ":3000")]
    [InlineData("HSET h", "m v", "HLEN h", ":3000")]
    [InlineData("HSET h", "m v", "DBSIZE", ":4")]
    [InlineData("HMGET h", "m", "HSET h x 1", ":1")]
    [InlineData("SADD s", "m", "EVAL \"return redis.call('SCARD', KEYS[1])\" 1 s", ":3000")]
    public void Who_wants_its_key_meanwhile_is_answered_behind_it(
        string head, string element, string request, string reply)
    {
        byte[] wide = Request(head, element, Elements);
        Assert.Equal(0, Turn(wide));
        Assert.Equal("", _other.Send(request));
        Assert.True(_other.Connection.IsParked);
        Finish(wide);
        Assert.False(_other.Connection.IsParked);
        Assert.Equal(reply, _other.SendRaw("").Replace("\r\n", " ", StringComparison.Ordinal).TrimEnd(' '));
    }

    [Fact]
    public void Others_read_what_it_only_reads_and_go_on_with_other_keys()
    {
        byte[] wide = Request("HMGET h", "m", Elements);
        Assert.Equal(0, Turn(wide));
        _other.Expect("HGET h m0", "$1 o").Expect("SADD s x", ":1").Expect("HLEN h", ":1500");
        Finish(wide);
    }

    [Fact]
    public void A_key_that_another_one_keeps_is_waited_for_before_the_first_element()
    {
        byte[] first = Request("SADD s", "m", Elements);
        byte[] second = Request("SREM s", "m", Elements);
        Assert.Equal(0, Turn(first));
        Assert.Equal("", _other.SendRaw(second));
        Assert.True(_other.Connection.IsParked);
        Finish(first);
        Assert.Equal(":3000\r\n", _other.SendRaw(""));
        _other.Expect("EXISTS s", ":0");
    }

    [Fact]
    public void A_parked_pop_takes_when_all_was_pushed()
    {
        Assert.Equal("", _other.Send("BLPOP new 0"));
        byte[] wide = Request("LPUSH new", "m", Elements);
        Assert.Equal(0, Turn(wide));
        Assert.Equal("", _other.SendRaw(""));
        Finish(wide);
        Assert.Equal("*2\r\n$3\r\nnew\r\n$5\r\nm2999\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void Its_client_goes_and_it_is_done_to_its_end()
    {
        byte[] wide = Request("SADD s", "m", Elements);
        Assert.Equal(0, Turn(wide));
        _processor.OnClosed(_peer.Context);
        Array.Clear(wide);
        Assert.Equal("", _other.Send("SCARD s"));
        for (int i = 0; _peer.Context.Leftovers.Any; i++)
        {
            Assert.True(i < 1000);
            _peer.Context.Leftovers.Slice();
        }

        Assert.Equal(":3000\r\n", _other.SendRaw(""));
        Assert.Equal(0, _peer.Connection.StateBytes);
    }

    [Fact]
    public void Its_client_goes_before_it_has_written_and_nothing_is_done()
    {
        byte[] first = Request("SREM s", "m", Elements);
        Assert.Equal(0, Turn(first));
        Assert.Equal("", _other.SendRaw(Request("SADD s", "m", Elements)));
        _other.Close();
        Finish(first);
        new RespPeer(_host).Expect("EXISTS s", ":0");
    }

    [Fact]
    public void It_is_one_group_for_who_hears_of_it()
    {
        _host.Store.Listen(this);
        byte[] wide = Request("SADD s", "m", Elements);
        Assert.Equal(0, Turn(wide));
        _other.Expect("SET other 1", "+OK");
        Assert.Equal("( Put other ) ", _told.ToString());
        Assert.Equal(0, _elements);
        Finish(wide);
        Assert.Equal("( Put other ) ( ) ", _told.ToString());
        Assert.Equal(1500, _elements);
    }

    [Fact]
    public void What_happened_is_told_once()
    {
        var listener = new RespPeer(_host);
        listener.Send("PSUBSCRIBE __keyevent@0__:*");
        _other.Expect("CONFIG SET notify-keyspace-events KEAn", "+OK");
        _peer.SendRaw(Request("SADD new", "m", Elements));
        _peer.SendRaw(Request("SREM new", "m", Elements));
        string[] events = [.. listener.TakePushed().Split("__keyevent@0__:").Select(e => e.Split(' ')[0])
            .Where((_, i) => i % 2 == 0 && i > 0)];
        Assert.Equal(["new", "sadd", "srem", "del"], events);
    }

    [Fact]
    public void It_is_one_call_and_one_read_for_the_counters()
    {
        _peer.SendRaw(Request("HMGET h", "m", Elements));
        Assert.Equal(1, _peer.Context.Stats.Resp.CmdGet);
        Assert.Equal(1, _peer.Context.Stats.Resp.GetHits);
        Assert.Contains("cmdstat_hmget:calls=1,", _other.Send("INFO commandstats"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_whose_time_is_over_in_its_middle_is_made_anew_as_a_whole()
    {
        _other.Expect("PEXPIRE s 1000", ":1");
        byte[] wide = Request("SADD s", "m", Elements);
        Assert.Equal(0, Turn(wide));
        _host.Clock.Now += 2000;
        for (int shard = 0; shard < _host.Store.Shards.Length; shard++)
        {
            _host.Store.Maintain(shard, _host.Clock.Now, 10_000);
        }

        Assert.Equal(":3000\r\n", Finish(wide));
        _other.Expect("SCARD s", ":3000").Expect("TTL s", ":-1");
    }

    [Theory]
    [InlineData("LREM l 0 x", "3000", "1500")]
    [InlineData("LREM l -2000 x", "2000", "2500")]
    [InlineData("LREM l 3000 x", "3000", "1500")]
    public void Many_elements_of_a_list_go_in_turns_and_others_see_none_or_all(
        string request, string removed, string left)
    {
        for (int i = 0; i < 1500; i += 500)
        {
            _other.Send("RPUSH l " + string.Join(' ', Enumerable.Repeat("x y", 250)));
            _other.Send("LPUSH l " + string.Join(' ', Enumerable.Repeat("x", 750)));
        }

        _other.Expect("LREM l 0 y", ":750").Expect("LLEN l", ":4500");
        byte[] wide = RespPeer.Encode(request);
        Assert.Equal(0, Turn(wide));
        Assert.Equal("", _other.Send("LLEN l"));
        Assert.Equal($":{removed}\r\n", Finish(wide));
        Assert.Equal($":{left}\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void Elements_of_a_list_go_all_when_the_client_goes_meanwhile()
    {
        for (int i = 0; i < 4; i++)
        {
            _other.Send("RPUSH l " + string.Join(' ', Enumerable.Repeat("x y", 500)));
        }

        Assert.Equal(0, Turn(RespPeer.Encode("LREM l 0 x")));
        _processor.OnClosed(_peer.Context);
        Assert.Equal("", _other.Send("LLEN l"));
        for (int i = 0; _peer.Context.Leftovers.Any; i++)
        {
            Assert.True(i < 1000);
            _peer.Context.Leftovers.Slice();
        }

        Assert.Equal(":3500\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void Who_watches_its_key_is_told_that_it_changed()
    {
        _other.Expect("WATCH s", "+OK").Expect("MULTI", "+OK").Expect("SCARD s", "+QUEUED");
        byte[] wide = Request("SADD s", "m", Elements);
        Assert.Equal(0, Turn(wide));
        Assert.Equal("", _other.Send("EXEC"));
        Finish(wide);
        Assert.Equal("*-1\r\n", _other.SendRaw(""));
    }

    [Fact]
    public void A_wrong_score_at_the_end_has_nothing_done()
    {
        byte[] wide = [.. Request("ZADD new", "# m", Elements)];
        string text = Encoding.Latin1.GetString(wide).Replace("$4\r\n2999\r\n", "$4\r\nfive\r\n");
        Assert.Equal("-ERR value is not a valid float\r\n", _peer.SendRaw(text));
        _peer.Expect("EXISTS new", ":0");
    }

    [Fact]
    public void An_answer_that_nobody_wants_is_not_sent()
    {
        _peer.Send("CLIENT REPLY OFF");
        Assert.Equal("", _peer.SendRaw(Request("SADD s", "m", Elements)));
        _other.Expect("SCARD s", ":3000");
    }

    void IMutationListener.OnMutation(in Mutation mutation)
    {
        if (mutation.Kind == MutationKind.Element)
        {
            _elements++;
            return;
        }

        _told.Append(mutation.Kind switch
        {
            MutationKind.GroupBegin => "( ",
            MutationKind.GroupEnd => ") ",
            _ => $"{mutation.Kind} {Encoding.Latin1.GetString(mutation.Key)} ",
        });
    }

    private static void Fill(RespPeer peer)
    {
        for (int start = 0; start < Elements; start += 500)
        {
            string[] names = [.. Enumerable.Range(start / 2, 250).Select(i => $"m{i * 2}")];
            peer.Send("SADD s " + string.Join(' ', names));
            peer.Send("HSET h " + string.Join(' ', names.Select(name => name + " o")));
            peer.Send("ZADD z " + string.Join(' ', names.Select(name => "1500 " + name)));
            peer.Send("RPUSH l " + string.Join(' ', names));
        }
    }

    // An element is written with its number: m as a name, # as a score, v as a value.
    private static byte[] Request(string head, string element, int count)
    {
        string[] words = element.Split(' ');
        string[] all =
        [
            .. head.Split(' '),
            .. Enumerable.Range(0, count).SelectMany(i => words.Select(word => word switch
            {
                "#" => i.ToString(CultureInfo.InvariantCulture),
                "m" => $"m{i}",
                _ => word,
            })),
        ];
        return SessionGateway.Protocols.Resp.Client.RespRequestWriter.Encode([.. all.Select(Segments.BytesOf)]);
    }

    private static string Content(RespPeer peer, string key)
    {
        string type = peer.Send($"TYPE {key}");
        string all = type switch
        {
            "+set" => peer.Send($"SMEMBERS {key}"),
            "+hash" => peer.Send($"HGETALL {key}"),
            "+zset" => peer.Send($"ZRANGE {key} 0 -1 WITHSCORES"),
            "+list" => peer.Send($"LRANGE {key} 0 -1"),
            _ => "",
        };
        string[] words = all.Split(' ');
        if (type is "+set" or "+hash")
        {
            Array.Sort(words, StringComparer.Ordinal);
        }

        return type + string.Join(' ', words);
    }

    private int Turn(byte[] request)
    {
        _peer.Context.Now = _host.Clock.Now;
        _peer.Context.BeginTurn();
        return _processor.Process(request, _peer.Context);
    }

    private string Finish(byte[] request)
    {
        _peer.Context.Output.Clear();
        for (int turns = 0; Turn(request) == 0; turns++)
        {
            Assert.True(turns < 1000);
        }

        return Encoding.Latin1.GetString(_peer.Context.Output.Written);
    }
}
