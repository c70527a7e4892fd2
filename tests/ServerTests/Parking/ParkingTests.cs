using SessionGateway.Gateway.Connections;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store;
using Xunit;

namespace SessionGateway.ServerTests.Parking;

public sealed class ParkingTests : IDisposable
{
    private const string Taken = "*2\r\n$1\r\nk\r\n$1\r\n1\r\n";

    private readonly TestServer _server;

    public ParkingTests()
    {
        AwaitCommand.Learn();
        _server = new TestServer();
    }

    public void Dispose()
    {
        // Whoever waited has given its places back.
        foreach (Shard shard in _server.Store.Shards)
        {
            Assert.Equal(0, shard.Waiters.Count);
        }

        _server.Dispose();
    }

    [Fact]
    public void A_request_waits_until_its_key_is_there_and_the_loop_serves_others_meanwhile()
    {
        TestClient waiting = Resp();
        TestClient other = Resp();
        Assert.Equal("", waiting.Ask("await k 0\r\n"));
        Assert.Equal("+PONG\r\n", other.Ask("ping\r\n"));
        Assert.Equal("+OK\r\n", other.Ask("set k 1\r\n"));
        Assert.Equal(Taken, waiting.Receive());
        Assert.Equal("$-1\r\n", other.Ask("get k\r\n"));
        Assert.Equal("+PONG\r\n", waiting.Ask("ping\r\n"));
    }

    [Fact]
    public void What_is_there_is_answered_at_once()
    {
        TestClient client = Resp();
        client.Ask("set k 1\r\n");
        Assert.Equal(Taken, client.Ask("await nothing k 0\r\n"));
    }

    [Fact]
    public void Without_a_write_the_answer_comes_at_the_deadline_and_not_before()
    {
        TestClient client = Resp();
        Assert.Equal("", client.Ask("await k 1.5\r\n"));
        _server.Pass(TimeSpan.FromMilliseconds(1499));
        Assert.Equal("", client.Receive());
        _server.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("*-1\r\n", client.Receive());
        Assert.Equal("*-1\r\n", AfterPassing(client.Send("await k 0.001\r\n"), 1));
    }

    [Fact]
    public void The_deadline_stays_when_the_request_is_woken_for_nothing()
    {
        TestClient client = Resp();
        client.Send("await k 1\r\n");
        _server.Pass(TimeSpan.FromMilliseconds(600));
        Resp().Ask("multi\r\nset k 1\r\ndel k\r\nexec\r\n");
        Assert.Equal("", client.Receive());
        _server.Pass(TimeSpan.FromMilliseconds(399));
        Assert.Equal("", client.Receive());
        _server.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("*-1\r\n", client.Receive());
    }

    [Fact]
    public void A_clock_that_is_set_moves_no_deadline()
    {
        TestClient client = Resp();
        client.Send("await k 1\r\n");
        _server.Clock.SetBack(TimeSpan.FromHours(1));
        _server.Pass(TimeSpan.FromMilliseconds(999));
        Assert.Equal("", client.Receive());
        _server.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("*-1\r\n", client.Receive());
    }

    [Fact]
    public void What_is_pipelined_behind_it_waits_for_it()
    {
        TestClient client = Resp();
        Assert.Equal("+OK\r\n", client.Ask("set a 5\r\nawait k 0\r\nget a\r\n"));
        Assert.Equal("", client.Ask("incr a\r\n"));
        Assert.Equal("$1\r\n5\r\n", Resp().Ask("get a\r\n"));
        Resp().Ask("set k 1\r\n");
        Assert.Equal(Taken + "$1\r\n5\r\n:6\r\n", client.Receive());
    }

    [Fact]
    public void Behind_it_no_more_than_a_helping_is_read_until_it_has_run()
    {
        TestClient client = Resp();
        client.Send("await k 0\r\n");
        byte[] chunk = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ping\r\n", 2000)));
        for (int i = 0; i < 20; i++)
        {
            client.Post(chunk);
        }

        _server.Settle();
        Assert.InRange(client.Stream.UnreadChunks, 10, 16);
        Resp().Ask("set k 1\r\n");
        Assert.Equal(Taken.Length + (20 * 2000 * "+PONG\r\n".Length), client.Receive().Length);
    }

    [Fact]
    public void Those_who_wait_longest_are_answered_first_and_nobody_is_forgotten()
    {
        TestClient[] waiting = [.. Enumerable.Range(0, 4).Select(_ => Resp())];
        Array.ForEach(waiting, w => w.Send("await k 0\r\n"));
        TestClient writer = Resp();
        foreach (TestClient next in waiting[..3])
        {
            writer.Send("set k 1\r\n");
            Assert.Equal(Taken, next.Receive());
        }

        Assert.Equal("", waiting[3].Receive());
        waiting[3].HalfClose();
    }

