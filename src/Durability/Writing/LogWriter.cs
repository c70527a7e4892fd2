using System.Security.Cryptography;
using SessionGateway.Durability.Files;
using SessionGateway.Durability.Format;
using SessionGateway.Durability.Sealing;

namespace SessionGateway.Durability.Writing;

/// <summary>
/// Writes what the intake queues to segments, and has it on the disk as the policy says. One thread calls it; figures
/// may be read from any. A failure of the disk ends the segment and the log: what was not synced before counts as lost,
/// and only a state, in a new segment, makes the log whole again (<see cref="TryRestore"/>).
/// </summary>
public sealed class LogWriter : IDisposable
{
    // Redis counts from there on, too (aof_delayed_fsync).
    private static readonly TimeSpan MostDelay = TimeSpan.FromSeconds(2);

    // More bytes at once, or more often, would cost more than they save.
    private const int LeastWritesOfRoom = 16;

    private readonly IStorage _storage;
    private readonly LogIntake _intake;
    private readonly LogSettings _settings;
    private readonly LogPast _past;
    private readonly TimeProvider _time;
    private readonly ILogWatch _watch;
    private readonly SegmentList _segments;
    private readonly byte[] _scratch = new byte[SegmentHeader.Bytes + SegmentCipher.KeyRecordBytes];
    private IStorageFile? _file;
    private RunSealer? _sealer;
    private SegmentStart? _start;
    private long _fileBytes;
    private long _roomEnd;
    private long _dirtySince;

    // Behind a gap nothing that is written can be recovered before a state is complete.
    private volatile bool _isStateOwed;
    private volatile bool _isWhole = true;
    private volatile string? _lastFailure;
    private long _failures;
    private long _syncs;
    private long _lastSync;
    private long _slowestSync;
    private long _delayedSyncs;
    private long _callSince;
    private long _failedAt;
    private long _syncedPosition;
    private long _writtenPosition;

    /// <summary>Makes a writer; the first segment is made by the first <see cref="Turn"/>.</summary>
    /// <param name="storage">The directory.</param>
    /// <param name="intake">What is to be written.</param>
    /// <param name="settings">When.</param>
    /// <param name="past">What was recovered.</param>
    /// <param name="time">The clock that measures a second.</param>
    /// <param name="watch">Who hears of it.</param>
    public LogWriter(
        IStorage storage, LogIntake intake, LogSettings settings, LogPast past, TimeProvider time, ILogWatch watch)
    {
        _storage = storage;
        _intake = intake;
        _settings = settings;
        _past = past;
        _time = time;
        _watch = watch;
        _segments = new SegmentList(past);
        _syncedPosition = _writtenPosition = past.Position;
    }

    /// <summary>False while nothing is written, because the disk fails.</summary>
    public bool IsWhole => _isWhole;

    /// <summary>True while a restart would lose more than the policy allows.</summary>
    public bool IsDegraded => !IsWhole || _isStateOwed;

    /// <summary>Why the disk failed last; null when it never did.</summary>
    public string? LastFailure => _lastFailure;

    /// <summary>How often it failed.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Position up to which everything is on the disk, and would be recovered.</summary>
    public long SyncedPosition => Volatile.Read(ref _syncedPosition);

    /// <summary>Position up to which everything is written; it outlives this process, but not the machine's.</summary>
    public long WrittenPosition => Volatile.Read(ref _writtenPosition);

    /// <summary>Bytes of all segments.</summary>
    public long LogBytes => _segments.Bytes + Volatile.Read(ref _fileBytes);

    /// <summary>Number of segments.</summary>
    public int SegmentCount => _segments.Count + 1;

    /// <summary>Times that something was brought to the disk.</summary>
    public long Syncs => Volatile.Read(ref _syncs);

    /// <summary>How long the last time took.</summary>
    public TimeSpan LastSync => new(Volatile.Read(ref _lastSync));

    /// <summary>How long it took at most.</summary>
    public TimeSpan SlowestSync => new(Volatile.Read(ref _slowestSync));

    /// <summary>Times that something waited for more than two seconds with a policy that promises one.</summary>
    public long DelayedSyncs => Volatile.Read(ref _delayedSyncs);

    /// <summary>How long the disk has been busy with what it was asked last; nothing when it is not.</summary>
    public TimeSpan CallTime =>
        Volatile.Read(ref _callSince) is not 0 and var since ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>The disk is busy.</summary>
    public bool IsSyncing => Volatile.Read(ref _callSince) != 0;

    /// <summary>Names the key that the segment is encrypted with; null: it is not.</summary>
    public string? KeyId { get; private set; }

