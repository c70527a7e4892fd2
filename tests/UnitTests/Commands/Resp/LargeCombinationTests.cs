using SessionGateway.Commands;
using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>SINTER, ZUNION, ZRANGESTORE and their kin of what takes many turns: what others see and do
/// meanwhile.</summary>
public sealed class LargeCombinationTests : OwningTests
{
    private const int Many = 6000;

    private readonly CommandHost _host = new(limits: new CommandLimits { RequestsPerTurn = 300 });
    private readonly RespPeer _peer;
    private readonly RespPeer _other;

    public LargeCombinationTests()
    {
        _peer = new RespPeer(_host);
        _other = new RespPeer(_host);
        for (int i = 0; i < Many; i += 500)
        {
            IEnumerable<int> numbers = Enumerable.Range(i, 500);
            _peer.Expect($"SADD s {string.Join(' ', numbers.Select(n => $"m{n}"))}", ":500");
            _peer.Expect($"SADD t {string.Join(' ', numbers.Select(n => $"m{n + (Many / 2)}"))}", ":500");
            _peer.Expect($"ZADD z {string.Join(' ', numbers.Select(n => $"{n} m{n}"))}", ":500");
            _peer.Expect($"ZADD y {string.Join(' ', numbers.Select(n => $"{n} m{n + (Many / 2)}"))}", ":500");
        }
    }

    [Theory]
    [InlineData("SINTERSTORE d s t", Many / 2, "SCARD d")]
    [InlineData("SUNIONSTORE d s t", Many * 3 / 2, "SCARD d")]
    [InlineData("SDIFFSTORE d s t", Many / 2, "SCARD d")]
    [InlineData("ZINTERSTORE d 2 z y", Many / 2, "ZCARD d")]
    [InlineData("ZUNIONSTORE d 2 z t WEIGHTS 2 3", Many * 3 / 2, "ZCARD d")]
    [InlineData("ZDIFFSTORE d 2 z y", Many / 2, "ZCARD d")]
    [InlineData("ZRANGESTORE d z 10 -1", Many - 10, "ZCARD d")]
    [InlineData("SUNIONSTORE s s t", Many * 3 / 2, "SCARD s")]
    [InlineData("SUNIONSTORE d s t s t s t", Many * 3 / 2, "SCARD d")]
    [InlineData("SDIFFSTORE d s t t t t t t t t", Many / 2, "SCARD d")]
    [InlineData("ZUNIONSTORE d 6 z t s y z t WEIGHTS 2 3 1 1 1 -1", Many * 3 / 2, "ZCARD d")]
    [InlineData("ZDIFFSTORE d 9 z y y y y y y y y", Many / 2, "ZCARD d")]
    public void The_destination_is_what_it_was_until_the_result_is_whole(string request, int count, string size)
    {
        _peer.Send("RPUSH d old");
        int looks = 0;
        _peer.BetweenTurns = () =>
        {
            _other.Expect("LRANGE d 0 -1", "*1 $3 old").Expect("SCARD s", $":{Many}").Expect("DBSIZE", ":5");
            looks++;
        };
        _peer.Expect(request, $":{count}");
        Assert.NotEqual(0, looks);
        _peer.BetweenTurns = null;
        _peer.Expect(size, $":{count}");
        Prove();
    }

    [Theory]
    [InlineData("SINTER s t", Many / 2)]
    [InlineData("SUNION s t", Many * 3 / 2)]
    [InlineData("SDIFF s t", Many / 2)]
    [InlineData("ZINTER 2 z y", Many / 2)]
    [InlineData("ZUNION 3 z y t", Many * 3 / 2)]
    [InlineData("ZDIFF 2 z t", Many / 2)]
    [InlineData("SUNION s t s t s t", Many * 3 / 2)]
    [InlineData("SDIFF s t t t t t t t t", Many / 2)]
    [InlineData("ZUNION 6 z y t z y t", Many * 3 / 2)]
    [InlineData("ZDIFF 9 z t t t t t t t t", Many / 2)]
    public void A_long_answer_has_each_member_once(string request, int count)
    {
        int looks = 0;
        _peer.BetweenTurns = () => looks += _other.Send("PING") == "+PONG" ? 1 : 0;
        string[] words = _peer.Send(request).Split(' ');
        Assert.NotEqual(0, looks);
        Assert.Equal($"*{count}", words[0]);
        Assert.Equal(count, words.Where(w => w.StartsWith('m')).Distinct().Count());
        Prove();
    }

