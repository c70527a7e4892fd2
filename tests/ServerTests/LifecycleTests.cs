using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

public sealed class LifecycleTests
{
    [Fact]
    public void A_client_that_closes_its_sending_side_still_gets_its_answers()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Post("set a 0 0 1\r\n1\r\nget a\r\n"u8.ToArray());
        client.HalfClose();
        Assert.Equal("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n", client.Receive());
        Assert.True(client.IsClosed);
    }

    [Fact]
    public void Quit_answers_what_came_before_and_ignores_what_comes_after()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        Assert.Equal("END\r\n", client.Ask("get a\r\nquit\r\nset a 0 0 1\r\n1\r\n"));
        Assert.True(client.IsClosed);
        Assert.Equal("END\r\n", server.Connect().Ask("get a\r\n"));
    }

    [Fact]
    public void A_client_that_vanishes_in_the_middle_of_a_request_leaves_nothing_behind()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Send("set a 0 0 100000\r\nhalf of it");
        client.Reset();
        Assert.True(client.IsClosed);
        Assert.Equal(0, server.Services.Connections.Count);
        Assert.Equal("END\r\n", server.Connect().Ask("get a\r\n"));
    }

    [Fact]
    public void Draining_answers_what_has_been_received_and_closes()
    {
        using var server = new TestServer();
        TestClient busy = server.Connect();
        TestClient idle = server.Connect();
        busy.Post(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("get x\r\n", 5000))));
        server.Loop.Post(new Gateway.Connections.LoopMessage(Gateway.Connections.LoopMessageKind.Drain));
        server.Settle();
        Assert.True(server.Poller.HasStoppedListening);
        Assert.Equal(5000, busy.Receive().Length / 5);
        Assert.True(busy.IsClosed);
        Assert.True(idle.IsClosed);
        Assert.True(server.Loop.IsFinished);
    }

    [Fact]
    public void Draining_waits_for_the_rest_of_a_request_that_is_on_its_way()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Post("get x\r\nset a 0 0 4\r\nab"u8.ToArray());
        server.Loop.Post(new Gateway.Connections.LoopMessage(Gateway.Connections.LoopMessageKind.Drain));
        server.Settle();
        Assert.Equal("END\r\n", client.Receive());
        Assert.False(client.IsClosed);
        server.Pass(TimeSpan.FromMilliseconds(200));
        client.Post("cd\r\n"u8.ToArray());
        server.Settle();
        Assert.Equal("STORED\r\n", client.Receive());
        Assert.True(client.IsClosed);
        Assert.True(server.Loop.IsFinished);
    }

    [Fact]
    public void Draining_does_not_wait_for_a_request_whose_rest_does_not_come()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Post("set a 0 0 4\r\nab"u8.ToArray());
        server.Loop.Post(new Gateway.Connections.LoopMessage(Gateway.Connections.LoopMessageKind.Drain));
        server.Settle();
        Assert.False(client.IsClosed);
        server.Pass(TimeSpan.FromMilliseconds(400));
        Assert.True(client.IsClosed);
        Assert.True(server.Loop.IsFinished);
    }

    [Fact]
    public void Draining_waits_for_a_client_to_read_its_answer()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Stream.Window = 2;
        client.Post("get x\r\n"u8.ToArray());
        server.Loop.Post(new Gateway.Connections.LoopMessage(Gateway.Connections.LoopMessageKind.Drain));
        server.Settle();
        Assert.False(client.IsClosed);
        Assert.False(server.Loop.IsFinished);
        client.Stream.OpenWindow(long.MaxValue);
        server.Settle();
        Assert.Equal("END\r\n", client.Receive());
        Assert.True(client.IsClosed);
        Assert.True(server.Loop.IsFinished);
    }

    [Fact]
    public void Items_expire_in_the_background_within_a_second()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        for (int i = 0; i < 1000; i++)
        {
            client.Ask($"set k{i} 0 10 1\r\nx\r\n");
        }

        Assert.Equal(1000, server.Store.Count(0));
        for (int i = 0; i < 110; i++)
        {
            server.Pass(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(0, server.Store.Count(0));
        // Two segments wait for the next items; an index or two is looked at once a second.
        Assert.InRange(server.Store.UsedBytes - server.Store.BufferBytes, 0, 256 << 10);
    }

    [Fact]
    public void Killing_a_connection_from_elsewhere_closes_it()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Connection.Kill();
        server.Settle();
        Assert.True(client.IsClosed);
    }
}
