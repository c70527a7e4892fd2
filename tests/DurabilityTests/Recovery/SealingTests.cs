using System.Text;
using SessionGateway.Durability.Checksums;
using SessionGateway.Durability.Format;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Sealing;
using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Recovery;

/// <summary>Logs that are encrypted; what crashes do to them is with the others in <see cref="CrashTests"/>.</summary>
public sealed class SealingTests
{
    private readonly MemoryStorage _storage = new();
    private readonly StepClock _clock = new();

    [Fact]
    public void No_byte_of_key_or_value_is_on_the_disk_and_everything_is_read_back()
    {
        Write(() => Secrets.First, 0, values: 20, valueBytes: 100);
        byte[] file = _storage.Bytes(SegmentName.Of(1));
        Assert.Equal(2, file[8]);
        Assert.DoesNotContain("key-1", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        Assert.DoesNotContain("aaaaaa", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        (LogPast past, RecoveryReport report, WholeGroups sink) = Recover(Secrets.Keys);
        Assert.Equal((20, 20L, 0L), (sink.Applied.Count, past.Position, report.CutBytes));
        Assert.True(report.WasClosed);
    }

    [Theory]
    [InlineData(RunSealer.RunBytes - 60)]
    [InlineData(RunSealer.RunBytes)]
    [InlineData(RunSealer.RunBytes + 1)]
    [InlineData(5 * RunSealer.RunBytes)]
    public void Records_that_are_longer_than_what_is_sealed_at_once_are_read_back(int valueBytes)
    {
        Write(() => Secrets.First, 0, values: 7, valueBytes);
        WholeGroups sink = Recover(Secrets.Keys).Sink;
        Assert.Equal(7, sink.Applied.Count);
        Assert.All(sink.Applied, text => Assert.EndsWith(new string('a', valueBytes), text));
    }

    [Fact]
    public void Without_its_key_a_log_is_refused_and_no_repair_touches_it()
    {
        Write(() => Secrets.First, 0, values: 20, valueBytes: 100);
        byte[] before = _storage.Bytes(SegmentName.Of(1));
        foreach (LogKeys keys in (LogKeys[])[LogKeys.None, new LogKeys([Secrets.Second])])
        {
            foreach (bool isRepair in (bool[])[false, true])
            {
                LogException e = Assert.Throws<LogException>(() => Recover(keys, isRepair));
                Assert.False(e.CanBeRepaired);
                Assert.Contains(Secrets.First.Id, e.Message);
                Assert.Equal(before, _storage.Bytes(SegmentName.Of(1)));
                Assert.Single(_storage.Names);
            }
        }
    }

    [Fact]
    public void A_key_is_for_the_next_segment_and_older_ones_are_read_with_theirs()
    {
        LogKey? current = null;
        Write(() => current, 0, values: 5, valueBytes: 100);
        foreach (LogKey? next in (LogKey?[])[Secrets.First, Secrets.Second, null])
        {
            current = next;
            (LogPast past, _, WholeGroups sink) = Recover(Secrets.Keys);
            Assert.Equal(past.Position, sink.Applied.Count);
            Write(() => current, (int)past.Position, values: 5, valueBytes: 100, past);
        }

        Assert.Equal(4, _storage.Names.Length);
        Assert.Equal([1, 2, 2, 1], _storage.Names.Select(name => (int)_storage.Bytes(name)[8]));
        Assert.Equal(20, Recover(Secrets.Keys).Sink.Applied.Count);
        Assert.Contains(
            Secrets.Second.Id, Assert.Throws<LogException>(() => Recover(new LogKeys([Secrets.First]))).Message);
    }

    [Fact]
    public void The_same_records_are_other_bytes_in_every_log()
    {
        Write(() => Secrets.First, 0, values: 5, valueBytes: 100);
        byte[] first = _storage.Bytes(SegmentName.Of(1));
        _storage.Delete(SegmentName.Of(1));
        Write(() => Secrets.First, 0, values: 5, valueBytes: 100);
        byte[] second = _storage.Bytes(SegmentName.Of(1));
        Assert.Equal(first.Length, second.Length);
        int records = SegmentHeader.Bytes + SegmentCipher.KeyRecordBytes;
        int same = first.Skip(records).Zip(second.Skip(records)).Count(pair => pair.First == pair.Second);
        Assert.InRange(same, 0, first.Length / 4);
    }

    [Fact]
    public void Sealed_bytes_that_somebody_else_made_or_put_elsewhere_are_refused()
    {
        Write(() => Secrets.First, 0, values: 3, valueBytes: 100);
        byte[] file = _storage.Bytes(SegmentName.Of(1));
        int place = SegmentHeader.Bytes + SegmentCipher.KeyRecordBytes;
        Assert.True(RecordHead.Read(file.AsSpan(place), out int length, out _));

        // A checksum is no secret.
        byte[] changed = [.. file];
        Span<byte> body = changed.AsSpan(place + RecordHead.Bytes, length);
        body[5] ^= 1;
        RecordHead.Write(changed.AsSpan(place), length, Crc32C.Append(RecordHead.StartSum(length), body));
        byte[] doubled = [.. file[..(place + RecordHead.Bytes + length)], .. file[place..]];
        foreach (byte[] bytes in (byte[][])[changed, doubled])
        {
            _storage.Put(SegmentName.Of(1), bytes);
            LogException e = Assert.Throws<LogException>(() => Recover(Secrets.Keys));
            Assert.True(e.CanBeRepaired);
            Assert.Contains("not encrypted there", e.Message);
        }
    }

    [Fact]
    public void The_first_encrypted_version_is_read_for_ever()
    {
        // Three items and a group, written when the format was made.
        string folder = Path.Combine(AppContext.BaseDirectory, "Golden");
        _storage.Put(SegmentName.Of(1), Convert.FromHexString(File.ReadAllText(Path.Combine(folder, "version-2.hex"))
            .ReplaceLineEndings("")));
        (LogPast past, RecoveryReport report, WholeGroups sink) = Recover(new LogKeys([Secrets.First]));
        Assert.Equal((0L, true, 7L), (report.CutBytes, report.WasClosed, past.Position));
        Assert.Equal(
            File.ReadAllLines(Path.Combine(folder, "version-2.txt")).Where(line => line.Length > 0), sink.Applied);
    }

    private void Write(Func<LogKey?> key, int position, int values, int valueBytes, LogPast? past = null)
    {
        var settings = new LogSettings { Sync = SyncPolicy.Batch, KeyOfNextSegment = key };
        past ??= LogPast.None(History.Lineage);
        var intake = new LogIntake(settings, past, _clock.Milliseconds);
        using var writer = new LogWriter(_storage, intake, settings, past, _clock, new Deaf());
        byte[] value = new byte[valueBytes];
        Array.Fill(value, (byte)'a');
        for (int i = 0; i < values; i++)
        {
            intake.OnMutation(new Mutation
            {
                Kind = MutationKind.Put, Position = ++position, At = _clock.Milliseconds,
                Key = Encoding.ASCII.GetBytes($"key-{position}"), Head = value, Cas = (ulong)position,
                Marks = new ItemMarks(_clock.Milliseconds, false, false),
            });
            if (i % 3 == 0)
            {
                writer.Turn();
            }
        }

        writer.Close();
    }

    private (LogPast Past, RecoveryReport Report, WholeGroups Sink) Recover(LogKeys keys, bool isRepair = false)
    {
        var sink = new WholeGroups();
        var recovery = new LogRecovery(_storage, sink, History.Lineage) { Keys = keys, IsRepair = isRepair };
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
