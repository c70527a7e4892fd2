using SessionGateway.Commands;
using SessionGateway.Gateway.Persistence;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Persistence;

/// <summary>SAVE, BGSAVE, BGREWRITEAOF, LASTSAVE and WAITAOF in the words of Redis, with a log that does what the test
/// says.</summary>
public sealed class KeepingCommandTests : IDisposable
{
    private const string NothingKept = "-ERR nothing is kept on a disk: --persist is none\r\n";

    private readonly TestServer _server = new();
    private readonly TestLog _log;
    private readonly TestClient _client;

    public KeepingCommandTests()
    {
        _log = new TestLog(_server.Clock);
        _server.Services.Persistence = _log;
        _client = _server.Connect(ListenerProtocol.Resp);
        // Positions are given when somebody listens.
        _server.Store.Listen(new Listener());
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("SAVE")]
    [InlineData("BGSAVE")]
    [InlineData("BGREWRITEAOF")]
    public void Without_a_log_nothing_can_be_saved(string command)
    {
        _server.Services.Persistence = null;
        Assert.Equal(NothingKept, _client.Ask(command + "\r\n"));
    }

    [Fact]
    public void SAVE_is_answered_when_the_state_is_complete_and_others_are_served_meanwhile()
    {
        Assert.Equal("", _client.Ask("SAVE\r\nECHO a\r\n"));
        Assert.Equal("+PONG\r\n", _server.Connect(ListenerProtocol.Resp).Ask("PING\r\n"));
        Assert.Equal("-ERR Background save already in progress\r\n",
            _server.Connect(ListenerProtocol.Resp).Ask("SAVE\r\n"));
        _log.States.Begin();
        _log.States.Complete();
        _log.Waiters.WakeAll();
        _server.Loop.RunTurn();
        Assert.Equal("+OK\r\n$1\r\na\r\n", _client.Receive());
    }

    [Fact]
    public void SAVE_is_an_error_when_the_disk_fails()
    {
        Assert.Equal("", _client.Ask("SAVE\r\n"));
        _log.States.Fail();
        _log.Waiters.WakeAll();
        _server.Loop.RunTurn();
        Assert.Equal("-ERR the disk fails\r\n", _client.Receive());
        Assert.Contains("rdb_last_bgsave_status:err\r\n", _client.Ask("INFO persistence\r\n"));
    }

    [Fact]
    public void BGSAVE_and_BGREWRITEAOF_wait_for_each_other_as_in_Redis()
    {
        Assert.Equal("+Background append only file rewriting started\r\n", _client.Ask("BGREWRITEAOF\r\n"));
        Assert.Equal("-ERR Background append only file rewriting already in progress\r\n",
            _client.Ask("BGREWRITEAOF\r\n"));
        Assert.Equal(
            "-ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE SCHEDULE in order to "
                + "schedule a BGSAVE whenever possible.\r\n",
            _client.Ask("BGSAVE\r\n"));
        Assert.Equal("-ERR syntax error\r\n", _client.Ask("BGSAVE NOW\r\n"));
        Assert.Equal("+Background saving scheduled\r\n", _client.Ask("BGSAVE SCHEDULE\r\n"));
        Assert.Contains("rdb_bgsave_in_progress:0\r\n", _client.Ask("INFO persistence\r\n"));
        _log.States.Complete();
        Assert.Contains("rdb_bgsave_in_progress:1\r\n", _client.Ask("INFO persistence\r\n"));
        Assert.Equal("-ERR Background save already in progress\r\n", _client.Ask("BGSAVE\r\n"));
        Assert.Equal("+Background append only file rewriting scheduled\r\n", _client.Ask("BGREWRITEAOF\r\n"));
        Assert.Contains("aof_rewrite_scheduled:1\r\n", _client.Ask("INFO persistence\r\n"));
        _server.Clock.Advance(TimeSpan.FromSeconds(7));
        _log.States.Complete();
        string info = _client.Ask("INFO persistence\r\n");
        Assert.Contains("rdb_last_bgsave_time_sec:7\r\n", info);
        Assert.Contains("rdb_saves:1\r\n", info);
        Assert.Contains("aof_rewrites:1\r\n", info);
        Assert.Contains("aof_rewrite_in_progress:1\r\n", info);
    }

    [Fact]
    public void In_a_transaction_a_state_is_scheduled() => Assert.Equal(
        "+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+Background saving scheduled\r\n"
            + "+Background append only file rewriting scheduled\r\n",
        _client.Ask("MULTI\r\nBGSAVE\r\nBGREWRITEAOF\r\nEXEC\r\n"));

    [Theory]
    [InlineData("WAITAOF 2 0 0", "-ERR value is out of range, value must between 0 and 1\r\n")]
    [InlineData("WAITAOF x 0 0", "-ERR value is not an integer or out of range\r\n")]
    [InlineData("WAITAOF 0 x 0", "-ERR value is out of range, must be positive\r\n")]
    [InlineData("WAITAOF 0 -1 0", "-ERR value is out of range, must be positive\r\n")]
    [InlineData("WAITAOF 0 0 x", "-ERR timeout is not an integer or out of range\r\n")]
    [InlineData("WAITAOF 0 0 -1", "-ERR timeout is negative\r\n")]
    [InlineData("WAITAOF", "-ERR wrong number of arguments for 'waitaof' command\r\n")]
    [InlineData("WAITAOF 0 0 0", "*2\r\n:1\r\n:0\r\n")]
    public void WAITAOF_refuses_in_the_words_of_Redis(string command, string answer) =>
        Assert.Equal(answer, _client.Ask(command + "\r\n"));

