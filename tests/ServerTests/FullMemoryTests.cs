using SessionGateway.Protocols.Buffers;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>60,000 live sessions of 2 KB want to stay in 64 MB: twice what fits.</summary>
public sealed class FullMemoryTests
{
    private const int Sessions = 60_000;
    private const int SessionBytes = 2048;

    private static readonly SegmentStoreOptions Small = new() { MemoryLimit = 64 << 20, Seed = 3 };

    public static TheoryData<string> Protocols => [.. SessionProtocol.All.Keys];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Every_write_is_stored_or_refused_with_an_error_and_no_session_is_lost(string name)
    {
        SessionProtocol protocol = SessionProtocol.All[name];
        using var server = new TestServer(Small);
        var clients = new Clients(server);
        bool[] stored = [.. Enumerable.Range(0, Sessions).Select(i => Write(clients.Next(), protocol, i))];
        int count = stored.Count(s => s);
        Assert.InRange(count, 25_000, 32_000);
        for (int i = 0; i < Sessions; i++)
        {
            Assert.Equal(stored[i], IsThere(clients.Next(), protocol, i));
        }

        Assert.Equal(Sessions - count, server.Store.RefusedCount);
        Assert.Equal(count, server.Store.Count(0));
        Assert.All(LossReasons.All, reason => Assert.Equal(0, server.Store.LostCount(reason)));
        Assert.Equal(MemoryPressure.Critical, server.Store.MemoryPressure);
        Assert.True(server.Store.UsedBytes <= Small.MemoryLimit);
        string stats = server.Connect().Ask("stats\r\n");
        Assert.Contains($"STAT store_no_memory {Sessions - count}\r\n", stats);
        Assert.Contains("STAT evictions 0\r\n", stats);
        Assert.Contains("STAT sessions_lost_anonymous 0\r\n", stats);
        Assert.Contains("STAT memory_pressure critical\r\n", stats);
        Assert.Contains($"STAT limit_maxbytes {Small.MemoryLimit}\r\n", stats);
        server.Store.CheckIntegrity();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void With_an_anonymous_class_every_write_is_stored_and_all_established_sessions_stay(string name)
    {
        SessionProtocol protocol = SessionProtocol.All[name];
        using var server = new TestServer(Small with
        {
            Prefixes = [new PrefixRule("session-"u8.ToArray(), PrefixClass.Anonymous)],
        });
        var clients = new Clients(server);
        for (int i = 0; i < Sessions; i++)
        {
            TestClient client = clients.Next();
            Assert.True(Write(client, protocol, i));
            Assert.True(i % 4 != 0 || IsThere(client, protocol, i));
        }

        for (int i = 0; i < Sessions; i += 4)
        {
            Assert.True(IsThere(clients.Next(), protocol, i), $"session {i} was established and is gone");
        }

        Assert.Equal(0, server.Store.RefusedCount);
        long lost = server.Store.LostCount(LossReason.Anonymous);
        Assert.Equal(Sessions - server.Store.Count(0), lost);
        string stats = server.Connect().Ask("stats\r\n");
        Assert.Contains($"STAT evictions {lost}\r\n", stats);
        Assert.Contains($"STAT sessions_lost_anonymous {lost}\r\n", stats);
        server.Store.CheckIntegrity();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_refused_rewrite_leaves_the_session_as_it_was(string name)
    {
        SessionProtocol protocol = SessionProtocol.All[name];
        using var server = new TestServer(Small);
        TestClient client = server.Connect();
        int last = Enumerable.Range(0, Sessions).First(i => !Write(client, protocol, i)) - 1;
        string longer = new('x', 500_000);
        Assert.Equal(protocol.Refused, SessionProtocol.WithoutCas(client.Ask(protocol.Set(Key(last), longer))));
        Assert.True(IsThere(client, protocol, last));
    }

    [Fact]
    public void Memcached_ends_the_stale_item_of_a_refused_rewrite_where_items_may_be_evicted()
    {
        SessionProtocol protocol = SessionProtocol.All["text"];
        using var server = new TestServer(Small with { Policy = EvictionPolicy.VolatileTtl });
        TestClient client = server.Connect();
        int last = Enumerable.Range(0, Sessions).First(i => !Write(client, protocol, i)) - 1;
        Assert.Equal(protocol.Refused, client.Ask(protocol.Set(Key(last), new string('x', 500_000))));
        Assert.Equal(protocol.Missing, client.Ask(protocol.Get(Key(last))));
    }

    [Fact]
    public void What_connections_have_received_and_not_sent_counts_against_the_limit_while_they_hold_it()
    {
        using var server = new TestServer(Small);
        // What a test before this one left to the thread counts already.
        int spare = ByteQueue.SpareBytes;
        long idle = server.Store.BufferBytes;
        long used = server.Store.UsedBytes;
        TestClient half = server.Connect();
        half.Send($"set big 0 0 1000000\r\n{new string('x', 900_000)}");
        Assert.InRange(server.Store.BufferBytes - idle, 900_000 - spare, 4_000_000);
        Assert.Equal(server.Store.BufferBytes - idle, server.Store.UsedBytes - used);
        half.Send($"{new string('x', 100_000)}\r\n");
        TestClient lazy = server.Connect();
        lazy.Stream.Window = 0;
        lazy.Send("get big\r\n");
        Assert.InRange(server.Store.BufferBytes - idle, 1_000_000 - spare, 5_000_000);
        lazy.Reset();
        half.Reset();
        server.Settle();

        // One freed block waits for the next request of its length, and the loop's reply buffer keeps a megabyte.
        Assert.InRange(server.Store.BufferBytes - idle, -spare, 2 << 20);
        server.Store.CheckIntegrity();
    }

    [Fact]
    public void A_write_is_refused_when_buffers_have_taken_the_memory_and_stored_when_they_are_gone()
    {
        SessionProtocol protocol = SessionProtocol.All["text"];
        using var server = new TestServer(Small);
        server.Store.CountBuffers(Small.MemoryLimit);
        Assert.False(Write(server.Connect(), protocol, 1));
        server.Store.CountBuffers(-Small.MemoryLimit);
        Assert.True(Write(server.Connect(), protocol, 1));
    }

    // A test's end of a connection keeps all that it was sent: a new one now and then.
    private sealed class Clients(TestServer server)
    {
        private const int RequestsPerClient = 1000;

        private TestClient _client = server.Connect();
        private int _requests;

        public TestClient Next()
        {
            if (++_requests % RequestsPerClient == 0)
            {
                _client.Reset();
                _client = server.Connect();
            }

            return _client;
        }
    }

    private static string Key(int i) => $"session-{i}";

    private static string Value(int i) => i.ToString("D8").PadRight(SessionBytes, (char)('a' + (i % 26)));

    private static bool Write(TestClient client, SessionProtocol protocol, int i)
    {
        string answer = SessionProtocol.WithoutCas(client.Ask(protocol.Set(Key(i), Value(i))));
        Assert.True(answer == protocol.Stored || answer == protocol.Refused, answer);
        return answer == protocol.Stored;
    }

    private static bool IsThere(TestClient client, SessionProtocol protocol, int i)
    {
        string answer = SessionProtocol.WithoutCas(client.Ask(protocol.Get(Key(i))));
        Assert.True(answer == protocol.Found(Key(i), Value(i)) || answer == protocol.Missing, answer);
        return answer != protocol.Missing;
    }
}
