using System.Diagnostics;
using SessionGateway.Durability.Format;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Durability.Writing;

/// <summary>
/// Makes records of the mutations and queues them for the writer. The mutation stream calls one at a time, so there is
/// one producer, and the writer is the one consumer: no lock between them, and nothing is allocated once the chunks are
/// there. While a state is told, the shards' threads bring its items, too, and a lock orders them.
/// </summary>
public sealed class LogIntake : IMutationListener, ISnapshotSink
{
    private const int SpareChunks = 16;

    private readonly Lock _lock = new();
    private readonly Lock _spareLock = new();
    private readonly Stack<LogChunk> _spare = new(SpareChunks);
    private readonly LogSettings _settings;
    private LogChunk _write;
    private LogChunk _read;
    private SegmentStart _segment;
    private long _segmentBytes;
    private long _filled;
    private long _published;
    private long _consumed;
    private int _readAt;
    private bool _isStartTaken;
    private long _position;
    private long _time;
    private ulong _highestCas;
    private bool _isInGroup;
    private bool _isLost;
    private bool _isTellingState;
    private long _wakeAt = long.MaxValue;

    /// <summary>Makes an intake whose first segment goes on from what was recovered.</summary>
    /// <param name="settings">Sizes.</param>
    /// <param name="past">What was recovered.</param>
    /// <param name="now">Unix milliseconds.</param>
    public LogIntake(LogSettings settings, LogPast past, long now)
    {
        _settings = settings;
        _position = past.Position;
        _time = now;
        _highestCas = past.HighestCas;
        _segment = NewStart(SegmentFlags.None, isStateComplete: false);
        _write = _read = new LogChunk { Start = _segment };
    }

    /// <inheritdoc/>
    public bool WantsAccesses => true;

    /// <summary>Called, from any thread, when there is something to write for a writer that waits
    /// (<see cref="SleepUntil"/>).</summary>
    public Action? Wanted { get; set; }

    /// <summary>Position of the last mutation that was taken; from any thread.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Bytes that wait; from any thread.</summary>
    public long QueuedBytes => Volatile.Read(ref _published) - Volatile.Read(ref _consumed);

    /// <summary>Bytes that were taken since the start; from any thread.</summary>
    public long TakenBytes => Volatile.Read(ref _published);

    /// <summary>Mutations are not taken: the queue was full, or the writer gave up. A state ends it.</summary>
    public bool IsLost => Volatile.Read(ref _isLost);

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        if (_isTellingState)
        {
            lock (_lock)
            {
                Take(mutation);
            }

            return;
        }

