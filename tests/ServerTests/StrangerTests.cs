using System.Buffers.Binary;
using System.Text;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>What a connection may do that has not logged in.</summary>
public sealed class StrangerTests
{
    private const int Strangers = 90;

    private static readonly SegmentStoreOptions Small = new()
    {
        MemoryLimit = 64 << 20,
        Seed = 3,
        Policy = EvictionPolicy.EvictLru,
    };

    public static TheoryData<string> Beginnings =>
    [
        // SASL PLAIN with a message of a megabyte, and with the largest body there is.
        Sasl(1 << 20, 1_000_000), Sasl(0x7fffffff, 1_000_000), Sasl(2049, 2000),
        "set login 0 0 1000000\r\n" + new string('x', 900_000), "set login 0 0 1024\r\n" + new string('x', 1000),
        new string('x', 60_000), "get " + new string('a', 2000),
        "*10\r\n" + string.Concat(Enumerable.Repeat($"$16384\r\n{new string('x', 16384)}\r\n", 9)),
        "*2\r\n$4\r\nAUTH\r\n$16384\r\n" + new string('x', 16_000),
        "*2\r\n$4\r\nAUTH\r\n$20000\r\n" + new string('x', 16_000),
        string.Concat(Enumerable.Repeat("*1\r\n$4\r\nPING\r\n", 4000)),
        string.Concat(Enumerable.Repeat("get a\r\n", 10_000)),
    ];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void What_strangers_send_moves_no_session(string beginning)
    {
        using var server = new TestServer(Small, logins: ("u", "p"));
        TestClient user = LoggedIn(server);
        int stored = 0;
        while (server.Store.LostCount(LossReason.LeastRecentlyUsed) == 0)
        {
            Assert.Equal("+OK\r\n", user.Ask(Command("SET", $"session:{stored++}", new string('s', 8000))));
        }

        // The thread's spare block is the loop's, and serves strangers, too.
        int spare = ByteQueue.SpareBytes;
        long used = server.Store.UsedBytes;
        long count = server.Store.Count(0);
        long lost = server.Store.LostCount(LossReason.LeastRecentlyUsed);
        TestClient[] strangers = [.. Enumerable.Range(0, Strangers).Select(_ => server.Connect())];
        byte[] bytes = Encoding.Latin1.GetBytes(beginning);
        foreach (TestClient stranger in strangers)
        {
            stranger.Stream.Window = 1000;
            for (int at = 0; at < bytes.Length; at += 20_000)
            {
                stranger.Send(bytes[at..Math.Min(at + 20_000, bytes.Length)]);
            }
        }

        server.Pass(TimeSpan.FromSeconds(2));
        // The loop's own reply buffer may have grown.
        Assert.InRange(server.Store.UsedBytes, used - spare - 1, used + (512 << 10));
        Assert.Equal(count, server.Store.Count(0));
        Assert.Equal(lost, server.Store.LostCount(LossReason.LeastRecentlyUsed));
        long most = TestServer.StrangerBytes + (Strangers * StrangerAccount.AlwaysBytes) + StrangerAccount.MaxBytesEach;
        Assert.InRange(server.Loop.Strangers.Account.Bytes, 0, most);
        Assert.Equal("+OK\r\n", user.Ask(Command("SET", "session:0", "again")));
        Assert.Equal("STORED\r\n", server.Connect().Ask("set login 0 0 3\r\nu p\r\n"));
        server.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal((0, 0), (server.Loop.Strangers.Account.Queue.Count, server.Loop.Strangers.Account.Bytes));
        Assert.All(strangers, stranger => Assert.True(stranger.IsClosed));
    }

    [Fact]
    public void A_login_takes_at_most_five_seconds()
    {
        using var server = new TestServer(logins: ("u", "p"));
        TestClient silent = server.Connect();
        TestClient busy = server.Connect(ListenerProtocol.Resp);
        TestClient user = LoggedIn(server);
        for (int i = 0; i < 4; i++)
        {
            server.Pass(TimeSpan.FromSeconds(1));
            Assert.StartsWith("-NOAUTH", busy.Ask("PING\r\n"));
        }

        Assert.False(silent.IsClosed || busy.IsClosed);
        server.Pass(TimeSpan.FromSeconds(2));
        Assert.True(silent.IsClosed && busy.IsClosed);
        server.Pass(TimeSpan.FromHours(1));
        Assert.Equal("+PONG\r\n", user.Ask(Command("PING")));
    }