    [Fact]
    public void WAITAOF_is_answered_when_what_was_written_is_on_the_disk_and_asks_for_it()
    {
        Assert.Equal("+OK\r\n", _client.Ask("SET k v\r\nWAITAOF 1 0 0\r\n"));
        Assert.True(_log.IsSyncWanted, "nobody asked the disk");
        _log.Waiters.WakeAll();
        _server.Loop.RunTurn();
        Assert.Equal("", _client.Receive());
        _log.SyncedPosition = _server.Store.Mutations.Position;
        _log.Waiters.WakeAll();
        _server.Loop.RunTurn();
        Assert.Equal("*2\r\n:1\r\n:0\r\n", _client.Receive());
        Assert.Equal("*2\r\n:1\r\n:0\r\n", _client.Ask("WAITAOF 1 0 0\r\n"));
    }

    [Fact]
    public void WAITAOF_ends_with_its_time_and_waits_for_replicas_that_are_not_there()
    {
        Assert.Equal("+OK\r\n", _client.Ask("SET k v\r\nWAITAOF 1 0 500\r\n"));
        _server.Clock.Advance(TimeSpan.FromMilliseconds(600));
        _server.Loop.RunTurn();
        Assert.Equal("*2\r\n:0\r\n:0\r\n", _client.Receive());
        _log.SyncedPosition = _server.Store.Mutations.Position;
        Assert.Equal("", _client.Ask("WAITAOF 1 1 500\r\n"));
        _server.Clock.Advance(TimeSpan.FromMilliseconds(600));
        _server.Loop.RunTurn();
        Assert.Equal("*2\r\n:1\r\n:0\r\n", _client.Receive());
    }

    [Fact]
    public void WAITAOF_without_a_log_and_inside_a_transaction_does_not_wait()
    {
        Assert.Equal("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n*2\r\n:0\r\n:0\r\n",
            _client.Ask("MULTI\r\nSET a b\r\nWAITAOF 1 0 0\r\nEXEC\r\n"));
        _server.Services.Persistence = null;
        Assert.Equal("-ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.\r\n",
            _client.Ask("WAITAOF 1 0 0\r\n"));
        Assert.Equal("*2\r\n:0\r\n:0\r\n", _client.Ask("WAITAOF 0 0 0\r\n"));
    }

    [Fact]
    public void A_client_that_leaves_waits_no_longer()
    {
        Assert.Equal("+OK\r\n", _client.Ask("SET k v\r\nWAITAOF 1 0 0\r\n"));
        _client.Reset();
        _server.Loop.RunTurn();
        _log.SyncedPosition = _server.Store.Mutations.Position;
        _log.Waiters.WakeAll();
        _server.Loop.RunTurn();
        Assert.True(_client.IsClosed, "it is still there");
    }

    [Fact]
    public void EXEC_of_writes_that_were_queued_before_the_disk_failed_is_refused_and_does_none_of_them()
    {
        const string failed = "MISCONF Errors writing to the log: nothing is written until the disk takes it again\r\n";
        Assert.Equal("+OK\r\n+QUEUED\r\n+QUEUED\r\n", _client.Ask("MULTI\r\nGET a\r\nSET a b\r\n"));
        _log.RefusesWrites = true;
        Assert.Equal("-EXECABORT Transaction discarded because of: " + failed, _client.Ask("EXEC\r\n"));
        Assert.Equal("-ERR EXEC without MULTI\r\n", _client.Ask("EXEC\r\n"));
        Assert.Equal("+OK\r\n+QUEUED\r\n*1\r\n$-1\r\n", _client.Ask("MULTI\r\nGET a\r\nEXEC\r\n"));
        _log.RefusesWrites = false;
        Assert.Equal("+OK\r\n+QUEUED\r\n*1\r\n+OK\r\n", _client.Ask("MULTI\r\nSET a b\r\nEXEC\r\n"));
    }

    private sealed class Listener : Store.Mutations.IMutationListener
    {
        public bool WantsAccesses => false;

        public void OnMutation(in Store.Mutations.Mutation mutation)
        {
        }
    }

    private sealed class TestLog(TimeProvider time) : IPersistence
    {
        public StateRuns States { get; } = new(time);

        public bool IsSyncWanted { get; private set; }

        public bool RefusesWrites { get; set; }

        public bool IsDegraded => false;

        public long LogBytes => 1;

        public long BaseBytes => 1;

        public long QueuedBytes => 0;

        public long UnsyncedChanges => 0;

        public bool IsSyncing => false;

        public long DelayedSyncs => 0;

        public long LastSyncTime => 1;

        public long SyncedPosition { get; set; }

        public RequestWaiters Waiters { get; } = new();

        public StateFigures StatesFor(StateKind kind) => States.Of(kind);

        public bool TryWriteState(StateKind kind) => States.TryWant(kind);

        public void ScheduleState(StateKind kind) => States.Schedule(kind);

        public void WantSync() => IsSyncWanted = true;
    }
}