        Take(mutation);
    }

    /// <inheritdoc/>
    void ISnapshotSink.OnItem(in ItemKey key, in ItemView item)
    {
        lock (_lock)
        {
            if (HasRoom())
            {
                var mutation = Mutation.OfItem(key, item);
                mutation.Position = _position;
                Append(mutation, RecordKind.StateItem);
                Publish();
            }
        }
    }

    /// <inheritdoc/>
    void ISnapshotSink.OnPage(int database, ulong number, ReadOnlySpan<byte> page)
    {
        lock (_lock)
        {
            if (HasRoom())
            {
                Append(
                    new Mutation
                    {
                        Kind = MutationKind.Put, Database = database, Cas = number, Head = page, Position = _position,
                    },
                    RecordKind.StatePage);
                Publish();
            }
        }
    }

    /// <summary>A state begins, in a segment of its own; the caller holds all shards and begins the snapshot.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="position">Position of the stream.</param>
    public void BeginState(long now, long position)
    {
        Debug.Assert(!_isInGroup, "a state begins inside of a group");
        _time = now;
        Volatile.Write(ref _position, position);
        NextSegment(NewStart(SegmentFlags.State, isStateComplete: false));
        _isTellingState = true;
    }

    /// <summary>The state is complete; the caller holds all shards.</summary>
    public void EndState()
    {
        _isTellingState = false;
        if (!_isLost)
        {
            Append(new Mutation { Kind = MutationKind.GroupEnd, Position = _position }, RecordKind.StateEnd);
            Publish();
            NextSegment(NewStart(SegmentFlags.None, isStateComplete: true));
        }
    }

    /// <summary>The state is given up; the caller holds all shards.</summary>
    public void AbandonState() => _isTellingState = false;

    /// <summary>Takes nothing more; from any thread. What waits is not lost by it.</summary>
    public void Lose() => Volatile.Write(ref _isLost, true);

    /// <summary>Begins anew with a state behind a gap, nothing waiting; the caller holds all shards, and is the
    /// consumer.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="position">Position of the stream.</param>
    /// <param name="highestCas">The highest cas unique that was given.</param>
    public void Restart(long now, long position, ulong highestCas)
    {
        _time = now;
        _isInGroup = false;
        _highestCas = highestCas;
        Volatile.Write(ref _position, position);
        _segment = NewStart(SegmentFlags.State | SegmentFlags.Gap, isStateComplete: false);
        _segmentBytes = 0;
        _filled = _consumed = _published;
        _write = _read = new LogChunk { Start = _segment };
        _readAt = 0;
        _isStartTaken = false;
        _isTellingState = true;
        Volatile.Write(ref _isLost, false);
    }

    /// <summary>
    /// Has <see cref="Wanted"/> called, once, when more than some bytes wait. Called by the consumer before it sleeps.
    /// </summary>
    /// <returns>False when they do already.</returns>
    public bool SleepUntil(long bytes)
    {
        Interlocked.Exchange(ref _wakeAt, _consumed + bytes);
        if (Volatile.Read(ref _published) > _consumed + bytes)
        {
            Interlocked.Exchange(ref _wakeAt, long.MaxValue);
            return false;
        }

        return true;
    }

    /// <summary>How far the consumer may read now: whole records, and the last position among them.</summary>
    internal (long End, long Position) Look()
    {
        // In this order: what is behind the position is in the bytes.
        long position = Volatile.Read(ref _position);
        return (Volatile.Read(ref _published), position);
    }

    /// <summary>The next bytes before an end, or the beginning of a segment; the consumer says
    /// <see cref="Advance"/>.</summary>
    internal bool TryRead(long end, out ReadOnlySpan<byte> bytes, out SegmentStart? start)
    {
        while (true)
        {
            bytes = default;
            start = null;
            if (!_isStartTaken && _read.Start is { } begun)
            {
                _isStartTaken = true;
                start = begun;
                return true;
            }

            LogChunk? next = _read.Next;
            int available = next is null ? int.MaxValue : _read.Used - _readAt;
            available = (int)Math.Min(available, end - _consumed);
            if (available > 0)
            {
                bytes = _read.Bytes.AsSpan(_readAt, available);
                return true;
            }

            if (next is null || _readAt < _read.Used)
            {
                return false;
            }

            GiveBack(_read);
            _read = next;
            _readAt = 0;
            _isStartTaken = false;
        }
    }

    /// <summary>Bytes have been consumed.</summary>
    internal void Advance(int count)
    {
        _readAt += count;
        Volatile.Write(ref _consumed, _consumed + count);
    }

    private void Take(in Mutation mutation)
    {
        if (!HasRoom())
        {
            return;
        }

        if (_segmentBytes >= _settings.SegmentBytes && !_isInGroup)
        {
            NextSegment(NewStart(SegmentFlags.None, isStateComplete: false));
        }

        _isInGroup = mutation.Kind == MutationKind.GroupBegin
            || (_isInGroup && mutation.Kind != MutationKind.GroupEnd);
        _time = Math.Max(_time, mutation.At);
        _highestCas = Math.Max(_highestCas, mutation.Cas);
        _segment.Horizon.Add(mutation);
        Append(mutation, RecordEncoder.KindOf(mutation.Kind));
        Volatile.Write(ref _position, mutation.Position);
        Publish();
    }

    private bool HasRoom()
    {
        if (!_isLost && QueuedBytes > _settings.QueueBytes)
        {
            Lose();
            Wanted?.Invoke();
        }

        return !_isLost;
    }

    private void Append(in Mutation mutation, RecordKind kind)
    {
        Span<byte> numbers = stackalloc byte[RecordEncoder.MostHeadBytes];
        int length = RecordEncoder.Write(
            numbers, mutation, kind, _segment, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> tail);
        if (kind >= RecordKind.StateItem)
        {
            _segment.Horizon.Add(mutation);
        }

        Append(numbers[..length]);
        Append(mutation.Key);
        Append(head);
        Append(tail);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _filled += bytes.Length;
        _segmentBytes += bytes.Length;
        while (true)
        {
            int count = Math.Min(bytes.Length, LogChunk.Size - _write.Used);
            bytes[..count].CopyTo(_write.Bytes.AsSpan(_write.Used));
            _write.Used += count;
            bytes = bytes[count..];
            if (bytes.IsEmpty)
            {
                return;
            }

            NextChunk(start: null);
        }
    }

    // A full fence: either the consumer sees what was published before it sleeps, or its wish to be woken is seen here.
    private void Publish()
    {
        Interlocked.Exchange(ref _published, _filled);
        if (_filled > Volatile.Read(ref _wakeAt) && Interlocked.Exchange(ref _wakeAt, long.MaxValue) != long.MaxValue)
        {
            Wanted?.Invoke();
        }
    }

    private SegmentStart NewStart(SegmentFlags flags, bool isStateComplete) => new()
    {
        PreviousPosition = _position,
        BaseTime = _time,
        HighestCas = _highestCas,
        Flags = flags,
        IsStateComplete = isStateComplete,
    };

    private void NextSegment(SegmentStart start)
    {
        _segment = start;
        _segmentBytes = 0;
        NextChunk(start);
    }

    private void NextChunk(SegmentStart? start)
    {
        LogChunk? chunk;
        lock (_spareLock)
        {
            _spare.TryPop(out chunk);
        }

        chunk ??= new LogChunk();
        chunk.Start = start;
        _write.Next = chunk;
        _write = chunk;
    }

    private void GiveBack(LogChunk chunk)
    {
        chunk.Used = 0;
        chunk.Start = null;
        chunk.Next = null;
        lock (_spareLock)
        {
            if (_spare.Count < SpareChunks)
            {
                _spare.Push(chunk);
            }
        }
    }
}