    [Theory]
    [InlineData("SINTERCARD 2 s t", Many / 2)]
    [InlineData("SINTERCARD 2 s t LIMIT 2500", 2500)]
    [InlineData("ZINTERCARD 2 z t", Many / 2)]
    [InlineData("ZINTERCARD 2 z t LIMIT 2500", 2500)]
    public void Counting_takes_turns(string request, int count)
    {
        int looks = 0;
        _peer.BetweenTurns = () => looks++;
        _peer.Expect(request, $":{count}");
        Assert.NotEqual(0, looks);
    }

    [Fact]
    public void Members_of_a_long_union_come_by_score()
    {
        string[] words = _peer.Send("ZUNION 2 z y WITHSCORES").Split(' ');
        double[] scores = [.. words.Where((_, at) => at % 4 == 0 && at > 0).Select(double.Parse)];
        Assert.Equal(Many * 3 / 2, scores.Length);
        Assert.Equal(scores.Order(), scores);
    }

    [Theory]
    [InlineData("SUNIONSTORE d s t", "SADD t x", "SISMEMBER d x")]
    [InlineData("ZUNIONSTORE d 2 z t", "ZADD z 1 x", "ZRANK d y", "ZADD z 2 y")]
    [InlineData("SUNIONSTORE d s t s t s t", "SADD t x", "SISMEMBER d x")]
    [InlineData("ZUNIONSTORE d 6 z t z t z t", "ZADD z 1 x", "ZRANK d y", "ZADD z 2 y")]
    [InlineData("SINTERSTORE d s t", "DEL t", "EXISTS s", "SADD t m1")]
    public void What_is_written_to_a_source_meanwhile_is_in_the_result(
        string request, string write, string look, string? second = null)
    {
        int writes = 0;
        _peer.BetweenTurns = () =>
        {
            if (writes++ < 2)
            {
                _other.Send(writes == 1 || second is null ? write : second);
            }
        };
        _peer.Send(request);
        Assert.NotEqual(0, writes);
        _peer.BetweenTurns = null;
        Assert.DoesNotContain(_peer.Send(look), (string[])[":0", "$-1"]);
        Prove();
    }

    [Theory]
    [InlineData("SUNIONSTORE d s t")]
    [InlineData("ZUNIONSTORE d 2 s t")]
    [InlineData("ZUNIONSTORE d 5 s t s t s")]
    public void Somebody_who_writes_all_the_time_waits_at_last_and_it_takes_turns_then_too(string request)
    {
        int writes = 0, waits = 0;
        _peer.BetweenTurns = () =>
        {
            if (_other.Connection.IsParked)
            {
                waits++;
            }
            else if (_other.Send($"SADD s w{writes}") == ":1")
            {
                writes++;
            }
        };
        string reply = _peer.Send(request);
        _peer.BetweenTurns = null;
        Assert.Equal($":{(Many * 3 / 2) + writes}", reply);
        Assert.InRange(waits, 2, int.MaxValue);
        Assert.Equal(":1\r\n", _other.SendRaw(""));
        _peer.Expect("SISMEMBER s w0", ":1").Expect($"SISMEMBER s w{writes}", ":1");
    }

    [Theory]
    [InlineData("SINTER", 100)]
    [InlineData("SINTERCARD 2000", 100)]
    [InlineData("SINTERSTORE d", 100)]
    [InlineData("ZINTERSTORE d 2000", 100)]
    [InlineData("ZINTER 2000", 100)]
    public void One_of_many_keys_looks_for_few_members_in_a_turn(string request, int members)
    {
        _peer.Send("DEL s");
        _peer.Send($"SADD s {string.Join(' ', Enumerable.Range(0, members))}");
        int before = _peer.Turns;
        string reply = _peer.Send($"{request} {string.Join(' ', Enumerable.Repeat("s", 2000))}");
        Assert.Equal($"{members}", reply.Split(' ')[0][1..]);

        // A turn of 300 units is 1,200 look-ups, and what one member takes.
        Assert.InRange(_peer.Turns - before, members * 2000 / 10_000, int.MaxValue);
    }

