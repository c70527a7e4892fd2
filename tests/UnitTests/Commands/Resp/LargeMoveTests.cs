using SessionGateway.Commands;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>RENAME, COPY and MOVE of collections that take many turns: what others see and do meanwhile.</summary>
public sealed class LargeMoveTests : OwningTests
{
    private const int Many = 20_000;

    private readonly CommandHost _host = new(limits: new CommandLimits { RequestsPerTurn = 200 });
    private readonly RespPeer _peer;
    private readonly RespPeer _other;

    public LargeMoveTests()
    {
        _peer = new RespPeer(_host);
        _other = new RespPeer(_host);
    }

    [Theory]
    [InlineData("RENAME k l", "+OK", false)]
    [InlineData("RENAMENX k new", ":1", false)]
    [InlineData("COPY k l REPLACE", ":1", true)]
    [InlineData("COPY k l DB 1", ":1", true)]
    [InlineData("MOVE k 1", ":1", false)]
    public void A_collection_of_any_size_gets_another_key_in_turns(string request, string reply, bool isKept)
    {
        FillHash(_peer, "k", Many);
        _peer.Expect("SET l old", "+OK").Expect("PEXPIRE k 5000", ":1");
        int seen = 0;
        _peer.BetweenTurns = () =>
        {
            _other.Expect("GET l", "$3 old").Expect("HLEN k", $":{Many}").Expect("DBSIZE", ":2");
            seen++;
        };
        _peer.Expect(request, reply);
        Assert.InRange(seen, 3, 10_000);
        _peer.Expect("EXISTS k", isKept ? ":1" : ":0");
        string[] words = request.Split(' ');
        _peer.Expect($"SELECT {(words.Contains("1") ? 1 : 0)}", "+OK");
        string target = words[0] == "MOVE" ? "k" : words[2];
        _peer.Expect($"HLEN {target}", $":{Many}").Expect($"PTTL {target}", ":5000")
            .Expect($"HGET {target} f{Many - 1}", $"$6 v{Many - 1}").Expect($"HGET {target} f0", "$2 v0")
            .Expect($"HDEL {target} f0 f1 f2", ":3").Expect($"HLEN {target}", $":{Many - 3}");
        Prove();
    }

    [Fact]
    public void Writes_to_the_original_meanwhile_are_in_the_copy()
    {
        FillHash(_peer, "k", Many);
        int writes = 0;
        _peer.BetweenTurns = () => _other.Expect($"HSET k f{writes % 100} w{writes++}", ":0");
        _peer.Expect("COPY k l", ":1");
        Assert.NotEqual(0, writes);
        string last = $"w{writes - 1}";
        _peer.Expect("HLEN l", $":{Many}").Expect($"HGET l f{(writes - 1) % 100}", $"${last.Length} {last}");
        Prove();
    }

    [Fact]
    public void An_original_that_goes_meanwhile_is_not_there()
    {
        FillHash(_peer, "k", Many);
        _peer.BetweenTurns = () => _other.Send("DEL k");
        _peer.Expect("RENAME k l", "-ERR no such key").Expect("EXISTS l", ":0");
        FillHash(_peer, "k", Many);
        _peer.Expect("COPY k l", ":0").Expect("EXISTS l", ":0");
        Prove();
    }

    [Fact]
    public void A_new_key_that_comes_meanwhile_stays()
    {
        FillHash(_peer, "k", Many);
        _peer.BetweenTurns = () => _other.Send("SET l x");
        _peer.Expect("RENAMENX k l", ":0").Expect("GET l", "$1 x").Expect("HLEN k", $":{Many}");
        Prove();
    }

    [Fact]
    public void A_flush_of_the_new_database_meanwhile_does_no_harm()
    {
        FillHash(_peer, "k", Many);
        _other.Expect("SELECT 1", "+OK");
        int flushes = 0;
        _peer.BetweenTurns = () => flushes += _other.Send("FLUSHDB") == "+OK" ? 1 : 0;
        _peer.Expect("COPY k l DB 1", ":1").Expect("SELECT 1", "+OK").Expect("HLEN l", $":{Many}");
        Assert.NotEqual(0, flushes);
        _peer.Expect("HGET l f77", "$3 v77");
        Prove();
    }

