using SessionGateway.Durability.Files;
using SessionGateway.Durability.Format;
using SessionGateway.Durability.Sealing;
using SessionGateway.Durability.Writing;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Durability.Reading;

/// <summary>
/// Reads a log back: from the segment with which recovery begins to the last whole record. A torn end is cut; bytes
/// that were on the disk once and are wrong now are no torn end, and refused.
/// </summary>
/// <param name="storage">The directory.</param>
/// <param name="sink">Takes the mutations. A group comes only when its end is there: a sink that nobody looks at
/// meanwhile need not keep it together.</param>
/// <param name="newLineage">Names a log that begins; random.</param>
public sealed class LogRecovery(IStorage storage, IMutationSink sink, Guid newLineage)
{
    private readonly List<SegmentFacts> _facts = [];
    private readonly StateCollections _collections = new(sink);
    private long _position;
    private ulong _highestCas;
    private bool _takesState;

    // Behind it lies a group without its end, or nothing that is whole.
    private long _wholeEnd;

    // What is to be cut, and to which length.
    private (string Name, long Length)? _cut;

    // Where the group that is open began.
    private long _groupOffset = -1;

    /// <summary>What was read; figures grow while it runs.</summary>
    public RecoveryReport Report { get; } = new();

    /// <summary>Called now and then.</summary>
    public Action? Progress { get; init; }

    /// <summary>What the log may be encrypted with.</summary>
    public LogKeys Keys { get; init; } = LogKeys.None;

    /// <summary>Gives up what follows a damaged record instead of refusing (<c>gateway repair</c>).</summary>
    public bool IsRepair { get; init; }

    /// <summary>Reads everything.</summary>
    /// <returns>What the writer goes on from.</returns>
    /// <exception cref="LogException">It cannot be read.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public LogPast Run()
    {
        List<LogSegment> segments = LogSegment.FindAll(storage, Keys, out List<long> needless);
        if (segments.Count == 0)
        {
            return LogPast.None(newLineage);
        }

        long start = segments.Max(s => s.Header.StartSequence);
        List<LogSegment> needed = [.. segments.Where(s => s.Header.Sequence >= start)];
        if (needed.Count == 0 || needed[0].Header.Sequence != start)
        {
            throw new LogException($"{SegmentName.Of(start)}, with which the log begins, is not there")
            {
                File = SegmentName.Of(start),
            };
        }

        // Before anything is read, cut or set aside: what is only locked is not damaged.
        foreach (LogSegment segment in needed)
        {
            using var reader = new SegmentReader(storage, segment.Name, Keys);
            reader.Unlock();
        }

        Report.AllBytes = needed.Sum(s => s.Length);
        _position = needed[0].Header.PreviousPosition;
        _takesState = (needed[0].Header.Flags & SegmentFlags.State) != 0;
        int read = 0;
        bool goesOn = true;
        while (goesOn && read < needed.Count)
        {
            LogSegment? next = read + 1 < needed.Count ? needed[read + 1] : null;
            goesOn = ReadSegment(needed[read], next);
            read++;
        }

        // In this order: a segment that is cut looks whole, and what follows it would seem to go on from it.
        SetAside(needed, read);
        if (_cut is { } cut)
        {
            storage.Cut(cut.Name, cut.Length);
        }

        LogSegment last = needed[read - 1];
        return new LogPast
        {
            Lineage = last.Header.Lineage,
            Epoch = segments[^1].Header.Epoch + (Report.WasClosed ? 0 : 1),
            Position = _position,
            HighestCas = _highestCas,
            LastSequence = last.Header.Sequence,
            StartSequence = start,
            Segments = _facts,
            Needless = needless,
        };
    }

    // False when nothing behind it can be used.
    private bool ReadSegment(LogSegment segment, LogSegment? next)
    {
        SegmentHeader header = segment.Header;
        bool isGapNext = next is not null && (next.Header.Flags & SegmentFlags.Gap) != 0;
        var horizon = new Horizon();
        _wholeEnd = next is null || isGapNext ? FindWholeEnd(segment.Name) : long.MaxValue;
        using var reader = new SegmentReader(storage, segment.Name, Keys);
        reader.Unlock();
        _highestCas = Math.Max(_highestCas, header.HighestCas);
        Report.Segments++;
        long before = Report.Bytes;
        while (true)
        {
            RecordStatus status = reader.Read(out ReadOnlySpan<byte> body);
            Report.Bytes = before + reader.Offset;
            if (status == RecordStatus.Record)
            {
                Take(segment, reader, body, horizon);
                continue;
            }

            bool isEnd = status == RecordStatus.End && _groupOffset < 0;
            if (!isEnd)
            {
                isEnd = CutEnd(segment, reader, status, isLast: next is null || isGapNext);
            }

            _facts.Add(new SegmentFacts(header.Sequence, _cut?.Length ?? reader.Length, horizon));
            Progress?.Invoke();
            return next is not null && !isGapNext && isEnd && Continues(next);
        }
    }

