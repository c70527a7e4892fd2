using System.Text;
using SessionGateway.Commands;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>Large values are sent from the store's memory: every byte in order, whatever the peer takes.</summary>
public sealed class LargeValueTests
{
    private const int Length = 100_000;
    private static readonly string Value = Make(Length, 'a');
    private static readonly string TextReply = $"VALUE big 0 {Length}\r\n{Value}\r\nEND\r\n";
    private static readonly string RespReply = $"${Length}\r\n{Value}\r\n";

    [Fact]
    public void Whatever_the_peer_takes_at_once_the_bytes_are_those_of_the_value()
    {
        int[] windows = [0, 1, 17, 18, 19, 50_000, Length + 17, Length + 18, TextReply.Length - 1, 1 << 20];
        foreach (int window in windows)
        {
            using TestServer server = Filled();
            TestClient client = server.Connect();
            client.Stream.Window = window;
            client.Send("get big\r\nget small\r\n");
            OpenBySteps(server, client, 30_000);
            Assert.Equal(TextReply + "VALUE small 0 1\r\nx\r\nEND\r\n", client.Receive());
        }
    }

    [Fact]
    public void What_waits_for_the_peer_goes_first()
    {
        using TestServer server = Filled();
        TestClient client = server.Connect();
        client.Stream.Window = 5;
        client.Send("get small\r\nget big\r\n");
        client.Send("get big\r\n");
        OpenBySteps(server, client, 70_000);
        Assert.Equal("VALUE small 0 1\r\nx\r\nEND\r\n" + TextReply + TextReply, client.Receive());
    }

    [Fact]
    public void A_large_value_leaves_without_a_copy_and_together_with_what_stands_around_it()
    {
        using TestServer server = Filled();
        TestClient client = server.Connect();
        int before = client.Stream.Sends;
        client.Send("get small\r\nget big\r\n");
        Assert.Equal("VALUE small 0 1\r\nx\r\nEND\r\n" + TextReply, client.Receive());
        Assert.Equal(1, client.Stream.Sends - before);
        Assert.Equal(Length, client.Stream.LastParts.Second);
        Assert.Equal(7, client.Stream.LastParts.Third);
    }

    [Theory]
    [InlineData("gets big\r\n")]
    [InlineData("gat 100 big\r\n")]
    [InlineData("gat -1 big\r\n")]
    [InlineData("get big small absent\r\n")]
    [InlineData("get absent big big\r\n")]
    public void Any_reading_verb_answers_as_where_nothing_is_sent_directly(string request)
    {
        using TestServer direct = Filled();
        using TestServer copying = Filled();
        TestClient client = copying.Connect();
        client.Stream.TakesParts = false;
        Assert.Equal(client.Ask(request), direct.Connect().Ask(request));
    }

    [Theory]
    [InlineData("GET big\r\n")]
    [InlineData("GETEX big\r\n")]
    [InlineData("GETEX big EX 10\r\n")]
    [InlineData("GETEX big PERSIST\r\n")]
    [InlineData("GETEX big EXAT 1\r\n")]
    [InlineData("GETDEL big\r\n")]
    [InlineData("MGET big small big\r\n")]
    [InlineData("MULTI\r\nGET big\r\nGET small\r\nEXEC\r\n")]
    [InlineData("EVAL \"return redis.call('get', KEYS[1])\" 1 big\r\n")]
    [InlineData("CLIENT REPLY SKIP\r\nGET big\r\nGET small\r\n")]
    [InlineData("CLIENT REPLY OFF\r\nGET big\r\nGET small\r\n")]
    public void Any_command_answers_as_where_nothing_is_sent_directly(string request)
    {
        using TestServer direct = Filled();
        using TestServer copying = Filled();
        TestClient client = copying.Connect(Protocols.Detection.ListenerProtocol.Resp);
        client.Stream.TakesParts = false;
        string answer = direct.Connect(Protocols.Detection.ListenerProtocol.Resp).Ask(request);
        Assert.Equal(client.Ask(request), answer);
    }

    [Fact]
    public void A_get_that_is_refused_for_a_later_key_has_sent_nothing_before()
    {
        using TestServer server = Filled();
        Assert.Equal(
            "CLIENT_ERROR bad command line format\r\n", server.Connect().Ask($"get big {new string('k', 251)}\r\n"));
    }

    [Fact]
    public void A_peer_that_is_gone_in_the_middle_leaves_the_value_as_it_is()
    {
        using TestServer server = Filled();
        TestClient client = server.Connect();
        client.Stream.Window = 50_000;
        client.Send("get big\r\n");
        client.Reset();
        Assert.True(client.IsClosed);
        Assert.Equal(TextReply, server.Connect().Ask("get big\r\n"));
        server.Store.CheckIntegrity();
    }

    [Fact]
    public void A_reply_above_the_limit_ends_the_connection_and_is_not_sent_in_part()
    {
        using var server = new TestServer(new CommandLimits { NormalOutput = new(50_000), PubSubOutput = new(50_000) });
        server.Connect().Send($"set big 0 0 {Length}\r\n{Value}\r\n");
        TestClient client = server.Connect();
        client.Send("get big\r\n");
        Assert.True(client.IsClosed);
        Assert.Equal("", client.Receive());
    }

    [Fact]
    public void Large_requests_are_the_same_in_any_two_pieces_and_behind_others()
    {
        string request = $"set small 0 0 1\r\ny\r\nset big 0 0 {Length}\r\n{Value}\r\nget big\r\n";
        byte[] bytes = Encoding.Latin1.GetBytes(request);
        foreach (int cut in (int[])[1, 20, 40, 65_535, 65_536, 65_537, 90_000, bytes.Length - 10, bytes.Length - 3])
        {
            using var server = new TestServer();
            TestClient client = server.Connect();
            for (int round = 0; round < 3; round++)
            {
                client.Post(bytes[..cut]);
                client.Post(bytes[cut..]);
                server.Settle();
                Assert.Equal("STORED\r\nSTORED\r\n" + TextReply, client.Receive());
            }
        }
    }

    [Fact]
    public void Large_requests_in_many_pieces_are_the_same()
    {
        byte[] bytes = Encoding.Latin1.GetBytes($"set big 0 0 {Length}\r\n{Value}\r\n");
        using var server = new TestServer();
        TestClient client = server.Connect();
        foreach (int piece in (int[])[1000, 30_000, 65_536, 70_000, 1000])
        {
            foreach (byte[] chunk in bytes.Chunk(piece))
            {
                client.Post(chunk);
                server.Loop.RunTurn();
            }

            server.Settle();
            Assert.Equal("STORED\r\n" + TextReply, client.Receive() + client.Ask("get big\r\n"));
        }
    }

    private static TestServer Filled()
    {
        var server = new TestServer();
        string sets = $"set small 0 0 1\r\nx\r\nset big 0 0 {Length}\r\n{Value}\r\n";
        Assert.Equal("STORED\r\nSTORED\r\n", server.Connect().Ask(sets));
        return server;
    }

    private static void OpenBySteps(TestServer server, TestClient client, int step)
    {
        while (client.Stream.AwaitsWindow)
        {
            client.Stream.OpenWindow(step);
            server.Settle();
        }
    }

    private static string Make(int length, char from)
    {
        char[] chars = new char[length];
        for (int i = 0; i < length; i++)
        {
            chars[i] = (char)(from + (i * 7 % 26));
        }

        return new string(chars);
    }
}
