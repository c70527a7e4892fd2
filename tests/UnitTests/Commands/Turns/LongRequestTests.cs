using System.Text;
using SessionGateway.Commands;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Turns;

/// <summary>Long RESP requests stop when their turn is over and go on in the next one, with the same answer.</summary>
public sealed class LongRequestTests : OwningTests
{
    private readonly CommandHost _host = new(limits: new CommandLimits { OutputSoftBytes = 4096 });
    private readonly RespPeer _peer;

    public LongRequestTests() => _peer = new RespPeer(_host);

    [Fact]
    public void Mget_of_many_keys_takes_many_turns_and_answers_each_key_once_in_order()
    {
        Fill(100);
        string[] keys = [.. Enumerable.Range(0, 50_000).Select(i => $"k{i % 200}")];
        string expected = $"*{keys.Length}\r\n" + string.Concat(keys.Select(
            k => int.Parse(k[1..]) < 100 ? $"${k.Length + 1}\r\nv{k}\r\n" : "$-1\r\n"));
        Assert.Equal(expected, _peer.SendRaw(RequestOf(["MGET", .. keys])));
        Assert.InRange(_peer.Turns, 50_000 / 4 / 1024, int.MaxValue);
        Assert.InRange(_peer.LongestOutput, 1, 4096 + 64);
    }

    [Fact]
    public void Mget_of_large_values_produces_no_more_than_the_peer_reads()
    {
        string value = new('x', 20_000);
        _peer.Expect($"SET big {value}", "+OK");
        int before = _peer.Turns;
        string reply = _peer.SendRaw(RequestOf(["MGET", .. Enumerable.Repeat("big", 50)]));
        Assert.Equal("*50\r\n" + string.Concat(Enumerable.Repeat($"$20000\r\n{value}\r\n", 50)), reply);
        Assert.Equal(50, _peer.Turns - before);
        Assert.InRange(_peer.LongestOutput, 20_000, 20_100);
    }

    [Theory]
    [InlineData("EXISTS", 5000)]
    [InlineData("TOUCH", 5000)]
    [InlineData("DEL", 100)]
    [InlineData("UNLINK", 100)]
    public void A_count_over_many_keys_takes_many_turns_and_one_answer(string verb, int expected)
    {
        Fill(100);
        string[] keys = [.. Enumerable.Range(0, 10_000).Select(i => $"k{i % 200}")];
        int before = _peer.Turns;
        Assert.Equal($":{expected}\r\n", _peer.SendRaw(RequestOf([verb, .. keys])));
        Assert.InRange(_peer.Turns - before, 3, 20);
    }

    [Fact]
    public void Publish_compares_with_many_long_patterns_in_many_turns_and_reaches_all_that_match()
    {
        var host = new CommandHost(limits: new CommandLimits { RequestsPerTurn = 64 });
        var peer = new RespPeer(host);
        var listener = new RespPeer(host);
        string[] patterns = ManyPatterns();
        listener.SendRaw(RequestOf(["PSUBSCRIBE", .. patterns]));
        int before = peer.Turns;
        string channel = new string('a', 1000) + "7";
        Assert.Equal(":100\r\n", peer.SendRaw(RequestOf(["PUBLISH", channel, "x"])));
        Assert.InRange(peer.Turns - before, 2, 200);
    }

