using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Holding;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

/// <summary>Held clients that die, wait long or send much.</summary>
public sealed class HeldClientTests
{
    [Fact]
    public void A_held_client_that_is_reset_is_closed_at_once_and_its_memory_given_back()
    {
        using var server = new HoldingServer();
        TestClient client = server.Connect();
        client.Send("set a 0 0 1\r\n1\r\n");
        Assert.True(server.Server.Loop.BufferBytes > 0);
        client.Reset();
        Assert.True(client.IsClosed);
        Assert.Equal(0, server.Gate.HeldConnections);
        Assert.Equal(0, server.Server.Loop.BufferBytes);
        server.Reach(0);
    }

    [Fact]
    public void A_held_client_that_closes_its_side_gets_an_answer_that_comes_soon()
    {
        using var server = new HoldingServer();
        TestClient client = server.Connect();
        client.Post("set a 0 0 1\r\n1\r\n"u8.ToArray());
        client.HalfClose();
        server.Server.Pass(TimeSpan.FromMilliseconds(900));
        Assert.False(client.IsClosed);
        server.ReachAll();
        Assert.Equal("STORED\r\n", client.Receive());
        Assert.True(client.IsClosed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("quit\r\n")]
    public void A_held_client_that_closes_its_side_and_gets_no_answer_soon_is_let_go(string last)
    {
        using var server = new HoldingServer();
        TestClient client = server.Connect();
        client.Send("set a 0 0 1\r\n1\r\n" + last);
        server.Server.Pass(TimeSpan.FromMinutes(10));
        Assert.False(client.IsClosed);
        client.HalfClose();
        server.Server.Pass(TimeSpan.FromSeconds(2));
        Assert.True(client.IsClosed);
        Assert.Equal(0, server.Gate.HeldBytes);
        Assert.Equal(0, server.Server.Loop.BufferBytes);
    }

    [Fact]
    public void A_held_client_is_neither_idle_nor_a_slow_reader()
    {
        using var server = new HoldingServer(
            settings: new LoopSettings { IdleTimeout = TimeSpan.FromSeconds(10) },
            commands: new CommandLimits { NormalOutput = new OutputLimit(1 << 20, 4, TimeSpan.FromSeconds(5)) });
        TestClient held = server.Connect();
        TestClient idle = server.Connect();
        held.Send("set a 0 0 1\r\n1\r\n");
        for (int i = 0; i < 40; i++)
        {
            server.Server.Pass(TimeSpan.FromSeconds(10));
        }

        Assert.False(held.IsClosed);
        Assert.True(idle.IsClosed);
        server.ReachAll();
        Assert.Equal("STORED\r\n", held.Receive());
        server.Server.Pass(TimeSpan.FromSeconds(11));
        Assert.True(held.IsClosed);
    }

    [Fact]
    public void Client_kill_closes_a_held_client_at_once_and_itself_after_its_replies()
    {
        using var server = new HoldingServer();
        TestClient killed = server.Resp();
        TestClient killer = server.Resp();
        killed.Send("set a 1\r\n");
        Assert.Equal(":1\r\n", killer.Ask($"client kill id {killed.Connection.Id}\r\n"));
        Assert.True(killed.IsClosed);
        Assert.Equal("", killer.Ask($"set a 2\r\nclient kill id {killer.Connection.Id} skipme no\r\n"));
        Assert.False(killer.IsClosed);
        server.ReachAll();
        Assert.Equal("+OK\r\n:1\r\n", killer.Receive());
        Assert.True(killer.IsClosed);
    }

    [Fact]
    public void A_client_with_too_much_held_is_read_no_more_until_some_is_released_and_loses_nothing()
    {
        using var server = new HoldingServer(new HoldLimits(ConnectionBytes: 200));
        TestClient client = server.Connect();
        for (int i = 0; i < 100; i++)
        {
            client.Post("incr n 1\r\nset n 0 0 1\r\n5\r\n"u8.ToArray());
        }

        server.Server.Settle();
        int unread = client.Stream.UnreadChunks;
        Assert.InRange(unread, 80, 95);
        Assert.InRange(server.Gate.HeldBytes, 200, 300);
        Assert.False(server.Server.Loop.HasWork);
        int rounds = 0;
        while (client.Stream.UnreadChunks > 0 || server.Gate.HeldBytes > 0)
        {
            server.ReachAll();
            rounds++;
        }

        Assert.InRange(rounds, 4, 20);
        string answers = "NOT_FOUND\r\nSTORED\r\n" + string.Concat(Enumerable.Repeat("6\r\nSTORED\r\n", 99));
        Assert.Equal(answers, client.Receive());
        Assert.False(client.IsClosed);
    }

    [Fact]
    public void When_all_together_hold_too_much_those_who_hold_some_are_read_no_more()
    {
        using var server = new HoldingServer(new HoldLimits(AllBytes: 64));
        TestClient[] writers = [.. Enumerable.Range(0, 10).Select(_ => server.Connect())];
        Array.ForEach(writers, w => w.Send("set a 0 0 1\r\n1\r\n"));
        Assert.Equal(80, server.Gate.HeldBytes);
        Assert.Equal("END\r\n", server.Connect().Ask("get b\r\n"));
        writers[0].Send("set b 0 0 1\r\n1\r\n");
        Assert.Equal("END\r\n", server.Connect().Ask("get b\r\n"));
        server.ReachAll();
        server.ReachAll();
        Assert.Equal("STORED\r\nSTORED\r\n", writers[0].Receive());
        Assert.Equal("VALUE b 0 1\r\n1\r\nEND\r\n", server.Connect().Ask("get b\r\n"));
    }

    [Fact]
    public void Messages_to_a_client_with_too_much_held_wait_in_their_own_queue()
    {
        using var server = new HoldingServer(new HoldLimits(ConnectionBytes: 10));
        TestClient client = server.Resp();
        client.Ask("hello 3\r\nsubscribe news\r\n");
        client.Send("set a 1\r\nset b 1\r\n");
        TestClient publisher = server.Resp();
        for (int i = 0; i < 50; i++)
        {
            publisher.Ask("publish news now\r\n");
        }

        Assert.Equal(10, server.Gate.HeldBytes);
        Assert.Equal(50, client.Connection.Usage.WaitingPushes);
        server.ReachAll();
        Assert.Equal(10 + (50 * 36), client.Receive().Length);
    }

    [Fact]
    public void What_a_client_wrote_whose_answers_were_too_long_holds_nobody_else()
    {
        using var server = new HoldingServer(
            commands: new CommandLimits { NormalOutput = new OutputLimit(64 << 10) });
        server.Connect().Send($"set big 0 0 40000\r\n{new string('v', 40_000)}\r\n");
        server.ReachAll();
        TestClient greedy = server.Connect();
        TestClient reader = server.Connect();
        greedy.Post("set a 0 0 1\r\n1\r\nget big big\r\n"u8.ToArray());
        reader.Post("get none\r\n"u8.ToArray());
        server.Server.Settle();
        Assert.True(greedy.IsClosed);
        Assert.Equal("END\r\n", reader.Receive());
    }

    [Fact]
    public void A_client_that_goes_on_writing_is_answered_all_the_same()
    {
        using var server = new HoldingServer();
        TestClient client = server.Connect();
        int answered = 0;
        for (int i = 0; i < 1000; i++)
        {
            client.Send("set a 0 0 1\r\n1\r\n");
            server.Reach(server.Written - 8);
            answered += client.Receive().Length / 8;
            Assert.InRange(answered, i - 20, i);
        }
    }

    [Fact]
    public void Holding_and_releasing_a_reply_allocates_nothing()
    {
        using var server = new HoldingServer();
        TestClient[] clients = [.. Enumerable.Range(0, 50).Select(_ => server.Connect())];
        byte[] request = "set a 0 0 1\r\n1\r\nget a\r\n"u8.ToArray();
        Array.ForEach(clients, c => c.Stream.Sent.Capacity = 4096);
        for (int i = 0; i < 100; i++)
        {
            Round();
        }

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Round();
            }
        }));

        void Round()
        {
            for (int turn = 0; turn < 6; turn++)
            {
                foreach (TestClient client in clients)
                {
                    client.Post(request);
                }

                server.Server.Loop.RunTurn();
            }

            Assert.True(server.Gate.HeldConnections == clients.Length);
            server.Gate.Reach(server.Written);
            server.Server.Settle();
            foreach (TestClient client in clients)
            {
                Assert.True(client.Stream.Sent.Count == 6 * 29);
                client.Stream.Sent.Clear();
            }
        }
    }
}
