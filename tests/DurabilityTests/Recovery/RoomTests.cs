using System.Text;
using SessionGateway.Durability.Format;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Recovery;

/// <summary>Zeros that are written ahead of records, and what is read where they were not written over.</summary>
public sealed class RoomTests : ILogWatch, IDisposable
{
    private const int Room = 4000;

    private static readonly string First = SegmentName.Of(1);

    private readonly MemoryStorage _storage = new();
    private readonly StepClock _clock = new();
    private readonly LogIntake _intake;
    private readonly LogWriter _writer;
    private int _position;
    private int _failures;

    public RoomTests()
    {
        var settings = new LogSettings { Sync = SyncPolicy.Batch, RoomBytes = Room, SegmentBytes = 2000 };
        var past = LogPast.None(History.Lineage);
        _intake = new LogIntake(settings, past, _clock.Milliseconds);
        _writer = new LogWriter(_storage, _intake, settings, past, _clock, this);
    }

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void What_a_killed_process_had_not_written_over_is_no_torn_end()
    {
        Write(3);
        Assert.InRange(_storage.Bytes(First).Length, Room, 2 * Room);
        (LogPast past, RecoveryReport report) = Recover(_storage);
        Assert.Equal((3L, 0L, null), (past.Position, report.CutBytes, report.CutFile));
        Assert.Equal(_writer.LogBytes, _storage.Bytes(First).Length);
        Assert.Equal(_writer.LogBytes, past.Segments[0].Bytes);
    }

    [Fact]
    public void A_record_that_is_torn_in_its_room_is_told_without_the_room()
    {
        Write(3);
        byte[] bytes = _storage.Bytes(First);
        (bytes[_writer.LogBytes], bytes[_writer.LogBytes + 6]) = (40, 1);
        RecoveryReport report = Recover(Of(bytes)).Report;
        Assert.Equal((7L, First), (report.CutBytes, report.CutFile));
    }

    [Fact]
    public void A_group_without_its_end_is_told_without_the_room_behind_it()
    {
        Write(2);
        long before = _writer.LogBytes;
        Tell(MutationKind.GroupBegin);
        Tell(MutationKind.Put);
        _writer.Turn();
        (LogPast past, RecoveryReport report) = Recover(_storage);
        Assert.Equal((2L, _writer.LogBytes - before), (past.Position, report.CutBytes));
    }

    [Fact]
    public void More_zeros_than_were_ever_written_ahead_are_a_torn_end()
    {
        Write(2);
        byte[] bytes = _storage.Bytes(First)[..(int)_writer.LogBytes];
        byte[] zeros = new byte[LogSettings.MostRoomBytes + 1];
        Assert.Equal(zeros.Length, Recover(Of([.. bytes, .. zeros])).Report.CutBytes);
        Assert.Equal(0, Recover(Of([.. bytes, .. zeros[1..]])).Report.CutBytes);
    }

    [Fact]
    public void Damage_before_the_room_is_told_as_damage()
    {
        Write(3);
        _storage.Flip(First, SegmentHeader.Bytes + 20);
        Assert.Throws<LogException>(() => Recover(_storage));
    }

    [Fact]
    public void A_segment_that_is_complete_and_a_log_that_is_closed_have_no_room()
    {
        Write(30);
        string second = SegmentName.Of(2);
        Assert.Contains(second, _storage.Names);
        byte[] complete = _storage.Bytes(First);
        Assert.True(complete.AsSpan(^200..).ContainsAnyExcept((byte)0), "its room is still there");
        byte[] zeros = new byte[100];
        _storage.Put(First, [.. complete, .. zeros]);
        Assert.Throws<LogException>(() => Recover(_storage));
        _storage.Put(First, complete);
        _writer.Close();
        Assert.Equal(_writer.LogBytes, _storage.Names.Sum(n => _storage.Bytes(n).Length));
        (LogPast past, RecoveryReport report) = Recover(_storage);
        Assert.Equal((30L, true, 0L), (past.Position, report.WasClosed, report.CutBytes));
    }

    [Fact]
    public void Without_room_records_are_written_all_the_same()
    {
        _writer.Turn();
        _storage.FailingCall = _storage.Calls + 1;
        Write(1);
        Assert.Equal(("make room", 0), (_storage.Failed, _failures));
        Write(2);
        Assert.Equal((3L, 0L), (Recover(_storage).Past.Position, _failures));
    }

    void ILogWatch.OnSynced(long position)
    {
    }

    void ILogWatch.OnDegraded(string reason) => _failures++;

    void ILogWatch.OnStateComplete()
    {
    }

    private static MemoryStorage Of(byte[] bytes)
    {
        var storage = new MemoryStorage();
        storage.Put(First, bytes);
        return storage;
    }

    private static (LogPast Past, RecoveryReport Report) Recover(MemoryStorage storage)
    {
        var recovery = new LogRecovery(storage, new WholeGroups(), History.Lineage);
        return (recovery.Run(), recovery.Report);
    }

    private void Write(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Tell(MutationKind.Put);
            _writer.Turn();
        }
    }

    private void Tell(MutationKind kind)
    {
        bool isPut = kind == MutationKind.Put;
        _intake.OnMutation(new Mutation
        {
            Kind = kind, At = _clock.Milliseconds, Position = isPut ? ++_position : _position,
            Key = isPut ? Encoding.ASCII.GetBytes($"key-{_position}") : [],
            Head = isPut ? new byte[100] : [], Cas = (ulong)_position,
            Marks = new ItemMarks(_clock.Milliseconds, false, false),
        });
    }
}