    /// <summary>How long what is written may still wait until the next <see cref="Turn"/> must come; null: for
    /// ever.</summary>
    public TimeSpan? UntilNextSync()
    {
        if (!IsWhole)
        {
            return Rest(_failedAt, _settings.RetryDelay);
        }

        return _dirtySince == 0 || _settings.Sync != SyncPolicy.EverySecond
            ? null
            : Rest(_dirtySince, TimeSpan.FromSeconds(1));
    }

    /// <summary>Writes what waits, and syncs when it is time.</summary>
    /// <param name="syncs">It is time, whatever the policy.</param>
    public void Turn(bool syncs = false)
    {
        if (!IsWhole)
        {
            return;
        }

        try
        {
            WriteWaiting();
            if (_dirtySince != 0
                && (syncs || _settings.Sync == SyncPolicy.Batch || UntilNextSync() == TimeSpan.Zero))
            {
                SyncFile();
            }
        }
        catch (IOException failure)
        {
            Degrade(failure.Message);
            return;
        }

        if (_intake.IsLost)
        {
            Degrade("the disk is slower than what is written: the queue was full");
        }
    }

    /// <summary>
    /// After a failure: makes a new segment for a state that begins now, if the disk lets it.
    /// </summary>
    /// <param name="begin">Holds all shards, restarts the intake (<see cref="LogIntake.Restart"/>) and begins the
    /// snapshot; false when it cannot.</param>
    /// <returns>True when the log goes on; it is whole when the state is complete.</returns>
    public bool TryRestore(Func<bool> begin)
    {
        if (IsWhole || Rest(_failedAt, _settings.RetryDelay) > TimeSpan.Zero)
        {
            return false;
        }

        _failedAt = Now();
        try
        {
            // A disk that takes a file takes the state, as far as one can tell without trying.
            const string probe = "probe.tmp";
            if (_storage.List().Contains(probe))
            {
                _storage.Delete(probe);
            }

            using (IStorageFile file = _storage.Create(probe))
            {
                file.Append(new byte[4096]);
                file.Sync();
            }

            _storage.Delete(probe);
            _storage.SyncDirectory();
        }
        catch (IOException failure)
        {
            _lastFailure = failure.Message;
            return false;
        }

        _isWhole = _isStateOwed = begin();
        return _isWhole;
    }