    [Fact]
    public void Who_loses_the_login_has_five_seconds_again()
    {
        using var server = new TestServer(logins: ("u", "p"));
        TestClient user = LoggedIn(server);
        server.Pass(TimeSpan.FromHours(1));
        Assert.Equal("+RESET\r\n", user.Ask(Command("RESET")));
        server.Pass(TimeSpan.FromSeconds(4));
        Assert.Equal("+OK\r\n", user.Ask(Command("AUTH", "u", "p")));
        server.Pass(TimeSpan.FromHours(1));
        Assert.Equal("+RESET\r\n", user.Ask(Command("RESET")));
        server.Pass(TimeSpan.FromSeconds(6));
        Assert.True(user.IsClosed);
    }

    [Fact]
    public void The_oldest_stranger_makes_room_and_users_stay()
    {
        using var server = new TestServer(logins: ("u", "p"));
        TestClient[] users = [.. Enumerable.Range(0, 150).Select(_ => LoggedIn(server))];
        TestClient[] strangers = [.. Enumerable.Range(0, 1000).Select(_ => server.Connect())];
        server.Settle();
        Assert.Equal(TestServer.StrangerPlaces, strangers.Count(s => !s.IsClosed));
        Assert.All(strangers[^TestServer.StrangerPlaces..], s => Assert.False(s.IsClosed));
        LoggedIn(server);
        Assert.All(users, u => Assert.Equal("+PONG\r\n", u.Ask(Command("PING"))));
    }

    [Theory]
    [InlineData("resp")]
    [InlineData("text")]
    [InlineData("binary")]
    public void Failed_logins_of_an_address_are_answered_later_and_later(string protocol)
    {
        (string wrong, string right) = protocol switch
        {
            "resp" => (Command("AUTH", "u", "no"), Command("AUTH", "u", "p")),
            "text" => ("set a 0 0 4\r\nu no\r\n", "set a 0 0 3\r\nu p\r\n"),
            _ => (Sasl("\0u\0no"), Sasl("\0u\0p")),
        };
        using var server = new TestServer(logins: ("u", "p"));
        List<int> waits = [];
        for (int i = 0; i < 10; i++)
        {
            // Each on a connection of its own; what follows the login waits for its answer.
            TestClient client = server.Connect();
            client.Send(wrong + wrong);
            int wait = 0;
            while (client.Stream.Sent.Count == 0)
            {
                Assert.False(client.IsClosed);
                server.Pass(TimeSpan.FromMilliseconds(50));
                wait += 50;
                Assert.InRange(wait, 0, 2000);
            }

            client.Reset();
            waits.Add(wait);
        }

        Assert.Equal(0, waits[0]);
        Assert.Equal(2000, waits[^1]);
        Assert.Equal(waits.Order(), waits);
        // The right password does not wait.
        TestClient user = server.Connect();
        Assert.NotEqual("", user.Ask(right));
        Assert.True(user.Connection.IsAuthenticated);
    }

    [Fact]
    public void A_flood_of_failed_logins_is_executed_at_the_pace_of_its_answers()
    {
        using var server = new TestServer(logins: ("u", "p"));
        TestClient client = server.Connect();
        client.Send(string.Concat(Enumerable.Repeat(Command("AUTH", "u", "no"), 1000)));
        server.Pass(TimeSpan.FromSeconds(4));
        Assert.InRange(server.Services.Stats.Sum(s => s.Memcached.AuthErrors + s.Resp.AuthErrors), 4, 12);
    }

    [Fact]
    public void Draining_does_not_wait_for_answers_that_are_kept_back()
    {
        using var server = new TestServer(logins: ("u", "p"));
        TestClient client = server.Connect();
        client.Send(string.Concat(Enumerable.Repeat(Command("AUTH", "u", "no"), 5)));
        server.Loop.Post(new Gateway.Connections.LoopMessage(Gateway.Connections.LoopMessageKind.Drain));
        server.Settle();
        Assert.True(client.IsClosed);
        Assert.Equal(5, client.Receive().Split('\n').Length - 1);
    }

    private static TestClient LoggedIn(TestServer server)
    {
        TestClient user = server.Connect();
        Assert.Equal("+OK\r\n", user.Ask(Command("AUTH", "u", "p")));
        return user;
    }

    private static string Command(params string[] words) =>
        $"*{words.Length}\r\n" + string.Concat(words.Select(w => $"${w.Length}\r\n{w}\r\n"));

    private static string Sasl(string message) => Sasl(5 + message.Length, 0) + message;

    private static string Sasl(int bodyBytes, int sentBytes)
    {
        byte[] header = new byte[24];
        header[0] = 0x80;
        header[1] = 0x21;
        header[3] = 5;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), bodyBytes);
        return Encoding.Latin1.GetString(header) + "PLAIN" + new string('x', sentBytes);
    }
}
