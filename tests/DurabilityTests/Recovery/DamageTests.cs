using SessionGateway.Durability.Format;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Recovery;

public sealed class DamageTests
{
    private readonly MemoryStorage _storage = new();
    private readonly StepClock _clock = new();

    [Fact]
    public void A_torn_end_is_cut_and_told_in_bytes_and_records()
    {
        Write(segmentBytes: 1 << 20, syncs: 3, perSync: 2);
        byte[] whole = _storage.Bytes(SegmentName.Of(1));
        var left = new MemoryStorage();
        int torn = 5 + SyncMark.Bytes;
        left.Put(SegmentName.Of(1), whole[..^torn]);
        (LogPast past, RecoveryReport report, WholeGroups sink) = Recover(left);
        Assert.Equal(5, past.Position);
        Assert.Equal(5, sink.Applied.Count);
        Assert.Equal(0, report.CutRecords);
        Assert.Equal(5, report.Records);
        Assert.Equal(SegmentName.Of(1), report.CutFile);
        Assert.Equal(whole.Length - torn - report.CutBytes, left.Bytes(SegmentName.Of(1)).Length);
        Assert.Equal(0, Recover(left).Report.CutBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Whole_records_behind_the_broken_one_are_counted_when_they_are_cut(int broken)
    {
        Write(segmentBytes: 1 << 20, syncs: 3, perSync: 2, SyncPolicy.No);
        byte[] whole = _storage.Bytes(SegmentName.Of(1));
        int at = SegmentHeader.Bytes;
        for (int record = 1; record < broken; record++)
        {
            at += RecordHead.Bytes + BitConverter.ToInt32(whole, at);
        }

        _storage.Flip(SegmentName.Of(1), at + RecordHead.Bytes + 1);
        RecoveryReport report = Recover().Report;
        Assert.Equal(broken - 1, report.Records);
        Assert.Equal(6 - broken, report.CutRecords);
        Assert.Equal(whole.Length - at, report.CutBytes);
        Assert.Equal($"{report.CutBytes} bytes cut, {6 - broken} whole records among them", report.CutText);
    }

    [Fact]
    public void Every_cut_of_the_last_segment_is_a_torn_end()
    {
        Write(segmentBytes: 1 << 20, syncs: 3, perSync: 2);
        byte[] whole = _storage.Bytes(SegmentName.Of(1));
        int last = -1;
        for (int length = 0; length <= whole.Length; length++)
        {
            var left = new MemoryStorage();
            left.Put(SegmentName.Of(1), whole[..length]);
            int read = Recover(left).Sink.Applied.Count;
            Assert.InRange(read, Math.Max(0, last), last + 1);
            last = read;
        }

        Assert.Equal(6, last);
    }

    [Fact]
    public void A_byte_that_changed_before_the_synced_end_is_refused_with_file_and_place()
    {
        Write(segmentBytes: 1 << 20, syncs: 3, perSync: 2);
        int broken = 0;
        int length = _storage.Bytes(SegmentName.Of(1)).Length;
        for (int at = SegmentHeader.Bytes; at < length; at++)
        {
            _storage.Flip(SegmentName.Of(1), at);
            try
            {
                byte[] bytes = _storage.Bytes(SegmentName.Of(1));
                RecoveryReport report = Recover().Report;
                Assert.True(report.CutBytes > 0, $"nobody saw that byte {at} changed");

                // Cut: as it was.
                bytes[at] ^= 0x40;
                _storage.Put(SegmentName.Of(1), bytes);
            }
            catch (LogException e)
            {
                Assert.Equal(SegmentName.Of(1), e.File);
                Assert.InRange(e.Offset, at - 200, at);
                Assert.True(e.CanBeRepaired);
                Assert.Contains($"byte {e.Offset}", e.Message);
                broken++;
                _storage.Flip(SegmentName.Of(1), at);
            }
        }

        // All but the last mark, which says that what lies before it was on the disk.
        Assert.Equal(length - SegmentHeader.Bytes - SyncMark.Bytes, broken);
    }

    [Theory]
    [InlineData(SyncPolicy.Batch)]
    [InlineData(SyncPolicy.EverySecond)]
    [InlineData(SyncPolicy.No)]
    public void A_byte_that_changed_in_a_log_that_was_closed_is_refused(SyncPolicy sync)
    {
        Write(segmentBytes: 1 << 20, syncs: 3, perSync: 2, sync, isClosed: true);
        int length = _storage.Bytes(SegmentName.Of(1)).Length;
        int closed = RecordHead.Bytes + 1;
        for (int at = SegmentHeader.Bytes; at < length - SyncMark.Bytes - closed; at++)
        {
            _storage.Flip(SegmentName.Of(1), at);
            Assert.True(Assert.Throws<LogException>(() => Recover()).CanBeRepaired);
            _storage.Flip(SegmentName.Of(1), at);
        }

        Assert.True(Recover().Report.WasClosed);
    }

    [Fact]
    public void A_damaged_segment_that_others_follow_is_refused_and_a_repair_keeps_what_lies_before()
    {
        Write(segmentBytes: 100, syncs: 6, perSync: 2);
        Assert.True(_storage.Names.Length > 2);
        string first = SegmentName.Of(1);
        _storage.Flip(first, _storage.Bytes(first).Length - 1);
        Assert.Throws<LogException>(() => Recover());
        var sink = new WholeGroups();
        var repair = new LogRecovery(_storage, sink, History.Lineage) { IsRepair = true };
        LogPast past = repair.Run();
        Assert.Equal(sink.Applied.Count, past.Position);
        Assert.InRange(past.Position, 1, 11);
        Assert.True(repair.Report.Orphans > 0, "what follows was not set aside");
        Assert.Equal(past.Position, Recover().Past.Position);
    }

    [Fact]
    public void A_segment_that_is_not_there_is_named()
    {
        Write(segmentBytes: 100, syncs: 6, perSync: 2);
        _storage.Delete(SegmentName.Of(2));
        Assert.Equal(SegmentName.Of(2), Assert.Throws<LogException>(() => Recover()).File);
        _storage.Delete(SegmentName.Of(1));
        Assert.Equal(SegmentName.Of(1), Assert.Throws<LogException>(() => Recover()).File);
    }

    [Fact]
    public void A_log_of_a_later_version_is_refused()
    {
        Write(segmentBytes: 1 << 20, syncs: 1, perSync: 1);
        byte[] bytes = _storage.Bytes(SegmentName.Of(1));
        bytes[8] = SegmentHeader.Version + 1;
        _storage.Put(SegmentName.Of(1), bytes);
        Assert.Contains("later version", Assert.Throws<LogException>(() => Recover()).Message);
    }

    [Fact]
    public void A_record_that_this_version_does_not_know_is_refused()
    {
        Write(segmentBytes: 1 << 20, syncs: 1, perSync: 1);
        byte[] record = new byte[RecordHead.Bytes + 1];
        record[^1] = 31;
        RecordHead.Write(record, 1,
            Durability.Checksums.Crc32C.Append(RecordHead.StartSum(1), record.AsSpan(RecordHead.Bytes)));
        _storage.Put(SegmentName.Of(1), [.. _storage.Bytes(SegmentName.Of(1)), .. record]);
        Assert.Contains("kind 31", Assert.Throws<LogException>(() => Recover()).Message);
    }

    [Fact]
    public void Segments_whose_items_have_all_ended_are_removed_and_uniques_go_on_above()
    {
        var settings = new LogSettings { Sync = SyncPolicy.Batch, SegmentBytes = 300 };
        var past = LogPast.None(History.Lineage);
        var intake = new LogIntake(settings, past, _clock.Milliseconds);
        using var writer = new LogWriter(_storage, intake, settings, past, _clock, new Deaf());
        for (int i = 1; i <= 100; i++)
        {
            long now = _clock.Milliseconds;
            intake.OnMutation(new Mutation
            {
                Kind = MutationKind.Put, Position = i, At = now, Key = "some-key"u8, Head = new byte[100],
                ExpiresAt = now + 20_000, Cas = (ulong)(1000 - i), Marks = new ItemMarks(now, false, false),
            });
            writer.Turn();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_storage.Names.Length, 2, 20);
        Assert.True(writer.SegmentCount == _storage.Names.Length, "the count is another one");
        (LogPast after, _, WholeGroups sink) = Recover();
        Assert.Equal(100, after.Position);
        Assert.Equal(999UL, after.HighestCas);
        Assert.InRange(sink.Applied.Count, 20, 60);
    }

    [Fact]
    public void The_first_version_is_read_for_ever()
    {
        // What this test wrote when the format was made: two items and a group.
        string folder = Path.Combine(AppContext.BaseDirectory, "Golden");
        var old = new MemoryStorage();
        old.Put(SegmentName.Of(1), Convert.FromHexString(File.ReadAllText(Path.Combine(folder, "version-1.hex"))
            .ReplaceLineEndings("")));
        (LogPast past, RecoveryReport report, WholeGroups sink) = Recover(old);
        Assert.Equal(0, report.CutBytes);
        Assert.True(report.WasClosed);
        Assert.Equal(6, past.Position);
        Assert.Equal(History.Lineage, past.Lineage);
        Assert.Equal(
            File.ReadAllLines(Path.Combine(folder, "version-1.txt")).Where(line => line.Length > 0), sink.Applied);
    }

    private void Write(
        long segmentBytes, int syncs, int perSync, SyncPolicy sync = SyncPolicy.Batch, bool isClosed = false)
    {
        var settings = new LogSettings { Sync = sync, SegmentBytes = segmentBytes };
        var past = LogPast.None(History.Lineage);
        var intake = new LogIntake(settings, past, _clock.Milliseconds);
        using var writer = new LogWriter(_storage, intake, settings, past, _clock, new Deaf());
        int position = 0;
        for (int turn = 0; turn < syncs; turn++)
        {
            for (int i = 0; i < perSync; i++)
            {
                intake.OnMutation(new Mutation
                {
                    Kind = MutationKind.Put, Position = ++position, At = _clock.Milliseconds, Key = "key"u8,
                    Head = "some value"u8, Cas = (ulong)position,
                    Marks = new ItemMarks(_clock.Milliseconds, false, false),
                });
            }

            writer.Turn();
        }

        if (isClosed)
        {
            writer.Close();
        }
    }

    private (LogPast Past, RecoveryReport Report, WholeGroups Sink) Recover(MemoryStorage? storage = null)
    {
        var sink = new WholeGroups();
        var recovery = new LogRecovery(storage ?? _storage, sink, History.Lineage);
        return (recovery.Run(), recovery.Report, sink);
    }

    private sealed class Deaf : ILogWatch
    {
        public void OnSynced(long position)
        {
        }

        public void OnDegraded(string reason) => Assert.Fail(reason);

        public void OnStateComplete()
        {
        }
    }
}
