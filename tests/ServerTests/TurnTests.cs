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