    [Theory]
    [InlineData("SUBSCRIBE", "CHANNELS")]
    [InlineData("SSUBSCRIBE", "SHARDCHANNELS")]
    public void Many_channels_are_compared_and_listed_in_many_turns(string subscribe, string list)
    {
        var host = new CommandHost(limits: new CommandLimits { RequestsPerTurn = 64, OutputSoftBytes = 4096 });
        var peer = new RespPeer(host);
        string[] names = [.. Enumerable.Range(0, 10_000).Select(i => $"channel{i:00000}")];
        new RespPeer(host).SendRaw(RequestOf([subscribe, .. names]));
        Assert.Equal("*0\r\n", peer.SendRaw(RequestOf(["PUBSUB", list, "*nobody*"])));
        Assert.InRange(peer.Turns, 10, 256);
        int before = peer.Turns;
        string[] answer = peer.SendRaw(RequestOf(["PUBSUB", list])).Split("\r\n");
        Assert.Equal($"*{names.Length}", answer[0]);
        Assert.Equal(names, answer.Where(line => line.StartsWith('c')).Order(StringComparer.Ordinal));
        Assert.InRange(peer.Turns - before, 10_000 * 19 / 4096, 1000);
        Assert.InRange(peer.LongestOutput, 4096, 4096 + (64 * 19));
    }

    [Fact]
    public void Many_channels_are_not_compared_in_one_step_of_a_transaction()
    {
        var host = new CommandHost(limits: new CommandLimits { AtomicWork = 1000 });
        var peer = new RespPeer(host);
        new RespPeer(host).SendRaw(RequestOf(["SUBSCRIBE", .. Enumerable.Range(0, 10_000).Select(i => $"c{i}")]));
        peer.Expect("MULTI", "+OK").Expect("PUBSUB CHANNELS *nobody*", "+QUEUED");
        peer.Expect("EXEC",
            "*1 -ERR the transaction has done too much work at one moment, this command was not executed");
        peer.Expect("PUBSUB CHANNELS c77", "*1 $3 c77");
    }

    [Fact]
    public void A_pattern_that_comes_and_one_that_goes_while_publish_is_paused_are_judged_at_its_end()
    {
        var host = new CommandHost(limits: new CommandLimits { RequestsPerTurn = 64 });
        var peer = new RespPeer(host);
        var listener = new RespPeer(host);
        string[] patterns = ManyPatterns();
        listener.SendRaw(RequestOf(["PSUBSCRIBE", .. patterns]));
        byte[] publish = RequestOf(["PUBLISH", new string('a', 1000) + "7", "x"]);
        peer.Context.Client = peer.Connection;
        peer.Context.BeginTurn();
        var processor = new SessionGateway.Commands.Resp.RespProcessor();
        Assert.Equal(0, processor.Process(publish, peer.Context));
        Assert.True(processor.IsPaused);
        listener.SendRaw(RequestOf(["PUNSUBSCRIBE", patterns[0]]));
        listener.SendRaw(RequestOf(["PSUBSCRIBE", "aaa*"]));
        int consumed = 0;
        for (int turns = 0; consumed == 0; turns++)
        {
            Assert.InRange(turns, 0, 300);
            peer.Context.Client = peer.Connection;
            peer.Context.BeginTurn();
            consumed = processor.Process(publish, peer.Context);
        }

        // One of the hundred that match has gone, one has come.
        Assert.Equal(":100\r\n", Encoding.ASCII.GetString(peer.Context.Output.Written));
        processor.OnClosed(peer.Context);
    }

    [Theory]
    [InlineData("SUBSCRIBE")]
    [InlineData("PSUBSCRIBE")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("WATCH")]
    public void A_request_of_many_names_takes_many_turns_and_answers_in_order(string verb)
    {
        string[] names = [.. Enumerable.Range(0, 10_000).Select(i => $"n{i}")];
        string reply = _peer.SendRaw(RequestOf([verb, .. names]));
        Assert.InRange(_peer.Turns, 9, 1000);
        string word = verb.ToLowerInvariant();
        string AnswerTo(string name, int count) =>
            $"*3\r\n${word.Length}\r\n{word}\r\n${name.Length}\r\n{name}\r\n:{count}\r\n";
        string all = string.Concat(names.Select((name, i) => AnswerTo(name, verb == "UNSUBSCRIBE" ? 0 : i + 1)));
        Assert.Equal(verb == "WATCH" ? "+OK\r\n" : all, reply);
    }

