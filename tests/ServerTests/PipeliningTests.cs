using SessionGateway.Commands;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

public sealed class PipeliningTests
{
    private const string Conversation =
        "set a 7 0 3\r\nabc\r\nget a\r\nappend a 0 0 2 noreply\r\nde\r\nget a nope\r\nbroken\r\nset b 0 0 "
            + "1\r\nxy\r\ndelete a\r\nget a\r\n";

    private const string Answers =
        "STORED\r\nVALUE a 7 3\r\nabc\r\nEND\r\nVALUE a 7 5\r\nabcde\r\nEND\r\nERROR\r\nCLIENT_ERROR bad data "
            + "chunk\r\nERROR\r\nDELETED\r\nEND\r\n";

    [Fact]
    public void Requests_in_one_piece_are_answered_in_order()
    {
        using var server = new TestServer();
        Assert.Equal(Answers, server.Connect().Ask(Conversation));
    }

    [Fact]
    public void Any_two_pieces_give_the_same_answers()
    {
        for (int cut = 1; cut < Conversation.Length; cut++)
        {
            using var server = new TestServer();
            TestClient client = server.Connect();
            string first = client.Ask(Conversation[..cut]);
            Assert.Equal(Answers, first + client.Ask(Conversation[cut..]));
        }
    }

    [Fact]
    public void Single_bytes_give_the_same_answers()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        string answers = string.Concat(Conversation.Select(c => client.Ask(c.ToString())));
        Assert.Equal(Answers, answers);
    }

    [Fact]
    public void A_long_pipeline_of_one_client_does_not_keep_others_waiting()
    {
        using var server = new TestServer(new CommandLimits { RequestsPerTurn = 10 });
        TestClient greedy = server.Connect();
        TestClient modest = server.Connect();
        greedy.Post(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("get x\r\n", 1000))));
        modest.Post("get y\r\n"u8.ToArray());
        server.Loop.RunTurn();
        Assert.Equal("END\r\n", modest.Receive());
        Assert.Equal(10, greedy.Receive().Length / 5);
        server.Settle();
        Assert.Equal(990, greedy.Receive().Length / 5);
    }

    [Fact]
    public void A_pushed_message_reaches_the_client_between_replies()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Ask("get a\r\n");
        client.Connection.Push(new PushSource(),
            new PushedMessage("1\r\n"u8.ToArray(), "$6\r\npushed\r\n"u8.ToArray()));
        server.Settle();
        Assert.Equal("*1\r\n$6\r\npushed\r\n", client.Receive());
    }

    [Fact]
    public void What_was_pushed_before_a_request_arrives_before_its_reply_unless_its_source_has_ended()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Ask("get a\r\n");
        var ended = new PushSource();
        client.Connection.Push(ended, new PushedMessage("1\r\n"u8.ToArray(), "$5\r\nended\r\n"u8.ToArray()));
        client.Connection.Push(new PushSource(), new PushedMessage("1\r\n"u8.ToArray(), "$5\r\nlives\r\n"u8.ToArray()));
        ended.End();
        Assert.Equal("*1\r\n$5\r\nlives\r\nEND\r\n", client.Ask("get a\r\n"));
    }
}