    /// <summary>Everything that was told is on the disk, and says that nothing followed; afterwards nothing is written
    /// any more.</summary>
    public void Close()
    {
        if (!IsWhole)
        {
            return;
        }

        try
        {
            WriteWaiting();
            if (_file is not null && _start is not null && !_intake.IsLost)
            {
                Span<byte> record = stackalloc byte[RecordHead.Bytes + 1];
                record[RecordHead.Bytes] = (byte)RecordKind.Closed;
                RecordHead.Write(record, 1, Checksums.Crc32C.Append(RecordHead.StartSum(1), record[^1..]));
                if (_dirtySince != 0)
                {
                    SyncFile();
                }

                Append(record);
                _file.CutRoom();
                _file.Sync();
            }
        }
        catch (IOException failure)
        {
            Degrade(failure.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndSealing();
        _file?.Dispose();
        _file = null;
    }

    private void WriteWaiting()
    {
        (long end, long position) = _intake.Look();
        while (_intake.TryRead(end, out ReadOnlySpan<byte> bytes, out SegmentStart? start))
        {
            if (start is not null)
            {
                _sealer?.Flush();
                NextSegment(start);
                continue;
            }

            MakeRoom(bytes.Length);
            if (_sealer is null)
            {
                Append(bytes);
            }
            else
            {
                _sealer.Add(bytes);
            }

            _intake.Advance(bytes.Length);
        }

        _sealer?.Flush();
        Volatile.Write(ref _writtenPosition, position);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_dirtySince == 0)
        {
            _dirtySince = Now();
        }

        Volatile.Write(ref _callSince, Now());
        try
        {
            _file!.Append(bytes);
        }
        finally
        {
            Volatile.Write(ref _callSince, 0);
        }

        Volatile.Write(ref _fileBytes, _fileBytes + bytes.Length);
    }

    // So that a sync of few bytes costs the disk one write. Without room they are written all the same.
    private void MakeRoom(int bytes)
    {
        if (_settings.Sync != SyncPolicy.Batch || bytes > _settings.RoomBytes / LeastWritesOfRoom
            || _fileBytes + bytes <= _roomEnd)
        {
            return;
        }

        try
        {
            _file!.MakeRoom(_settings.RoomBytes);
            _roomEnd = _fileBytes + _settings.RoomBytes;
        }
        catch (IOException)
        {
            // A disk that is nearly full may have place for the record.
        }
    }

    // Behind every sync stands how much it was: what is broken before that place was damaged later. Nobody waits for
    // the mark itself, so it makes no sync necessary: the next one, or the system's own writing back, takes it along.
    private void WriteMark()
    {
        Span<byte> mark = stackalloc byte[SyncMark.Bytes];
        SyncMark.Write(mark, _fileBytes);
        _file!.Append(mark);
        Volatile.Write(ref _fileBytes, _fileBytes + mark.Length);
    }

    private void SyncFile()
    {
        long began = Now();
        long position = _writtenPosition;
        Ask(_file!.Sync);
        long took = _time.GetElapsedTime(began).Ticks;
        Volatile.Write(ref _lastSync, took);
        Volatile.Write(ref _slowestSync, Math.Max(took, _slowestSync));
        Volatile.Write(ref _syncs, _syncs + 1);
        bool isDelayed = _settings.Sync == SyncPolicy.EverySecond && _time.GetElapsedTime(_dirtySince) > MostDelay;
        Volatile.Write(ref _delayedSyncs, _delayedSyncs + (isDelayed ? 1 : 0));
        _dirtySince = 0;
        if (!_isStateOwed)
        {
            Volatile.Write(ref _syncedPosition, position);
            _watch.OnSynced(position);
        }

        WriteMark();
    }

    // A segment is complete on the disk before there is the next one: only the last one can end with a torn record.
    private void NextSegment(SegmentStart start)
    {
        if (_file is not null)
        {
            _file.CutRoom();
            Ask(_file.Sync);
            _file.Dispose();
            _file = null;
            _segments.Add(_fileBytes, _start!.Horizon);
        }
        else if (_past.LastSequence > 0 && _segments.Sequence == _past.LastSequence
            && (start.Flags & SegmentFlags.Gap) == 0)
        {
            // What a process that was killed had written may be in the system's memory only.
            using IStorageFile last = _storage.Open(SegmentName.Of(_past.LastSequence));
            Ask(last.Sync);
        }

        EndSealing();
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _segments.Begin(start, now);
        LogKey? key = _settings.KeyOfNextSegment();
        var header = new SegmentHeader(
            _past.Lineage, _past.Epoch, _segments.Sequence, _segments.NextStart, start.PreviousPosition,
            start.BaseTime, start.HighestCas, key is null ? start.Flags : start.Flags | SegmentFlags.Sealed);
        header.Write(_scratch);
        _start = start;
        _fileBytes = 0;
        _roomEnd = 0;
        _file = _storage.Create(SegmentName.Of(_segments.Sequence));
        Append(_scratch.AsSpan(0, SegmentHeader.Bytes));
        _file.Sync();
        if (key is not null)
        {
            BeginSealing(key);
            _file.Sync();
        }

        _storage.SyncDirectory();
        _segments.Confirm();
        if (start.IsStateComplete)
        {
            // In this order: whoever sees that the log is whole is treated so.
            _watch.OnMending();
            _isStateOwed = false;
            _watch.OnStateComplete();
        }

        _segments.RemoveNeedless(_storage);
    }

    // Behind a header that is on the disk: a file that is longer than one has, or had, a whole one.
    private void BeginSealing(LogKey key)
    {
        Span<byte> header = _scratch.AsSpan(0, SegmentHeader.Bytes), record = _scratch.AsSpan(SegmentHeader.Bytes);
        Span<byte> salt = stackalloc byte[SegmentCipher.SaltBytes];
        RandomNumberGenerator.Fill(salt);
        SegmentCipher.WriteKey(record, key, salt);
        Append(record);
        KeyId = key.Id;
        _sealer = new RunSealer(new SegmentCipher(key, salt, header))
        {
            Place = () => _fileBytes, Write = record => Append(record.Span),
        };
    }

    private void EndSealing()
    {
        _sealer?.Dispose();
        _sealer = null;
        KeyId = null;
    }

    // Others see that the disk is busy, and since when.
    private void Ask(Action call)
    {
        Volatile.Write(ref _callSince, Now());
        try
        {
            call();
        }
        finally
        {
            Volatile.Write(ref _callSince, 0);
        }
    }

    private void Degrade(string reason)
    {
        EndSealing();
        _intake.Lose();
        _isWhole = false;
        _lastFailure = reason;
        Volatile.Write(ref _failures, _failures + 1);
        _failedAt = Now();
        _dirtySince = 0;
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // The first failure is the one to tell.
        }

        _segments.GiveUp(_fileBytes);
        _file = null;
        _fileBytes = 0;
        _watch.OnDegraded(reason);
    }

    // 0 means that there is none.
    private long Now() => Math.Max(1, _time.GetTimestamp());

    private TimeSpan Rest(long since, TimeSpan delay)
    {
        TimeSpan rest = delay - _time.GetElapsedTime(since);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
