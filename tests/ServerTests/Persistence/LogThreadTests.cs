using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Durability.Writing;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Persistence;
using SessionGateway.ServerTests.Holding;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store;
using Xunit;

namespace SessionGateway.ServerTests.Persistence;

/// <summary>The thread that writes the log, and a directory that is taken away from it.</summary>
public sealed class LogThreadTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gw-").FullName;
    private readonly TestServer _server = new();
    private readonly ReplyGate _gate = new();
    private readonly LookingClock _clock = new();
    private readonly DiskStorage _storage;
    private readonly LogThread _thread;

    public LogThreadTests()
    {
        _storage = DiskStorage.OpenDirectory(Data);
        ItemStore store = _server.Store;
        var settings = new LogSettings { Sync = SyncPolicy.Batch, RetryDelay = TimeSpan.FromMilliseconds(1) };
        var past = LogPast.None(Guid.Empty);
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var intake = new LogIntake(settings, past, now);
        var settling = new Settling(_gate, Safety.Disk);
        _thread = new LogThread(
            intake, watch => new LogWriter(_storage, intake, settings, past, _clock, watch),
            new StateWalk(store, intake, settings, _clock), settings, settling, _clock,
            new PersistenceLog(NullLogger.Instance));
        _thread.Writer.Turn();
        store.Listen(
            new LogListener(intake, new WritePace(intake, settings.QueueBytes, () => TimeSpan.Zero), settling));
    }

    private string Data => Path.Combine(_directory, "data");

    private string Away => Path.Combine(_directory, "away");

    private bool IsDegraded => _thread.Writer.IsDegraded;

    public void Dispose()
    {
        _thread.Dispose();
        _storage.Dispose();
        _server.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void At_no_moment_the_log_is_said_to_be_whole_while_replies_to_what_is_written_fail()
    {
        int looks = 0, wrong = 0;
        _clock.Looked = () =>
        {
            looks++;
            wrong += !IsDegraded && _gate.HasFailed ? 1 : 0;
        };
        _thread.Start();
        Directory.Move(Data, Away);
        _server.Connect(Protocols.Detection.ListenerProtocol.Resp).Ask("SET key value\r\n");
        LiveServer.Until(() => IsDegraded && _gate.HasFailed);
        Directory.Move(Away, Data);
        LiveServer.Until(() => !IsDegraded);
        Assert.False(_gate.HasFailed, "a write of now would be closed instead of answered");
        LiveServer.Until(() => _gate.Reached == _server.Store.Mutations.Position);
        Assert.True(looks > 10, $"{looks} looks");
        Assert.Equal(0, wrong);
    }

    // Asked by the thread between any two of its steps.
    private sealed class LookingClock : TimeProvider
    {
        public Action? Looked { get; set; }

        public override long GetTimestamp()
        {
            Looked?.Invoke();
            return base.GetTimestamp();
        }
    }
}