    [Fact]
    public void Whoever_comes_later_does_not_take_what_another_was_woken_for()
    {
        TestClient first = Resp();
        TestClient later = Resp();
        first.Send("await k 0\r\n");
        ItemKey key = _server.Store.Key(0, "k"u8);
        using (ShardScope scope = _server.Store.Enter(key, _server.Loop.Context.Now))
        {
            scope.Shard.Put(key, "1"u8, default, default, _server.Loop.Context.Now, out _);
        }

        // The wake is on its way, and the later one's request is in the same turn of the loop.
        Assert.Equal("", later.Ask("await k 0\r\n"));
        Assert.Equal(Taken, first.Receive());
        later.HalfClose();
    }

    [Fact]
    public void A_waiter_that_dies_leaves_its_turn_to_the_next()
    {
        TestClient first = Resp();
        TestClient second = Resp();
        first.Send("await k 0\r\n");
        second.Send("await k 0\r\n");
        first.Reset();
        Assert.True(first.IsClosed);
        Resp().Ask("set k 1\r\n");
        Assert.Equal(Taken, second.Receive());
    }

    [Fact]
    public void The_peers_close_ends_the_wait()
    {
        TestClient client = Resp();
        client.Send("await k 0\r\n");
        client.HalfClose();
        Assert.True(client.IsClosed);
        Assert.Equal(0, client.Connection.StateBytes);
    }

    [Fact]
    public void Client_kill_ends_the_wait()
    {
        TestClient client = Resp();
        client.Send("await k 0\r\n");
        Assert.Equal(":1\r\n", Resp().Ask($"client kill id {client.Connection.Id}\r\n"));
        Assert.True(client.IsClosed);
    }

    [Fact]
    public void A_drain_sends_what_was_answered_and_ends_the_wait()
    {
        TestClient client = Resp();
        Assert.Equal("+PONG\r\n", client.Ask("ping\r\nawait k 0\r\nping\r\n"));
        _server.Loop.Post(new LoopMessage(LoopMessageKind.Drain));
        _server.Settle();
        Assert.True(client.IsClosed);
        Assert.Equal("", client.Receive());
        Assert.True(_server.Loop.IsFinished);
    }

    [Fact]
    public void Client_unblock_answers_as_the_deadline_does_or_with_an_error()
    {
        TestClient first = Resp();
        TestClient second = Resp();
        first.Send("await k 0\r\n");
        second.Send("await k 0\r\nping\r\n");
        TestClient other = Resp();
        Assert.Equal(":1\r\n", other.Ask($"client unblock {first.Connection.Id}\r\n"));
        Assert.Equal(":1\r\n", other.Ask($"client unblock {second.Connection.Id} error\r\n"));
        Assert.Equal("*-1\r\n", first.Receive());
        Assert.Equal("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n+PONG\r\n", second.Receive());
        Assert.Equal(":0\r\n", other.Ask($"client unblock {first.Connection.Id}\r\n"));
    }

    [Fact]
    public void A_late_wake_does_nothing_to_the_next_wait()
    {
        TestClient client = Resp();
        client.Send("await k 1\r\n");
        int token = client.Connection.ParkToken;
        _server.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("*-1\r\n", client.Receive());
        client.Send("await k 1\r\n");
        client.Connection.Wake(token);
        client.Connection.DeliverWake(token);
        Assert.True(client.Connection.IsParked);
        Assert.False(_server.Loop.HasWork);
        _server.Pass(TimeSpan.FromSeconds(1));
        client.Connection.Wake(client.Connection.ParkToken);
        _server.Settle();
        Assert.Equal("*-1\r\n", client.Receive());
    }

    [Fact]
    public void Many_wakes_of_one_wait_are_one_message()
    {
        TestClient client = Resp();
        client.Send("await k 0\r\n");
        int token = client.Connection.ParkToken;
        for (int i = 0; i < 100; i++)
        {
            client.Connection.Wake(token);
        }

        _server.Settle();
        Assert.Equal(token + 1, client.Connection.ParkToken);
        client.HalfClose();
    }

    [Fact]
    public void Inside_a_transaction_it_answers_at_once_and_what_the_transaction_writes_wakes_others()
    {
        TestClient waiting = Resp();
        waiting.Send("await a b 0\r\n");
        Assert.Equal(
            "+OK\r\n+QUEUED\r\n+QUEUED\r\n+QUEUED\r\n*3\r\n*-1\r\n+OK\r\n+OK\r\n",
            Resp().Ask("multi\r\nawait k 0\r\nset b 2\r\nset a 1\r\nexec\r\n"));
        Assert.Equal("*2\r\n$1\r\na\r\n$1\r\n1\r\n", waiting.Receive());
    }

