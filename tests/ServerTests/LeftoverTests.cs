using System.Text;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>What a connection with very many names leaves behind is cleared away between the turns of others.</summary>
public sealed class LeftoverTests : IDisposable
{
    private const int Names = 20_000;

    private readonly TestServer _server = new();
    private readonly TestClient _innocent;
    private readonly TestClient _client;

    public LeftoverTests()
    {
        _innocent = _server.Connect();
        _client = _server.Connect();
        Ask(_innocent, "PING");
        Ask(_client, "PING");
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("SUBSCRIBE", "RESET")]
    [InlineData("SUBSCRIBE", "close")]
    [InlineData("SSUBSCRIBE", "RESET")]
    [InlineData("SSUBSCRIBE", "close")]
    [InlineData("PSUBSCRIBE", "RESET")]
    [InlineData("PSUBSCRIBE", "close")]
    [InlineData("WATCH", "UNWATCH")]
    [InlineData("WATCH", "DISCARD")]
    [InlineData("WATCH", "EXEC")]
    [InlineData("WATCH", "RESET")]
    [InlineData("WATCH", "close")]
    public void Others_are_answered_while_very_many_names_are_forgotten(string verb, string end)
    {
        // Patterns are bounded, by what each PUBLISH has to compare.
        int names = verb == "PSUBSCRIBE" ? Names / 2 : Names;
        Take(verb, names);
        long used = _server.Store.UsedBytes;
        if (end is "EXEC" or "DISCARD")
        {
            Ask(_client, "MULTI");
        }

        End(end);
        _server.Loop.RunTurn();
        Assert.True(_server.Loop.Context.Leftovers.Any, "the loop has everything done in one turn");
        // It is gone for the account of the connection, and not for that of the process.
        Assert.Equal(0, _client.Connection.StateBytes);
        Assert.InRange(_server.Loop.Context.Leftovers.HeldBytes, 100L * names, long.MaxValue);
        Assert.InRange(_server.Store.UsedBytes, used, long.MaxValue);
        int answered = 0;
        while (_server.Loop.Context.Leftovers.Any)
        {
            _innocent.Post(Request("PING"));
            _server.Loop.RunTurn();
            answered += _innocent.Receive() == "+PONG\r\n" ? 1 : 0;
        }

        Assert.InRange(answered, names / 4096, int.MaxValue);
        AssertNobodyListens();
        Assert.Equal(0, _server.Loop.Context.Leftovers.HeldBytes);
        Assert.InRange(_server.Store.UsedBytes, 0, used - (100L * names));
    }

    [Theory]
    [InlineData("RESET")]
    [InlineData("close")]
    public void Nothing_is_sent_to_a_connection_whose_subscriptions_are_still_being_removed(string end)
    {
        Take("SUBSCRIBE", Names);
        Ask(_innocent, "PUBLISH", "n00001", "before");
        Assert.Contains("before", _client.Receive(), StringComparison.Ordinal);
        End(end);
        _server.Loop.RunTurn();
        Assert.True(_server.Loop.Context.Leftovers.Any);
        int left = Names;
        while (_server.Loop.Context.Leftovers.Any)
        {
            // The last ones are removed last.
            _innocent.Post(Request("PUBLISH", $"n{Names - 1:00000}", "late"));
            _server.Loop.RunTurn();
            Assert.Equal(":0\r\n", _innocent.Receive());
            left--;
        }

        Assert.True(left < Names);
        Assert.DoesNotContain("late", _client.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_subscribes_again_after_a_reset_gets_each_message_once()
    {
        Take("SUBSCRIBE", Names);
        string again = $"n{Names - 1:00000}";
        _client.Post([.. Request("RESET"), .. Request("SUBSCRIBE", again)]);
        _server.Loop.RunTurn();
        Assert.True(_server.Loop.Context.Leftovers.Any);
        Assert.Equal($"+RESET\r\n*3\r\n$9\r\nsubscribe\r\n$6\r\n{again}\r\n:1\r\n", _client.Receive());
        _innocent.Post(Request("PUBLISH", again, "hi"));
        _server.Loop.RunTurn();
        Assert.Equal(":1\r\n", _innocent.Receive());
        _server.Settle();
        Assert.Equal($"*3\r\n$7\r\nmessage\r\n$6\r\n{again}\r\n$2\r\nhi\r\n", _client.Receive());
        Assert.Equal(":1\r\n", Ask(_innocent, "PUBLISH", again, "ho"));
    }

    [Theory]
    [InlineData("SUBSCRIBE")]
    [InlineData("SSUBSCRIBE")]
    public void Unsubscribing_from_very_many_counts_down_to_none(string verb)
    {
        Take(verb, Names);
        string answer = Ask(_client, verb.Replace("SUB", "UNSUB", StringComparison.Ordinal));
        string[] counts = [.. answer.Split("\r\n").Where(line => line.StartsWith(':'))];
        Assert.Equal(Enumerable.Range(0, Names).Reverse().Select(n => $":{n}"), counts);
        AssertNobodyListens();
    }

    [Fact]
    public void Exec_looks_at_no_more_watched_keys_than_a_step_may_take()
    {
        int most = _server.Services.Limits.AtomicArguments;
        Take("WATCH", most);
        // One that is watched already is not one more.
        Assert.Equal("+OK\r\n", Ask(_client, "WATCH", "n00001"));
        Assert.Equal(
            $"-ERR too many watched keys: EXEC looks at {most} at one moment\r\n", Ask(_client, "WATCH", "more"));
        Ask(_client, "MULTI");
        Ask(_client, "PING");
        Assert.Equal("*1\r\n+PONG\r\n", Ask(_client, "EXEC"));
        Assert.Equal("+OK\r\n", Ask(_client, "WATCH", "more"));
    }

    private void Take(string verb, int names)
    {
        Ask(_client, [verb, .. Enumerable.Range(0, names).Select(n => $"n{n:00000}")]);
        Assert.InRange(_client.Connection.StateBytes, 100L * names, long.MaxValue);
    }

    private void End(string how)
    {
        if (how == "close")
        {
            _client.Stream.IsReset = true;
            _client.Stream.Notify();
        }
        else
        {
            _client.Post(Request(how));
        }
    }

    private void AssertNobodyListens()
    {
        Assert.Equal("*0\r\n", Ask(_innocent, "PUBSUB", "CHANNELS"));
        Assert.Equal("*0\r\n", Ask(_innocent, "PUBSUB", "SHARDCHANNELS"));
        Assert.Equal(":0\r\n", Ask(_innocent, "PUBSUB", "NUMPAT"));
        foreach (Store.Shard shard in _server.Store.Shards)
        {
            Assert.Equal(0, shard.Watches.Count);
        }
    }

    private static string Ask(TestClient client, params string[] words) => client.Send(Request(words)).Receive();

    private static byte[] Request(params string[] words) => Encoding.ASCII.GetBytes(
        $"*{words.Length}\r\n" + string.Concat(words.Select(w => $"${w.Length}\r\n{w}\r\n")));
}
