using System.Text;
using SessionGateway.Commands;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>A long request of one client lets the others have their turns.</summary>
public sealed class TurnTests
{
    [Theory]
    [InlineData("get")]
    [InlineData("MGET")]
    [InlineData("EXISTS")]
    [InlineData("DEL")]
    public void Others_are_answered_while_a_request_of_many_keys_runs(string verb)
    {
        using var server = new TestServer();
        TestClient greedy = server.Connect();
        TestClient modest = server.Connect();
        string[] keys = [.. Enumerable.Range(0, 60_000).Select(i => $"k{i}")];
        greedy.Post(verb == "get" ? TextOf(keys) : RespOf([verb, .. keys]));
        int served = 0;
        var answer = new StringBuilder();
        do
        {
            modest.Post("get y\r\n"u8.ToArray());
            server.Loop.RunTurn();
            served += modest.Receive() == "END\r\n" ? 1 : 0;
            answer.Append(greedy.Receive());
        }
        while (!IsComplete(verb, answer));
        Assert.InRange(served, 10, int.MaxValue);
    }

    [Fact]
    public void A_peer_that_does_not_read_stops_the_production_of_its_replies()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        string value = new('v', 1 << 20);
        client.Ask($"set a 0 0 {value.Length}\r\n{value}\r\n");
        client.Stream.OpenWindow(0);
        client.Post(Encoding.ASCII.GetBytes("get " + string.Concat(Enumerable.Repeat("a ", 60)) + "\r\n"));
        for (int i = 0; i < 100; i++)
        {
            server.Loop.RunTurn();
        }

        Assert.InRange(server.Loop.BufferBytes, 1 << 20, 5 << 20);
        client.Stream.OpenWindow(long.MaxValue);
        server.Settle();
        Assert.EndsWith("v\r\nEND\r\n", client.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public void Room_that_a_long_request_leaves_behind_makes_no_helping_longer()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        byte[] request = RespOf(["EXISTS", .. Enumerable.Range(0, 200_000).Select(i => $"k{i}")]);
        byte[] next = RespOf(["PING"]);
        client.Post([.. request, .. next[..5]]);
        server.Settle();
        client.Post([.. next[5..], .. request, .. request]);
        server.Settle();
        Assert.Equal(":0\r\n+PONG\r\n:0\r\n:0\r\n", client.Receive());
        Assert.InRange(client.Stream.LongestReceive, 1, 64 << 10);
    }

    [Fact]
    public void Places_of_the_arguments_of_a_long_request_count_as_what_the_connection_holds()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        byte[] request = RespOf(["EXISTS", .. Enumerable.Range(0, 100_000).Select(i => $"{i % 10}")]);
        client.Post(request[..^1]);
        server.Settle();
        // Buffers grow in steps: how much more than that depends on the spare ones that earlier tests have left.
        Assert.InRange(server.Loop.BufferBytes, request.Length + (100_000 * 8), 5 * request.Length);
        client.Post(request[^1..]);
        server.Settle();
        Assert.Equal(":0\r\n", client.Receive());
        Assert.Equal(0, server.Loop.BufferBytes);
    }

    [Fact]
    public void A_message_never_comes_between_the_parts_of_one_reply()
    {
        using var server = new TestServer();
        TestClient reader = server.Connect();
        TestClient publisher = server.Connect();
        string value = new('v', 1 << 20);
        publisher.Ask($"*3\r\n$3\r\nSET\r\n$1\r\na\r\n${value.Length}\r\n{value}\r\n");
        reader.Send(RespOf(["HELLO", "3"])).Send(RespOf(["SUBSCRIBE", "c"])).Receive();
        reader.Post(RespOf(["MGET", "a", "a", "a", "a"]));
        server.Loop.RunTurn();
        publisher.Post(RespOf(["PUBLISH", "c", "hi"]));
        server.Settle();
        string one = $"$1048576\r\n{value}\r\n";
        Assert.Equal($"*4\r\n{one}{one}{one}{one}>3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\nhi\r\n", reader.Receive());
    }

    private static bool IsComplete(string verb, StringBuilder answer) => verb switch
    {
        "get" => answer.ToString().EndsWith("END\r\n", StringComparison.Ordinal),
        "MGET" => answer.ToString().Count(c => c == '\n') == 60_001,
        _ => answer.ToString() == ":0\r\n",
    };

    private static byte[] TextOf(string[] keys) => Encoding.ASCII.GetBytes($"get {string.Join(' ', keys)}\r\n");

    private static byte[] RespOf(string[] words) => Encoding.ASCII.GetBytes(
        $"*{words.Length}\r\n" + string.Concat(words.Select(w => $"${w.Length}\r\n{w}\r\n")));
}
