using SessionGateway.Commands;
using SessionGateway.Store;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class TransactionTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;
    private readonly RespPeer _other;

    public TransactionTests()
    {
        _peer = new RespPeer(_host);
        _other = new RespPeer(_host);
    }

    [Fact]
    public void Exec_runs_what_was_queued()
    {
        _peer.Expect("MULTI", "+OK")
            .Expect("SET a 1", "+QUEUED")
            .Expect("INCR a", "+QUEUED")
            .Expect("INCRBY a x", "+QUEUED")
            .Expect("GET a", "+QUEUED");
        _other.Expect("EXISTS a", ":0");
        Assert.Equal(4, _peer.Connection.QueuedCommands);
        _peer.Expect("EXEC", "*4 +OK :2 -ERR value is not an integer or out of range $1 2")
            .Expect("EXEC", "-ERR EXEC without MULTI").Expect("DISCARD", "-ERR DISCARD without MULTI");
        Assert.Equal(-1, _peer.Connection.QueuedCommands);
    }

    [Fact]
    public void Queued_requests_outlive_the_bytes_they_came_in()
    {
        string wire = "*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nhello\r\n";
        Assert.Equal("+OK\r\n+QUEUED\r\n", _peer.SendRaw(wire));
        _peer.SendRaw("set b \"" + new string('z', 300) + "\"\r\n");
        Assert.Equal("*2\r\n+OK\r\n+OK\r\n", _peer.SendRaw("EXEC\r\n"));
        _peer.Expect("GET a", "$5 hello");
    }

    [Fact]
    public void Discard_runs_nothing() => _peer
        .Expect("MULTI", "+OK").Expect("SET a 1", "+QUEUED").Expect("DISCARD", "+OK").Expect("EXISTS a", ":0");

    [Theory]
    [InlineData("foo", "-ERR unknown command 'foo', with args beginning with:")]
    [InlineData("GET", "-ERR wrong number of arguments for 'get' command")]
    [InlineData("CLIENT foo", "-ERR unknown subcommand 'foo'. Try CLIENT HELP.")]
    [InlineData("SHUTDOWN", "-ERR Command not allowed inside a transaction")]
    public void A_refused_command_spoils_the_transaction(string request, string error)
    {
        _peer.Expect("MULTI", "+OK").Expect("SET a 1", "+QUEUED").Expect(request, error).Expect("SET b 1", "+QUEUED")
            .Expect("EXEC", "-EXECABORT Transaction discarded because of previous errors.")
            .Expect("EXISTS a b", ":0");
        Assert.False(_host.IsStopRequested);
    }

    [Fact]
    public void Multi_and_watch_inside_multi_are_errors_that_spoil_nothing() => _peer
        .Expect("MULTI", "+OK").Expect("MULTI", "-ERR MULTI calls can not be nested")
        .Expect("WATCH a", "-ERR WATCH inside MULTI is not allowed")
        .Expect("PING", "+QUEUED")
        .Expect("EXEC", "*1 +PONG");

    [Fact]
    public void Exec_with_arguments_ends_the_transaction() => _peer
        .Expect("MULTI", "+OK")
        .Expect("EXEC a", "-EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command")
        .Expect("EXEC", "-ERR EXEC without MULTI");

    [Theory]
    [InlineData("SET a 2")]
    [InlineData("SET a 1")]
    [InlineData("DEL a")]
    [InlineData("EXPIRE a 10")]
    [InlineData("APPEND a x")]
    [InlineData("FLUSHALL")]
    public void Exec_does_nothing_when_a_watched_key_changed(string change)
    {
        _peer.Expect("SET a 1", "+OK").Expect("WATCH b a", "+OK");
        _other.Send(change);
        _peer.Expect("MULTI", "+OK").Expect("SET b 1", "+QUEUED").Expect("EXEC", "*-1").Expect("EXISTS b", ":0")
            .Expect("MULTI", "+OK").Expect("EXEC", "*0");
    }

    [Theory]
    [InlineData("EXPIREAT w 1700000100")]
    [InlineData("PEXPIREAT w 1700000100000 XX")]
    [InlineData("GETEX w PXAT 1700000100000")]
    [InlineData("SET w v KEEPTTL")]
    [InlineData("SETRANGE w 0 v")]
    [InlineData("APPEND w \"\"")]
    public void A_touch_that_changes_nothing_counts_as_a_change(string touch)
    {
        _peer.Expect("SET w v EXAT 1700000100", "+OK").Expect("WATCH w", "+OK");
        _other.Send(touch);
        _peer.Expect("MULTI", "+OK").Expect("PING", "+QUEUED").Expect("EXEC", "*-1");
    }

    [Fact]
    public void A_key_that_was_made_and_ended_meanwhile_changed()
    {
        _peer.Expect("WATCH w", "+OK");
        _other.Expect("SET w v", "+OK").Expect("DEL w", ":1");
        _peer.Expect("MULTI", "+OK").Expect("EXEC", "*-1").Expect("WATCH w", "+OK");
        _other.Expect("SET w v PXAT 1", "+OK");
        _peer.Expect("MULTI", "+OK").Expect("EXEC", "*-1");
    }

    [Theory]
    [InlineData("UNWATCH")]
    [InlineData("RESET")]
    [InlineData("MULTI", "EXEC")]
    [InlineData("MULTI", "DISCARD")]
    [InlineData("MULTI", "UNWATCH", "EXEC")]
    [InlineData("MULTI", "NOSUCH", "EXEC")]
    [InlineData("MULTI", "EXEC a")]
    [InlineData()]
    public void Nothing_is_watched_any_more_at_the_end(params string[] ending)
    {
        _other.Expect("WATCH b", "+OK");
        _peer.Expect("WATCH a b a", "+OK").Expect("SELECT 1", "+OK").Expect("WATCH a", "+OK");
        Assert.Equal(3, Watches());
        Array.ForEach(ending, request => _peer.Send(request));
        if (ending.Length == 0)
        {
            _peer.Close();
        }

        Assert.Equal(1, Watches());
    }

    [Fact]
    public void Watching_and_unwatching_for_ever_takes_no_memory()
    {
        var peer = new RespPeer(new CommandHost(limits: new CommandLimits { ClientBytes = 2_000 }));
        for (int i = 0; i < 100; i++)
        {
            peer.Expect($"WATCH a{i} b{i}", "+OK").Expect("UNWATCH", "+OK");
        }
    }

    [Fact]
    public void A_watched_key_that_is_made_or_expires_changed_too()
    {
        _peer.Expect("WATCH new", "+OK");
        _other.Expect("SET new 1 PX 100", "+OK");
        _peer.Expect("MULTI", "+OK").Expect("EXEC", "*-1").Expect("WATCH new", "+OK");
        _host.Clock.Now += 100;
        _peer.Expect("MULTI", "+OK").Expect("EXEC", "*-1").Expect("HELLO 3", _peer.Send("HELLO 3"));
        _peer.Expect("WATCH a", "+OK");
        _other.Expect("SET a 1", "+OK");
        _peer.Expect("MULTI", "+OK").Expect("EXEC", "_");
    }

    [Fact]
    public void Reading_a_watched_key_changes_nothing()
    {
        _peer.Expect("SET a 1 EX 100", "+OK").Expect("WATCH a", "+OK");
        _other.Expect("GET a", "$1 1").Expect("TTL a", ":100").Expect("SET b 1", "+OK");
        _peer.Expect("MULTI", "+OK").Expect("GET a", "+QUEUED").Expect("EXEC", "*1 $1 1");
    }

    [Fact]
    public void Unwatch_and_discard_forget_watched_keys()
    {
        _peer.Expect("WATCH a", "+OK")
            .Expect("UNWATCH", "+OK")
            .Expect("SET a 1", "+OK")
            .Expect("MULTI", "+OK")
            .Expect("EXEC", "*0");
        _peer.Expect("WATCH a", "+OK").Expect("MULTI", "+OK").Expect("DISCARD", "+OK").Expect("SET a 2", "+OK")
            .Expect("MULTI", "+OK").Expect("EXEC", "*0");
    }

    [Fact]
    public void Keys_are_watched_in_their_database() => _peer
        .Expect("WATCH a", "+OK")
        .Expect("SELECT 1", "+OK")
        .Expect("SET a 1", "+OK")
        .Expect("MULTI", "+OK")
        .Expect("EXEC", "*0")
        .Expect("WATCH a", "+OK")
        .Expect("SELECT 0", "+OK")
        .Expect("MULTI", "+OK")
        .Expect("SET a 1", "+QUEUED")
        .Expect("EXEC", "*1 +OK");

    [Fact]
    public void Commands_over_the_whole_store_run_inside_a_transaction() => _peer
        .Expect("MULTI", "+OK").Expect("SELECT 3", "+QUEUED").Expect("SET x 1", "+QUEUED").Expect("DBSIZE", "+QUEUED")
        .Expect("KEYS *", "+QUEUED")
        .Expect("FLUSHALL", "+QUEUED")
        .Expect("DBSIZE", "+QUEUED")
        .Expect("PUBLISH a b", "+QUEUED")
        .Expect("EXEC", "*7 +OK +OK :1 *1 $1 x +OK :0 :0");

    [Fact]
    public void Transactions_over_the_same_keys_do_not_mix()
    {
        const int Rounds = 300;
        RunTogether(4, worker =>
        {
            var peer = new RespPeer(_host);
            for (int i = 0; i < Rounds; i++)
            {
                string keys = worker % 2 == 0 ? "a b c d" : "d c b a";
                string[] k = keys.Split(' ');
                peer.Send("MULTI");
                foreach (string key in k)
                {
                    peer.Send($"INCR {key}");
                }

                string[] numbers = [.. peer.Send("EXEC").Split(' ').Skip(1)];
                Assert.Single(numbers.Distinct());
            }
        });
        _peer.Expect("MGET a b c d", "*4 $4 1200 $4 1200 $4 1200 $4 1200");
    }

    [Fact]
    public void Commands_over_many_keys_are_one_step()
    {
        _peer.Expect("MSET a 0 b 0 c 0", "+OK");
        RunTogether(3, worker =>
        {
            var peer = new RespPeer(_host);
            for (int i = 0; i < 300; i++)
            {
                if (worker == 0)
                {
                    peer.Expect($"MSET c {i} a {i} b {i}", "+OK");
                }
                else
                {
                    string[] words = peer.Send("MGET a b c").Split(' ');
                    Assert.Equal(words[2], words[4]);
                    Assert.Equal(words[2], words[6]);
                }
            }
        });
    }

    [Fact]
    public void A_queue_has_a_limit()
    {
        // A thread of its own: one that has run others has a spare block, which may be longer than the queue needs.
        RunTogether(1, _ =>
        {
            var peer = new RespPeer(new CommandHost(limits: new CommandLimits { ClientBytes = 20_000 }));
            string value = new('x', 9000);
            peer.Expect("MULTI", "+OK").Expect($"SET a {value}", "+QUEUED").Expect($"SET b {value}", "+QUEUED")
                .Expect($"SET c {value}", "-OOM command not allowed when used memory > 'maxmemory'.")
                .Expect("EXEC", "-EXECABORT Transaction discarded because of previous errors.");
        });
    }

    private int Watches()
    {
        int sum = 0;
        foreach (Shard shard in _host.Store.Shards)
        {
            sum += shard.Watches.Count;
        }

        return sum;
    }

    private static void RunTogether(int workers, Action<int> work)
    {
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(worker => new Thread(() =>
        {
            try
            {
                work(worker);
            }
            catch (Exception failure)
            {
                failures.Enqueue(failure);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(failures);
    }
}