    [Fact]
    public void Memory_that_runs_out_leaves_both_keys_as_they_were()
    {
        using var host = new CommandHost(memory: 12 << 20);
        using var peer = new RespPeer(host);
        string value = new('v', 500);
        FillHash(peer, "k", 10_000, value);
        FillHash(peer, "l", 1_000, value);
        const string refused = "-OOM command not allowed when used memory > 'maxmemory'.";
        int turns = peer.Turns;
        peer.Expect("RENAME k l", refused);
        Assert.InRange(peer.Turns - turns, 2, 1000);
        peer.Expect("COPY k l REPLACE", refused).Expect("MOVE k 1", refused);
        peer.Expect("HLEN k", ":10000").Expect("HLEN l", ":1000").Expect("HSTRLEN l f999", ":500")
            .Expect("HSTRLEN k f9999", ":500").Expect("DEL k", ":1").Expect("RENAME l m", "+OK")
            .Expect("HLEN m", ":1000");
        Prove(host.Store, host.Clock.Now);
    }

    [Fact]
    public void A_connection_that_ends_meanwhile_leaves_nothing_behind()
    {
        FillHash(_peer, "k", Many);
        _peer.Context.BeginTurn();
        var processor = new SessionGateway.Commands.Resp.RespProcessor();
        Assert.Equal(0, processor.Process(RespPeer.Encode("COPY k l"), _peer.Context));
        Assert.True(processor.IsPaused);
        processor.OnClosed(_peer.Context);
        _peer.Context.Output.Clear();
        _peer.Expect("EXISTS l", ":0").Expect("HLEN k", $":{Many}");
        Prove();
    }

    [Fact]
    public void In_a_transaction_it_is_one_step()
    {
        FillHash(_peer, "k", Many);
        _peer.BetweenTurns = () => Assert.Fail("a transaction has no turns");
        _peer.Expect("MULTI", "+OK").Expect("COPY k l", "+QUEUED").Expect("RENAME l m", "+QUEUED")
            .Expect("EXEC", "*2 :1 +OK").Expect("HLEN m", $":{Many}").Expect("HLEN k", $":{Many}");
        Prove();
    }

    [Fact]
    public void Another_store_that_follows_has_the_same()
    {
        using var twin = new SegmentItemStore(new SegmentStoreOptions { MemoryLimit = 64 << 20, Seed = 99 });
        var applier = new Applier(twin);
        _host.Store.Listen(applier);
        _peer.Expect("SET l old", "+OK").Expect("SET m old", "+OK");
        FillHash(_peer, "k", 2000);
        _peer.Expect("PEXPIRE k 5000", ":1").Expect("COPY k l REPLACE", ":1").Expect("RENAME k m", "+OK");
        foreach (string key in (string[])["l", "m"])
        {
            ItemKey target = twin.Key(0, Segments.BytesOf(key));
            using ShardScope scope = twin.Enter(target, _host.Clock.Now);
            scope.Shard.Collections.Hashes.Length(target, _host.Clock.Now, out long count);
            Assert.Equal(2000, count);
            Assert.True(scope.Shard.TryPeek(target, _host.Clock.Now, out ItemView item));
            Assert.Equal(_host.Clock.Now + 5000, item.ExpiresAt);
        }

        Assert.Equal(2, twin.Count(0));
        Prove(twin, _host.Clock.Now);
    }

    private static void FillHash(RespPeer peer, string key, int count, string? value = null)
    {
        for (int i = 0; i < count; i += 500)
        {
            IEnumerable<string> pairs = Enumerable.Range(i, 500).Select(n => $"f{n} {value ?? $"v{n}"}");
            peer.Expect($"HSET {key} {string.Join(' ', pairs)}", ":500");
        }
    }

    private void Prove() => Prove(_host.Store, _host.Clock.Now);

    // Nothing is left of what was given up, and everything that is there is whole.
    private static void Prove(ItemStore store, long now)
    {
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            while (!store.Maintain(shard, now, 1_000_000))
            {
            }
        }

        ((SegmentItemStore)store).CheckIntegrity();
    }

    private sealed class Applier(ItemStore twin) : IMutationListener
    {
        private readonly MutationApplier _applier = new(twin);

        public void OnMutation(in Mutation mutation) =>
            Assert.Equal(ApplyStatus.Applied, _applier.Apply(mutation));
    }
}