    [Fact]
    public void Unsubscribe_from_all_of_many_takes_many_turns_and_answers_each()
    {
        string[] names = [.. Enumerable.Range(0, 10_000).Select(i => $"n{i}")];
        _peer.SendRaw(RequestOf(["SUBSCRIBE", .. names]));
        int before = _peer.Turns;
        string reply = _peer.SendRaw(RequestOf(["UNSUBSCRIBE"]));
        Assert.InRange(_peer.Turns - before, 9, 1000);
        Assert.Equal(10_000, reply.Split("$11\r\nunsubscribe\r\n").Length - 1);
        Assert.EndsWith(":0\r\n", reply, StringComparison.Ordinal);
        _peer.Expect("PING", "+PONG");
    }

    [Fact]
    public void Confirmations_of_a_silenced_request_of_many_names_come_in_all_its_turns()
    {
        string[] names = [.. Enumerable.Range(0, 3000).Select(i => $"n{i}")];
        byte[] wire = [.. RequestOf(["CLIENT", "REPLY", "OFF"]), .. RequestOf(["SUBSCRIBE", .. names])];
        string reply = _peer.SendRaw(wire);
        Assert.Equal(3000, reply.Split("$9\r\nsubscribe\r\n").Length - 1);
    }

    [Fact]
    public void Keys_collects_in_slices_and_writes_as_the_peer_reads()
    {
        Fill(20_000);
        int before = _peer.Turns;
        string reply = _peer.SendRaw(RequestOf(["KEYS", "*"]));
        Assert.Equal(
            Enumerable.Range(0, 20_000).Select(i => $"k{i}").Order(),
            reply.Split("\r\n").Skip(1).Where(line => line.StartsWith('k')).Order());
        Assert.StartsWith("*20000\r\n", reply, StringComparison.Ordinal);
        Assert.InRange(_peer.Turns - before, 20, 1000);
        Assert.InRange(_peer.LongestOutput, 1, 2 * 4096);
    }

    [Fact]
    public void Keys_without_a_match_takes_many_turns_too()
    {
        Fill(100_000);
        int before = _peer.Turns;
        _peer.Expect("KEYS *nobody*", "*0");
        Assert.InRange(_peer.Turns - before, 3, 1000);
    }

    [Fact]
    public void Keys_that_take_too_much_memory_are_refused_with_the_remedy()
    {
        var host = new CommandHost(limits: new CommandLimits { KeysReplyBytes = 1000 });
        var peer = new RespPeer(host);
        for (int i = 0; i < 200; i++)
        {
            peer.Send($"SET key{i} v");
        }

        peer.Expect("KEYS *", "-ERR the keys that match take too much memory for one reply, use SCAN");
        peer.Expect("KEYS key7", "*1 $4 key7");
    }

    [Fact]
    public void Scan_with_a_huge_count_stops_at_the_soft_mark_and_its_cursor_goes_on()
    {
        Fill(20_000);
        var seen = new HashSet<string>();
        string cursor = "0";
        int calls = 0;
        do
        {
            string[] lines = _peer.SendRaw(RequestOf(["SCAN", cursor, "COUNT", "2000000000"])).Split("\r\n");
            cursor = lines[2];
            seen.UnionWith(lines.Skip(3).Where(line => line.StartsWith('k')));
            calls++;
        }
        while (cursor != "0");
        Assert.Equal(20_000, seen.Count);
        Assert.InRange(calls, 20, 200);
    }

    [Fact]
    public void What_is_pipelined_behind_a_long_request_is_answered_behind_it()
    {
        Fill(100);
        string[] keys = [.. Enumerable.Repeat("k1", 30_000)];
        byte[] wire = [.. RequestOf(["EXISTS", .. keys]), .. RequestOf(["GET", "k2"]),
            .. RequestOf(["MGET", "k3", "none"])];
        Assert.Equal(":30000\r\n$3\r\nvk2\r\n*2\r\n$3\r\nvk3\r\n$-1\r\n", _peer.SendRaw(wire));
    }