    [Fact]
    public void What_a_waiter_moves_on_wakes_who_waits_for_where_it_goes()
    {
        TestClient last = Resp();
        TestClient middle = Resp();
        last.Send("blpop b 0\r\n");
        middle.Send("blmove a b left right 0\r\n");
        Assert.Equal(":1\r\n", Resp().Ask("rpush a x\r\n"));
        Assert.Equal("$1\r\nx\r\n", middle.Receive());
        Assert.Equal("*2\r\n$1\r\nb\r\n$1\r\nx\r\n", last.Receive());
    }

    [Fact]
    public void Messages_reach_a_subscriber_whose_request_waits()
    {
        TestClient client = Resp();
        client.Ask("hello 3\r\nsubscribe news\r\n");
        Assert.Equal("", client.Ask("await k 0\r\n"));
        Assert.Equal(":1\r\n", Resp().Ask("publish news now\r\n"));
        Assert.Equal(">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$3\r\nnow\r\n", client.Receive());
        Resp().Ask("set k 1\r\n");
        Assert.Equal(Taken, client.Receive());
        Assert.Equal("_\r\n", AfterPassing(client.Send("await k 1\r\n"), 1000));
    }

    [Fact]
    public void Client_reply_skip_hides_its_answer_and_no_other()
    {
        TestClient client = Resp();
        client.Send("client reply skip\r\nawait k 0\r\nping\r\n");
        Resp().Ask("set k 1\r\n");
        Assert.Equal("+PONG\r\n", client.Receive());
    }

    [Fact]
    public void Another_type_is_an_error_at_first_and_no_answer_later()
    {
        TestClient waiting = Resp();
        waiting.Send("await h 0\r\n");
        Assert.Equal(":1\r\n", Resp().Ask("hset h f v\r\n"));
        Assert.StartsWith("-WRONGTYPE ", Resp().Ask("await h 0\r\n"), StringComparison.Ordinal);
        Assert.Equal("", waiting.Receive());
        Resp().Ask("set h 1\r\n");
        Assert.Equal("*2\r\n$1\r\nh\r\n$1\r\n1\r\n", waiting.Receive());
    }

    [Fact]
    public void It_is_no_idle_client_and_is_counted_as_one_that_waits()
    {
        using var server = new TestServer(settings: new LoopSettings { IdleTimeout = TimeSpan.FromSeconds(10) });
        TestClient waiting = server.Connect(ListenerProtocol.Resp);
        TestClient other = server.Connect(ListenerProtocol.Resp);
        waiting.Send("await k 100\r\n" + new string('x', 20_000));
        server.Pass(TimeSpan.FromSeconds(90));
        Assert.False(waiting.IsClosed);
        Assert.True(other.IsClosed);
        other = server.Connect(ListenerProtocol.Resp);
        Assert.Contains("blocked_clients:1\r\n", other.Ask("info clients\r\n"), StringComparison.Ordinal);
        Assert.Contains(" flags=b ", other.Ask("client list\r\n"), StringComparison.Ordinal);
        server.Pass(TimeSpan.FromSeconds(10));
        Assert.StartsWith("*-1\r\n", waiting.Receive(), StringComparison.Ordinal);
        other = server.Connect(ListenerProtocol.Resp);
        Assert.Contains("blocked_clients:0\r\n", other.Ask("info clients\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Timeouts_are_read_as_redis_reads_them()
    {
        TestClient client = Resp();
        Assert.Equal("-ERR timeout is negative\r\n", client.Ask("await k -1\r\n"));
        Assert.Equal("-ERR timeout is negative\r\n", client.Ask("await k 1e16\r\n"));
        Assert.Equal("-ERR timeout is negative\r\n", client.Ask("await k inf\r\n"));
        Assert.Equal("-ERR timeout is not a float or out of range\r\n", client.Ask("await k abc\r\n"));
        Assert.Equal("-ERR timeout is not a float or out of range\r\n", client.Ask("await k nan\r\n"));
        Assert.Equal("*-1\r\n", AfterPassing(client.Send("await k +1e-2\r\n"), 10));
        Assert.Equal("", AfterPassing(client.Send("await k 9e15\r\n"), 100_000));
        client.HalfClose();
        client = Resp();
        Assert.Equal("", AfterPassing(client.Send("await k -0.0001\r\n"), 100_000));
        client.HalfClose();
    }

    private TestClient Resp() => _server.Connect(ListenerProtocol.Resp);

    private string AfterPassing(TestClient client, int milliseconds)
    {
        _server.Pass(TimeSpan.FromMilliseconds(milliseconds));
        return client.Receive();
    }
}
