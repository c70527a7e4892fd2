using SessionGateway.Durability.Writing;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Persistence;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Persistence;

/// <summary>A disk that takes nothing until the test lets it, and clients that write to its queue.</summary>
public sealed class WritePaceTests : IDisposable
{
    private const int QueueBytes = 100_000;

    private readonly TestServer _server = new();
    private readonly LogIntake _intake;
    private readonly TestClient _writer;
    private readonly TestClient _reader;
    private TimeSpan _callTime;
    private int _writes;

    public WritePaceTests()
    {
        var settings = new LogSettings { QueueBytes = QueueBytes };
        _intake = new LogIntake(
            settings, LogPast.None(Guid.Empty), _server.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        var pace = new WritePace(_intake, QueueBytes, () => _callTime);
        _server.Store.Listen(new LogListener(_intake, pace));
        _server.Loop.Pace = new LoopPace(_server.Loop, pace.TakeOutrun, pace.HasRoom);
        _writer = _server.Connect(ListenerProtocol.Resp);
        _reader = _server.Connect(ListenerProtocol.Resp);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("+OK\r\n", _writer.Ask(Write));
        }
    }

    // Another one each time: what is written as it was is logged without its value.
    private string Write => $"SET key {new string((char)('a' + (_writes++ % 26)), 10_000)}\r\n";

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Who_outruns_the_disk_waits_until_the_queue_has_room_and_readers_do_not()
    {
        Assert.Equal("", _writer.Ask(Write + "PING\r\n"));
        Assert.Equal(":1\r\n", _reader.Ask("EXISTS key\r\n"));
        _server.Pass(TimeSpan.FromMilliseconds(100));
        Assert.Equal("", _writer.Receive());
        Assert.Equal(":1\r\n", _reader.Ask("EXISTS key\r\n"));
        Assert.False(_intake.IsLost);
        DiskTakesAll();
        _server.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("+OK\r\n+PONG\r\n", _writer.Receive());
        Assert.Equal(0, _server.Loop.Pace!.Count);
    }

    [Fact]
    public void A_disk_that_stands_still_is_not_waited_for()
    {
        Assert.Equal("", _writer.Ask(Write));
        _callTime = TimeSpan.FromSeconds(2);
        _server.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("+OK\r\n", _writer.Receive());
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("+OK\r\n", _writer.Ask(Write));
        }

        Assert.True(_intake.IsLost);
    }

    [Fact]
    public void Items_that_expire_slow_nobody_down_and_reads_of_them_neither()
    {
        DiskTakesAll();
        _writer.Ask("SET gone v PX 1\r\n");
        _server.Pass(TimeSpan.FromMilliseconds(1));
        for (int i = 0; i < 6; i++)
        {
            _writer.Ask(Write);
            _server.Pass(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal("$-1\r\n", _reader.Ask("GET gone\r\n"));
        Assert.Equal(":1\r\n", _reader.Ask("EXISTS key\r\n"));
    }

    [Fact]
    public void A_connection_that_rests_is_closed_and_drained_as_any_other()
    {
        TestClient other = _server.Connect(ListenerProtocol.Resp);
        other.Ask(Write);
        Assert.Equal(2, _server.Loop.Pace!.Count);
        other.Connection.Close();
        _server.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _server.Loop.Pace.Count);
        _writer.Post("PING\r\n"u8.ToArray());
        _server.Loop.Post(new LoopMessage(LoopMessageKind.Drain));
        _server.Settle();
        Assert.Equal("+PONG\r\n", _writer.Receive());
        Assert.True(_writer.IsClosed);
    }

    private void DiskTakesAll() => _intake.Restart(
        _server.Clock.GetUtcNow().ToUnixTimeMilliseconds(), _server.Store.Mutations.Position, _server.Store.LastCas);
}
