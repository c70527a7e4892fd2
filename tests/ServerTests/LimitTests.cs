using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

public sealed class LimitTests
{
    private static readonly LoopSettings Quick = new() { StallTimeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public void A_client_that_does_not_read_is_not_served_further_and_then_closed()
    {
        using var server = new TestServer(new CommandLimits { OutputSoftBytes = 4096 }, Quick);
        TestClient writer = server.Connect();
        writer.Ask($"set v 0 0 1000\r\n{new string('x', 1000)}\r\n");
        TestClient lazy = server.Connect();
        lazy.Stream.Window = 100;
        for (int i = 0; i < 1000; i++)
        {
            lazy.Post("get v\r\n"u8.ToArray());
        }

        server.Settle();
        Assert.Equal(100, lazy.Stream.Sent.Count);
        Assert.InRange(lazy.Stream.UnreadChunks, 900, 1000);
        server.Pass(TimeSpan.FromSeconds(29));
        Assert.False(lazy.IsClosed);
        server.Pass(TimeSpan.FromSeconds(3));
        Assert.True(lazy.IsClosed);
        Assert.Equal("VALUE v 0 1000\r\n", writer.Ask("get v\r\n")[..16]);
    }

    [Fact]
    public void A_client_that_reads_slowly_gets_everything()
    {
        using var server = new TestServer(new CommandLimits { OutputSoftBytes = 4096 }, Quick);
        TestClient client = server.Connect();
        client.Ask($"set v 0 0 1000\r\n{new string('x', 1000)}\r\n");
        client.Receive();
        client.Stream.Window = 0;
        client.Post(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("get v\r\n", 100))));
        server.Settle();
        for (int i = 0; i < 200 && client.Stream.Sent.Count < 100 * 1023; i++)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(20));
            client.Stream.OpenWindow(1000);
            server.Settle();
        }

        Assert.False(client.IsClosed);
        string all = client.Receive();
        Assert.Equal(100, all.Split("END\r\n").Length - 1);
    }

    [Fact]
    public void Pushed_messages_over_the_limit_close_the_connection()
    {
        using var server = new TestServer(new CommandLimits { NormalOutput = new OutputLimit(100_000) });
        TestClient client = server.Connect();
        client.Ask("get a\r\n");
        client.Stream.Window = 0;
        for (int i = 0; i < 11; i++)
        {
            client.Connection.Push(new PushSource(), new PushedMessage([], new byte[10_000]));
        }

        server.Settle();
        Assert.True(client.IsClosed);
    }

    [Fact]
    public void A_large_request_that_does_not_end_is_given_up()
    {
        using var server = new TestServer(settings: Quick);
        TestClient client = server.Connect();
        client.Send("set k 0 0 1000000\r\n" + new string('x', 100_000));
        server.Pass(TimeSpan.FromSeconds(29));
        client.Send("more");
        server.Pass(TimeSpan.FromSeconds(29));
        Assert.False(client.IsClosed);
        server.Pass(TimeSpan.FromSeconds(3));
        Assert.True(client.IsClosed);
        Assert.Equal("END\r\n", server.Connect().Ask("get k\r\n"));
    }

    [Fact]
    public void A_short_incomplete_request_may_wait_for_ever()
    {
        using var server = new TestServer(settings: Quick);
        TestClient client = server.Connect();
        client.Send("set k 0 0 5\r\nab");
        server.Pass(TimeSpan.FromHours(2));
        Assert.Equal("STORED\r\n", client.Ask("cde\r\n"));
    }

    [Fact]
    public void Idle_connections_stay_open_by_default()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        TestClient silent = server.Connect();
        client.Ask("version\r\n");
        server.Pass(TimeSpan.FromDays(30));
        Assert.Equal("VERSION 1.6.18\r\n", client.Ask("version\r\n"));
        Assert.Equal("VERSION 1.6.18\r\n", silent.Ask("version\r\n"));
    }

    [Fact]
    public void With_an_idle_timeout_only_silent_connections_are_closed()
    {
        using var server = new TestServer(settings: new LoopSettings { IdleTimeout = TimeSpan.FromSeconds(60) });
        TestClient busy = server.Connect();
        TestClient idle = server.Connect();
        for (int i = 0; i < 7; i++)
        {
            server.Pass(TimeSpan.FromSeconds(10));
            busy.Ask("version\r\n");
        }

        Assert.False(busy.IsClosed);
        Assert.True(idle.IsClosed);
    }

    [Theory]
    [InlineData("set big 0 0 1073741824\r\n", "SERVER_ERROR object too large for cache\r\n", false)]
    [InlineData("set big 0 0 2147483647\r\n", "CLIENT_ERROR bad command line format\r\n", false)]
    [InlineData("*1\r\n$1073741824\r\n", "-ERR Protocol error: invalid bulk length\r\n", true)]
    [InlineData("*1073741824\r\n", "-ERR Protocol error: invalid multibulk length\r\n", true)]
    public void An_absurd_announced_length_is_refused_without_memory(string request, string answer, bool closes)
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        long counted = server.Store.BufferBytes;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(answer, client.Ask(request));
        Assert.Equal(closes, client.IsClosed);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1 << 20);
        Assert.InRange(server.Store.BufferBytes - counted, long.MinValue, 1 << 20);
    }

    [Fact]
    public void A_refused_value_is_swallowed_in_any_pieces_and_the_connection_goes_on()
    {
        using var server = new TestServer(new CommandLimits { MaxValueBytes = 1000 });
        TestClient client = server.Connect();
        Assert.Equal("STORED\r\n", client.Ask("set k 0 0 1\r\nx\r\n"));
        Assert.Equal("SERVER_ERROR object too large for cache\r\n", client.Ask("set k 0 0 1001\r\n"));
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal("", client.Ask(new string('g', 143)));
        }

        // The old value stays: docs/memory.md, "too large".
        Assert.Equal("VALUE k 0 1\r\nx\r\nEND\r\n", client.Ask("\r\nget k\r\n"));
    }

    [Theory]
    [InlineData(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 })]
    [InlineData(new byte[] { 0x80, 0x01, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Bytes_that_no_protocol_means_close_the_connection(byte[] bytes)
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        TestClient other = server.Connect();
        client.Send(bytes);
        Assert.True(client.IsClosed);
        Assert.Equal("VERSION 1.6.18\r\n", other.Ask("version\r\n"));
    }

    [Fact]
    public void A_line_without_end_closes_the_connection()
    {
        using var server = new TestServer();
        TestClient client = server.Connect();
        client.Send(new string('x', 2048));
        Assert.False(client.IsClosed);
        client.Send("x");
        Assert.True(client.IsClosed);
    }

    [Fact]
    public void Garbage_on_every_listener_never_stops_the_server()
    {
        var random = new Random(7);
        foreach (ListenerProtocol listener in Enum.GetValues<ListenerProtocol>())
        {
            using var server = new TestServer();
            for (int i = 0; i < 300; i++)
            {
                TestClient client = server.Connect(listener);
                byte[] garbage = new byte[random.Next(1, 3000)];
                random.NextBytes(garbage);
                garbage[0] = (i % 4) switch { 0 => 0x80, 1 => (byte)'*', 2 => (byte)'s', _ => garbage[0] };
                client.Send(garbage);
                client.Reset();
                Assert.True(client.IsClosed);
            }

            Assert.Equal("VERSION 1.6.18\r\n", server.Connect().Ask("version\r\n"));
            Assert.Equal(1, server.Services.Connections.Count);
        }
    }
}