    [Fact]
    public void An_inline_request_goes_on_as_well()
    {
        Fill(10_000);
        string line = "MGET " + string.Join(' ', Enumerable.Range(0, 9000).Select(i => $"k{i}")) + "\r\n";
        string expected = "*9000\r\n"
            + string.Concat(Enumerable.Range(0, 9000).Select(i => $"${$"vk{i}".Length}\r\nvk{i}\r\n"));
        Assert.Equal(expected, _peer.SendRaw(line));
    }

    [Fact]
    public void A_silenced_long_request_stays_silent_in_all_its_turns()
    {
        Fill(100);
        string[] keys = [.. Enumerable.Repeat("k1", 30_000)];
        byte[] wire = [.. RequestOf(["CLIENT", "REPLY", "SKIP"]), .. RequestOf(["MGET", .. keys]),
            .. RequestOf(["PING"])];
        Assert.Equal("+PONG\r\n", _peer.SendRaw(wire));
    }

    [Fact]
    public void A_connection_that_ends_in_the_middle_of_keys_frees_what_was_collected()
    {
        Fill(20_000);
        _peer.Context.BeginTurn();
        var processor = new SessionGateway.Commands.Resp.RespProcessor();
        byte[] wire = RequestOf(["KEYS", "*"]);
        Assert.Equal(0, processor.Process(wire, _peer.Context));
        Assert.True(processor.IsPaused);
        processor.OnClosed(_peer.Context);
        Assert.False(processor.IsPaused);
    }

    [Fact]
    public void Commands_of_one_moment_take_a_bounded_number_of_arguments()
    {
        var peer = new RespPeer(new CommandHost(limits: new CommandLimits { AtomicArguments = 20_000 }));
        string[] pairs = [.. Enumerable.Range(0, 20_000).Select(i => $"k{i / 2}")];
        string refused = "-ERR too many arguments for 'mset': it takes 20000 at one moment\r\n";
        Assert.Equal(refused, peer.SendRaw(RequestOf(["MSET", .. pairs])));
        Assert.Equal("+OK\r\n", peer.SendRaw(RequestOf(["MSET", .. pairs[2..]])));
    }

    [Fact]
    public void Multi_queues_a_bounded_number_of_arguments_and_exec_says_so()
    {
        var peer = new RespPeer(new CommandHost(limits: new CommandLimits { AtomicArguments = 10 }));
        peer.Expect("MULTI", "+OK");
        peer.Expect("SET a 1", "+QUEUED").Expect("SET b 2", "+QUEUED").Expect("SET c 3", "+QUEUED");
        peer.Expect("GET a", "-ERR too many arguments for 'multi': it takes 10 at one moment");
        peer.Expect("EXEC", "-EXECABORT Transaction discarded because of previous errors.");
        peer.Expect("GET a", "$-1");
    }

    [Fact]
    public void A_transaction_does_a_bounded_amount_of_work_at_one_moment()
    {
        var host = new CommandHost(limits: new CommandLimits { AtomicWork = 1000 });
        var peer = new RespPeer(host);
        for (int i = 0; i < 20_000; i++)
        {
            peer.Send($"SET k{i} v");
        }

        peer.Expect("MULTI", "+OK").Expect("KEYS *none*", "+QUEUED").Expect("KEYS *none*", "+QUEUED");
        peer.Expect("KEYS *none*", "+QUEUED").Expect("GET k1", "+QUEUED");
        string late = "-ERR the transaction has done too much work at one moment, this command was not executed";
        Assert.EndsWith($"{late} {late}", peer.Send("EXEC"), StringComparison.Ordinal);
        peer.Expect("KEYS *none*", "*0");
    }

