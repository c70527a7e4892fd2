using SessionGateway.Gateway.Connections;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.ServerTests.Parking;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

public sealed class HoldingTests : IDisposable
{
    private readonly HoldingServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_reply_waits_for_its_position_while_the_loop_serves_others_and_the_write_is_seen()
    {
        TestClient held = _server.Connect();
        TestClient other = _server.Connect();
        Assert.Equal("", held.Ask("set a 0 0 1\r\n1\r\n"));
        Assert.Equal("VALUE a 0 1\r\n1\r\nEND\r\n", other.Ask("get a\r\n"));
        _server.Reach(_server.Written - 1);
        Assert.Equal("", held.Receive());
        _server.Reach(_server.Written);
        Assert.Equal("STORED\r\n", held.Receive());
        Assert.Equal("VALUE a 0 1\r\n1\r\nEND\r\n", held.Ask("get a\r\n"));
    }

    [Fact]
    public void Later_requests_of_the_connection_are_executed_and_only_their_bytes_wait_in_order()
    {
        TestClient held = _server.Connect();
        held.Send("set a 0 0 1\r\n1\r\n");
        Assert.Equal("", held.Ask("get a\r\nincr a 4\r\n"));
        Assert.Equal("VALUE a 0 1\r\n5\r\nEND\r\n", _server.Connect().Ask("get a\r\n"));
        Assert.Equal("", held.Ask("get a\r\n"));
        _server.ReachAll();
        Assert.Equal("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n5\r\nVALUE a 0 1\r\n5\r\nEND\r\n", held.Receive());
    }

    [Fact]
    public void What_waits_for_an_earlier_position_goes_first()
    {
        TestClient first = _server.Connect();
        TestClient second = _server.Connect();
        first.Send("set a 0 0 1\r\n1\r\n");
        long early = _server.Written;
        second.Send("set b 0 0 1\r\n2\r\n");
        first.Send("delete b\r\n");
        _server.Reach(early);
        Assert.Equal("STORED\r\n", first.Receive());
        Assert.Equal("", second.Receive());
        _server.Reach(early + 1);
        Assert.Equal("STORED\r\n", second.Receive());
        Assert.Equal("", first.Receive());
        _server.Reach(early + 2);
        Assert.Equal("DELETED\r\n", first.Receive());
    }

    [Theory]
    [InlineData("set a 0 0 1\r\n1\r\n", "STORED\r\n", false)]
    [InlineData("set a 0 0 1 noreply\r\n1\r\n", "", false)]
    [InlineData("set a 0 0 1\r\n1\r\n", "STORED\r\n", true)]
    [InlineData("set a 0 0 1 noreply\r\n1\r\n", "", true)]
    public void A_large_value_behind_a_held_reply_waits_with_it(string write, string answer, bool isApart)
    {
        string value = new('v', 100_000);
        string found = $"VALUE big 0 100000\r\n{value}\r\nEND\r\n";
        TestClient client = _server.Connect();
        client.Send($"set big 0 0 100000 noreply\r\n{value}\r\n");
        _server.ReachAll();
        Assert.Equal(found, client.Ask("get big\r\n"));
        string early = isApart ? client.Ask(write) + client.Ask("get big\r\n") : client.Ask(write + "get big\r\n");
        Assert.Equal("", early);
        _server.ReachAll();
        Assert.Equal(answer + found, client.Receive());
    }

    [Fact]
    public void What_changes_nothing_waits_for_nothing()
    {
        TestClient client = _server.Connect();
        Assert.Equal("END\r\n", client.Ask("get a\r\n"));
        Assert.Equal("NOT_FOUND\r\n", client.Ask("delete a\r\n"));
        Assert.Equal("NOT_STORED\r\n", client.Ask("replace a 0 0 1\r\n1\r\n"));
        Assert.Equal("ERROR\r\n", client.Ask("nonsense\r\n"));
    }

    [Fact]
    public void A_position_that_is_reached_already_holds_nothing_and_saying_so_late_or_twice_is_harmless()
    {
        TestClient client = _server.Connect();
        client.Send("set a 0 0 1\r\n1\r\n");
        _server.Reach(_server.Written + 2);
        _server.Reach(1);
        _server.Reach(_server.Written);
        Assert.Equal("STORED\r\n", client.Receive());
        Assert.Equal("STORED\r\nSTORED\r\n", client.Ask("set a 0 0 1\r\n1\r\nset a 0 0 1\r\n2\r\n"));
        Assert.Equal("", client.Ask("set a 0 0 1\r\n3\r\n"));
        _server.Reach(_server.Written - 1);
        Assert.Equal("", client.Receive());
    }