    [Fact]
    public void One_of_many_keys_that_are_not_there_does_not_look_at_all_of_them_for_each()
    {
        string keys = string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"no{i}"));
        int before = _peer.Turns;
        _peer.Expect("ZADD one 1 a", ":1").Expect($"ZUNIONSTORE d 20001 one {keys}", ":1");
        _peer.Expect($"ZUNION 20000 {keys}", "*0").Expect($"SUNION {keys}", "*0");

        // A turn is 300 units or more; each key is looked for a few times.
        Assert.InRange(_peer.Turns - before, 4, 4000);
    }

    [Fact]
    public void A_flush_meanwhile_leaves_nothing()
    {
        _peer.BetweenTurns = () => _other.Send("FLUSHALL");
        _peer.Expect("SUNIONSTORE d s t", ":0").Expect("ZUNION 2 z y", "*0").Expect("DBSIZE", ":0");
        _peer.BetweenTurns = null;
        Prove();
    }

    [Theory]
    [InlineData("SUNION s t s t s t", "*0")]
    [InlineData("SUNIONSTORE d s t s t s t", ":0")]
    [InlineData("ZUNION 6 z y z y z y", "*0")]
    [InlineData("ZDIFF 9 z y y y y y y y y", "*0")]
    [InlineData("SDIFFSTORE d s t t t t t t t t", ":0")]
    public void A_flush_takes_what_was_gathered_along(string request, string answer)
    {
        _peer.BetweenTurns = () => _other.Send("FLUSHALL");
        _peer.Expect(request, answer).Expect("DBSIZE", ":0");
        _peer.BetweenTurns = null;
        Prove();
    }

    [Theory]
    [InlineData("ZUNIONSTORE d 700")]
    [InlineData("ZUNION 700")]
    [InlineData("SUNIONSTORE d")]
    [InlineData("SUNION")]
    public void Many_keys_cost_as_much_as_they_have_members(string request)
    {
        bool isSorted = request[0] == 'Z';
        for (int key = 0; key < 700; key++)
        {
            IEnumerable<int> numbers = Enumerable.Range(key * 10, 20);
            _peer.Send(isSorted ? $"ZADD k{key} {string.Join(' ', numbers.Select(n => $"{n} m{n}"))}"
                : $"SADD k{key} {string.Join(' ', numbers.Select(n => $"m{n}"))}");
        }

        int before = _peer.Turns;
        string reply = _peer.Send($"{request} {string.Join(' ', Enumerable.Range(0, 700).Select(key => $"k{key}"))}");
        Assert.Equal("7010", reply.Split(' ')[0][1..]);

        // Of the 14,000 members 512 are a step. Each of them looked for in each key would be 4,800 steps.
        Assert.InRange(_peer.Turns - before, 4, 400);
        Prove();
    }

    [Theory]
    [InlineData("SUNION", "SUNIONSTORE")]
    [InlineData("SDIFF", "SDIFFSTORE")]
    [InlineData("ZUNION", "ZUNIONSTORE")]
    [InlineData("ZDIFF", "ZDIFFSTORE")]
    public void Many_keys_at_once_are_what_they_are_one_after_the_other(string verb, string stores)
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        bool isSorted = verb[0] == 'Z';
        string[] keys = [.. Enumerable.Range(0, 40).Select(key => $"k{key}")];
        for (int key = 0; key < 40; key++)
        {
            IEnumerable<int> numbers = Enumerable.Range(0, key == 0 ? 400 : random.Next(1, 30)).Select(
                n => key == 0 ? n : random.Next(450));
            _peer.Send(isSorted && random.Next(3) > 0
                ? $"ZADD k{key} {string.Join(' ', numbers.Select(n => $"{random.Next(-9, 9)} m{n}"))}"
                : $"SADD k{key} {string.Join(' ', numbers.Select(n => $"m{n}"))}");
        }

        _peer.Send(isSorted ? $"{stores} one 1 k0" : $"{stores} one k0");
        foreach (string key in keys[1..])
        {
            _peer.Send(isSorted ? $"{stores} one 2 one {key}" : $"{stores} one one {key}");
        }

        string all = string.Join(' ', isSorted ? ["40", .. keys] : keys);
        _peer.Send($"{stores} many {all}");
        string look = isSorted ? "ZRANGE {0} 0 -1 WITHSCORES" : "SMEMBERS {0}";
        string one = Sorted(_peer.Send(string.Format(null, look, "one")), isSorted);
        string many = Sorted(_peer.Send(string.Format(null, look, "many")), isSorted);
        string told = Sorted(_peer.Send($"{verb} {all}{(isSorted ? " WITHSCORES" : "")}"), isSorted);
        Assert.True(one == many && one == told, $"seed {seed}: {one}, {many}, {told}");
        Prove();
    }

    [Fact]
    public void A_type_that_changes_meanwhile_is_refused()
    {
        _peer.BetweenTurns = () => _other.Send("SET t x");
        const string wrong = "-WRONGTYPE Operation against a key holding the wrong kind of value";
        _peer.Expect("SUNIONSTORE d s t", wrong).Expect("EXISTS d", ":0").Expect("SUNION s t", wrong);
        _peer.BetweenTurns = null;
        _peer.Send("DEL t");
        _peer.Send($"SADD t {string.Join(' ', Enumerable.Range(0, 5000))}");
        _peer.BetweenTurns = () => _other.Send("SET t x");
        _peer.Expect("SUNION s s t s s s t", wrong).Expect("ZUNIONSTORE d 6 s s t s s t", wrong)
            .Expect("EXISTS d", ":0");
        _peer.BetweenTurns = null;
        Prove();
    }

    [Theory]
    [InlineData("SUNIONSTORE d s t", 12_000)]
    [InlineData("ZUNIONSTORE d 2 s t", 9_000)]
    [InlineData("ZRANGESTORE d z 0 -1", 7_000)]
    [InlineData("ZUNIONSTORE d 6 s t s t s t", 8_000)]
    [InlineData("ZUNION 6 s t s t s t", 12_000)]
    [InlineData("SUNION s t s t s t", 12_000)]
    [InlineData("SDIFF s t t t t t t t", 12_000)]
    public void Memory_that_runs_out_leaves_the_destination_as_it_was(string request, int count)
    {
        using var host = new CommandHost(memory: 12 << 20);
        using var peer = new RespPeer(host);
        string member = new('m', 500);
        string add = request.Contains(" z ") ? "ZADD z 1" : "SADD s";
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(":1", peer.Send($"{add} {member}{i}"));
        }

        peer.Expect("RPUSH d old", ":1")
            .Expect(request, "-OOM command not allowed when used memory > 'maxmemory'.")
            .Expect("LRANGE d 0 -1", "*1 $3 old");
        Prove(host);
    }

    [Fact]
    public void A_connection_that_ends_meanwhile_leaves_nothing_behind()
    {
        foreach (string request in (string[])["SUNIONSTORE d s t", "ZUNION 2 z y", "SUNION s t",
            "ZUNION 6 z y z y z y", "SDIFF s t t t t t t t t", "ZUNIONSTORE d 6 z y z y z y"])
        {
            _peer.Context.BeginTurn();
            var processor = new SessionGateway.Commands.Resp.RespProcessor();
            Assert.Equal(0, processor.Process(RespPeer.Encode(request), _peer.Context));
            Assert.True(processor.IsPaused);
            processor.OnClosed(_peer.Context);
            _peer.Context.Output.Clear();
        }

        _peer.Expect("DBSIZE", ":4");
        Prove();
    }

    [Fact]
    public void A_transaction_refuses_what_is_more_work_than_one_step_may_be()
    {
        var host = new CommandHost(limits: new CommandLimits { AtomicWork = 1000 });
        var peer = new RespPeer(host);
        for (int i = 0; i < 10_000; i += 500)
        {
            peer.Send($"SADD s {string.Join(' ', Enumerable.Range(i, 500))}");
        }

        const string refused =
            "-ERR the transaction has done too much work at one moment, this command was not executed";
        peer.Expect("SET d x", "+OK").Expect("MULTI", "+OK").Expect("SUNIONSTORE d s s", "+QUEUED")
            .Expect("EXEC", $"*1 {refused}").Expect("GET d", "$1 x").Expect("SUNIONSTORE d s s", ":10000");
        Prove(host);
    }

    private static string Sorted(string reply, bool isSorted) =>
        isSorted ? reply : string.Join(' ', reply.Split(' ').Order(StringComparer.Ordinal));

    private void Prove() => Prove(_host);

    private static void Prove(CommandHost host)
    {
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            while (!host.Store.Maintain(shard, host.Clock.Now, 1_000_000))
            {
            }
        }

        ((SegmentItemStore)host.Store).CheckIntegrity();
    }
}