    // Only a segment that was not followed by another can end in a group.
    private long FindWholeEnd(string name)
    {
        using var reader = new SegmentReader(storage, name, Keys);
        reader.Unlock();
        long end = 0;
        bool isInGroup = false;
        while (reader.Read(out ReadOnlySpan<byte> body) == RecordStatus.Record)
        {
            var kind = (RecordKind)body[0];
            isInGroup = kind == RecordKind.GroupBegin || (isInGroup && kind != RecordKind.GroupEnd);
            end = isInGroup ? end : reader.Offset;
        }

        return end;
    }

    private bool Continues(LogSegment next)
    {
        if (next.Header.PreviousPosition < _position)
        {
            throw new LogException($"{next.Name} does not continue the segment before it")
            {
                File = next.Name, CanBeRepaired = true,
            };
        }

        // Mutations that were folded into earlier ones have no record.
        _position = next.Header.PreviousPosition;
        return true;
    }

    private bool CutEnd(LogSegment segment, SegmentReader reader, RecordStatus status, bool isLast)
    {
        long broken = reader.RecordOffset;
        long end = _groupOffset >= 0 ? _groupOffset : broken;
        long written = isLast ? reader.FindWritten(broken) : reader.Length;
        if (status == RecordStatus.Broken && written <= end)
        {
            // Room for what was not written any more.
            _cut = (segment.Name, end);
            return false;
        }

        if (status == RecordStatus.Forged && !IsRepair)
        {
            throw new LogException(
                $"{segment.Name} has bytes at byte {broken} that were not encrypted there with its key")
            {
                File = segment.Name, Offset = broken, CanBeRepaired = true,
            };
        }

        if (status == RecordStatus.Broken && !IsRepair)
        {
            long synced = isLast ? reader.FindSynced(broken) : long.MaxValue;
            if (synced > broken)
            {
                throw new LogException(
                    $"{segment.Name} is damaged at byte {broken}: it was whole on the disk, and is not any more")
                {
                    File = segment.Name, Offset = broken, CanBeRepaired = true,
                };
            }
        }

        Report.CutFile = segment.Name;
        Report.CutBytes += written - end;
        Report.CutRecords += WholeRecords.Count(storage, segment.Name, end);
        _groupOffset = -1;
        _cut = (segment.Name, end);
        return false;
    }

    // What lies behind a gap and has no complete state cannot be used; it is kept beside until there is newer.
    private void SetAside(List<LogSegment> segments, int from)
    {
        if (from >= segments.Count)
        {
            return;
        }

        foreach (string old in storage.List().Where(n => n.EndsWith(SegmentName.OrphanEnd, StringComparison.Ordinal)))
        {
            storage.Delete(old);
        }

        foreach (LogSegment segment in Enumerable.Reverse(segments.Skip(from)))
        {
            storage.Rename(segment.Name, segment.Name + SegmentName.OrphanEnd);
            Report.Orphans++;
        }

        storage.SyncDirectory();
    }

    private void Take(LogSegment segment, SegmentReader reader, ReadOnlySpan<byte> body, Horizon horizon)
    {
        bool isKept = reader.RecordOffset < _wholeEnd;
        Report.Records += isKept && WholeRecords.IsChange((RecordKind)body[0]) ? 1 : 0;
        Report.WasClosed = false;
        switch ((RecordKind)body[0])
        {
            case RecordKind.Synced:
                return;
            case RecordKind.Closed:
                Report.WasClosed = true;
                return;
            case RecordKind.StateEnd:
                Report.Diverged += _takesState ? _collections.Complete() : 0;
                _takesState = false;
                return;
            case RecordKind.StateItem or RecordKind.StatePage when !_takesState:
                return;
        }

        if (!RecordDecoder.TryRead(body, segment.Header, out Mutation mutation))
        {
            throw new LogException(
                $"{segment.Name} has a record of kind {body[0]} at byte {reader.RecordOffset} that this version does "
                    + "not know")
            {
                File = segment.Name, Offset = reader.RecordOffset,
            };
        }

        if (body[0] == (byte)RecordKind.StatePage)
        {
            horizon.KeepForEver();
            _collections.AddPage(mutation);
            return;
        }

        switch (mutation.Kind)
        {
            case MutationKind.GroupBegin:
                _groupOffset = reader.RecordOffset;
                break;
            case MutationKind.GroupEnd:
                _groupOffset = -1;
                break;
        }

        horizon.Add(mutation);
        _highestCas = Math.Max(_highestCas, mutation.Cas);
        if (!isKept)
        {
            return;
        }

        if (!_takesState
            || !_collections.TryKeep(mutation, body, segment.Header, body[0] == (byte)RecordKind.StateItem))
        {
            Count(sink.Apply(mutation));
        }

        _position = _groupOffset < 0 ? mutation.Position : _position;
        if ((Report.Records & 0xFFF) == 0)
        {
            Progress?.Invoke();
        }
    }

    private void Count(ApplyStatus status)
    {
        Report.Diverged += status == ApplyStatus.Diverged ? 1 : 0;
        Report.OutOfMemory += status == ApplyStatus.OutOfMemory ? 1 : 0;
    }
}