    [Fact]
    public void Ten_thousand_held_replies_go_out_by_one_message_and_one_send_each()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 10_000).Select(_ => _server.Connect())];
        foreach (TestClient client in clients)
        {
            client.Post("set a 0 0 1\r\n1\r\nget a\r\n"u8.ToArray());
        }

        _server.Server.Settle();
        Assert.Equal(10_000, _server.Gate.HeldConnections);
        Assert.All(clients, c => Assert.Equal(0, c.Stream.Sends));
        for (long position = _server.Written - 100; position <= _server.Written; position++)
        {
            _server.Gate.Reach(position);
        }

        Assert.Equal(1, _server.Server.Loop.WaitingMessages);
        _server.Server.Loop.RunTurn();
        Assert.All(clients, c => Assert.Equal("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n", c.Receive()));
        Assert.All(clients, c => Assert.Equal(1, c.Stream.Sends));
        Assert.Equal(0, _server.Gate.HeldBytes);
    }

    [Fact]
    public void A_transaction_is_one_write_whose_reply_waits_for_the_end_of_it()
    {
        TestClient client = _server.Resp();
        Assert.Equal("+OK\r\n", client.Ask("multi\r\n"));
        Assert.Equal("+QUEUED\r\n+QUEUED\r\n", client.Ask("set a 1\r\nset b 2\r\n"));
        Assert.Equal("", client.Ask("exec\r\nget a\r\n"));
        _server.Reach(_server.Written - 1);
        Assert.Equal("", client.Receive());
        _server.ReachAll();
        Assert.Equal("*2\r\n+OK\r\n+OK\r\n$1\r\n1\r\n", client.Receive());
    }

    [Theory]
    [InlineData(2, "*3\r\n")]
    [InlineData(3, ">3\r\n")]
    public void A_message_stays_behind_the_replies_before_it(int version, string head)
    {
        TestClient subscriber = _server.Resp();
        subscriber.Ask($"hello {version}\r\n");
        subscriber.Ask("set b 2\r\n");
        subscriber.Ask("subscribe news\r\n");
        _server.Reach(_server.Written);
        subscriber.Receive();
        TestClient pipelined = _server.Resp();
        pipelined.Ask("set a 1\r\nsubscribe news\r\n");
        Assert.Equal(":2\r\n", _server.Resp().Ask("publish news now\r\n"));
        string message = "$7\r\nmessage\r\n$4\r\nnews\r\n$3\r\nnow\r\n";
        Assert.Equal(head + message, subscriber.Receive());
        Assert.Equal("", pipelined.Receive());
        _server.ReachAll();
        string subscribed = "*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n";
        Assert.Equal("+OK\r\n" + subscribed + "*3\r\n" + message, pipelined.Receive());
    }

    [Fact]
    public void A_resp3_client_that_writes_gets_messages_and_replies_in_the_order_of_events()
    {
        TestClient client = _server.Resp();
        client.Ask("hello 3\r\nsubscribe news\r\n");
        Assert.Equal("", client.Ask("set a 1\r\n"));
        _server.Resp().Ask("publish news now\r\n");
        Assert.Equal("", client.Ask("get a\r\n"));
        _server.ReachAll();
        Assert.Equal(
            "+OK\r\n>3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$3\r\nnow\r\n$1\r\n1\r\n", client.Receive());
    }

    [Fact]
    public void Reset_and_quit_wait_behind_what_was_written_and_quit_closes_when_all_is_out()
    {
        TestClient client = _server.Resp();
        Assert.Equal("", client.Ask("set a 1\r\nreset\r\nquit\r\nset a 2\r\n"));
        Assert.False(client.IsClosed);
        _server.ReachAll();
        Assert.Equal("+OK\r\n+RESET\r\n+OK\r\n", client.Receive());
        Assert.True(client.IsClosed);
        Assert.Equal("$1\r\n1\r\n", _server.Resp().Ask("get a\r\n"));
    }

    [Fact]
    public void The_answer_behind_a_silent_write_waits_for_it_in_every_protocol()
    {
        TestClient text = _server.Connect();
        text.Send("set a 0 0 1 noreply\r\n1\r\n");
        Assert.Equal("", text.Ask("version\r\n"));
        TestClient binary = _server.Connect();
        binary.Send(SetQuietly("c"u8));
        binary.Send(Noop());
        TestClient resp = _server.Resp();
        resp.Send("client reply skip\r\nset d 1\r\n");
        Assert.Equal("", resp.Ask("ping\r\n"));
        Assert.Equal("", binary.Receive());
        _server.Reach(_server.Written - 1);
        Assert.StartsWith("VERSION ", text.Receive(), StringComparison.Ordinal);
        Assert.Equal(24, binary.Receive().Length);
        Assert.Equal("", resp.Receive());
        _server.ReachAll();
        Assert.Equal("+PONG\r\n", resp.Receive());
    }

    [Fact]
    public void A_silent_write_that_is_safe_meanwhile_holds_nothing()
    {
        TestClient client = _server.Connect();
        client.Send("set a 0 0 1 noreply\r\n1\r\n");
        _server.ReachAll();
        Assert.Equal("VALUE a 0 1\r\n1\r\nEND\r\n", client.Ask("get a\r\n"));
    }

    [Fact]
    public void A_parked_request_that_takes_something_is_held_and_goes_on_while_replies_are_held()
    {
        AwaitCommand.Learn();
        TestClient waiting = _server.Resp();
        Assert.Equal("", waiting.Ask("set a 1\r\nawait k 0\r\n"));
        _server.Resp().Send("set k 1\r\n");
        Assert.Equal("", waiting.Receive());
        Assert.Equal("$-1\r\n", _server.Resp().Ask("get k\r\n"));
        _server.Reach(1);
        Assert.Equal("+OK\r\n", waiting.Receive());
        _server.ReachAll();
        Assert.Equal("*2\r\n$1\r\nk\r\n$1\r\n1\r\n", waiting.Receive());
    }

    [Fact]
    public void A_peer_that_reads_slowly_gets_all_in_order()
    {
        TestClient client = _server.Connect();
        client.Stream.Window = 3;
        client.Send("get none\r\nset a 0 0 1\r\n1\r\nget a\r\n");
        client.Send("incr a 1\r\n");
        string all = "END\r\nSTORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n";
        _server.Reach(1);
        Assert.Equal(all[..3], client.Receive());
        client.Stream.OpenWindow(10);
        _server.Server.Settle();
        Assert.Equal(all[3..13], client.Receive());
        client.Stream.OpenWindow(1000);
        _server.Server.Settle();
        Assert.Equal(all[13..], client.Receive());
        _server.ReachAll();
        Assert.Equal("2\r\n", client.Receive());
    }

    [Fact]
    public void A_drain_waits_for_the_release_and_then_closes()
    {
        TestClient held = _server.Connect();
        TestClient quiet = _server.Connect();
        held.Send("set a 0 0 1\r\n1\r\nget a\r\n");
        _server.Server.Loop.Post(new LoopMessage(LoopMessageKind.Drain));
        _server.Server.Settle();
        _server.Server.Pass(TimeSpan.FromSeconds(9));
        Assert.True(quiet.IsClosed);
        Assert.False(held.IsClosed);
        Assert.False(_server.Server.Loop.IsFinished);
        _server.ReachAll();
        Assert.Equal("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n", held.Receive());
        Assert.True(held.IsClosed);
        Assert.True(_server.Server.Loop.IsFinished);
        Assert.Empty(_server.Server.TransportLines.Take(2023));
    }

    [Fact]
    public void A_drain_whose_time_is_over_closes_and_says_how_many_clients_were_not_answered()
    {
        TestClient[] held = [.. Enumerable.Range(0, 3).Select(_ => _server.Connect())];
        Array.ForEach(held, c => c.Send("set a 0 0 1\r\n1\r\n"));
        _server.Server.Loop.Post(new LoopMessage(LoopMessageKind.Drain));
        _server.Server.Settle();
        _server.Server.Loop.Post(new LoopMessage(LoopMessageKind.Stop));
        _server.Server.Settle();
        Assert.All(held, c => Assert.True(c.IsClosed));
        string line = Assert.Single(_server.Server.TransportLines.Take(2023));
        Assert.StartsWith("3 connections closed whose replies still waited (24 bytes)", line, StringComparison.Ordinal);
    }

    private static byte[] SetQuietly(ReadOnlySpan<byte> key)
    {
        byte[] packet = new byte[24 + 8 + key.Length + 1];
        packet[0] = 0x80;
        packet[1] = 0x11;
        packet[3] = (byte)key.Length;
        packet[4] = 8;
        packet[11] = (byte)(8 + key.Length + 1);
        key.CopyTo(packet.AsSpan(32));
        packet[^1] = (byte)'1';
        return packet;
    }

    private static byte[] Noop()
    {
        byte[] packet = new byte[24];
        packet[0] = 0x80;
        packet[1] = 0x0a;
        return packet;
    }
}