    [Theory]
    [InlineData("FLUSHALL", 1)]
    [InlineData("FLUSHDB", 1)]
    [InlineData("INFO", 4)]
    [InlineData("CLIENT LIST", 4)]
    public void What_takes_long_whatever_its_arguments_takes_a_large_part_of_a_turn(string request, int perTurn)
    {
        var peer = new RespPeer(new CommandHost());
        byte[] one = RequestOf(request.Split(' '));
        peer.SendRaw([.. Enumerable.Repeat(one, 8).SelectMany(bytes => bytes)]);
        Assert.Equal(8 / perTurn, peer.Turns);
    }

    [Fact]
    public void Channels_and_patterns_have_bounds_and_a_pattern_that_is_gone_makes_room()
    {
        string longest = new('c', 1024);
        _peer.Expect($"SUBSCRIBE {longest}x", "-ERR channel is longer than 1024 bytes");
        _peer.Expect($"PUBLISH {longest}x m", "-ERR channel is longer than 1024 bytes");
        _peer.Expect($"PSUBSCRIBE {longest}x", "-ERR pattern is longer than 1024 bytes");
        _peer.Expect($"PUBSUB CHANNELS {longest}x", "-ERR pattern is longer than 1024 bytes");
        var listener = new RespPeer(_host);
        for (int i = 0; i < 256; i++)
        {
            Assert.StartsWith("*3 $10 psubscribe", listener.Send($"PSUBSCRIBE {longest[..1021]}{i:000}"),
                StringComparison.Ordinal);
        }

        var other = new RespPeer(_host);
        Assert.StartsWith("-ERR all clients together", other.Send("PSUBSCRIBE new*"), StringComparison.Ordinal);
        Assert.StartsWith("*3", other.Send($"PSUBSCRIBE {longest[..1021]}007"), StringComparison.Ordinal);
        listener.Send($"PUNSUBSCRIBE {longest[..1021]}001");
        Assert.StartsWith("*3", other.Send("PSUBSCRIBE new*"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CLIENT SETNAME {0}", "-ERR names of clients are at most 1024 bytes")]
    [InlineData("CLIENT SETINFO LIB-NAME {0}", "-ERR names of clients are at most 1024 bytes")]
    [InlineData("CLIENT SETINFO LIB-VER {0}", "-ERR names of clients are at most 1024 bytes")]
    [InlineData("HELLO 3 SETNAME {0}", "-ERR names of clients are at most 1024 bytes")]
    public void Names_have_a_bound(string request, string error) =>
        _peer.Expect(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, new string('n', 1025)),
            error);

    [Fact]
    public void A_long_script_is_not_even_looked_at()
    {
        byte[] request = RequestOf(["EVAL", new string('(', 4 << 20), "0"]);
        var processor = new SessionGateway.Commands.Resp.RespProcessor();
        _peer.Context.BeginTurn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(request.Length, processor.Process(request, _peer.Context));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_write_of_many_bytes_takes_the_turn_of_as_many_requests()
    {
        string value = new('x', 4 << 20);
        byte[] one = RequestOf(["SET", "k", value]);
        int before = _peer.Turns;
        _peer.SendRaw([.. one, .. one, .. one]);
        Assert.Equal(3, _peer.Turns - before);
    }

    private static byte[] RequestOf(IReadOnlyList<string> words)
    {
        var wire = new StringBuilder($"*{words.Count}\r\n");
        foreach (string word in words)
        {
            wire.Append('$').Append(word.Length).Append("\r\n").Append(word).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(wire.ToString());
    }

    // A hundred that match a{1000}7, and a hundred that take long to find that they do not.
    private static string[] ManyPatterns() =>
    [
        .. Enumerable.Range(0, 100).Select(i => $"*{new string('a', 800 + i)}*7"),
        .. Enumerable.Range(0, 100).Select(i => $"*{new string('a', 900)}b{i}"),
    ];

    private void Fill(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _host.PutWithFlags($"k{i}", $"vk{i}", 0);
        }
    }
}
