using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Replication.Link;

/// <summary>
/// Turns a file of Redis into the commands that make a store hold what is in it: RESTORE for each key, and for large
/// collections some hundred entries with each command. Bytes in any pieces, commands out.
/// </summary>
public sealed class RdbRequests : IRdbVisitor, IDisposable
{
    // Longer collections are not sent as one value: RESTORE reads one from its bytes, which must be whole.
    private const int MostWholeBytes = 256 << 10;
    private const int MostEntries = 500;
    private const int MostEntryBytes = 128 << 10;

    private readonly RdbFileReader _reader = new();
    private readonly OutputBuffer _entries = new(4096, int.MaxValue);
    private readonly List<(byte[] Field, long ExpiresAt)> _fieldExpiries = [];
    private OutputBuffer _output = null!;
    private byte[] _key = [];
    private RdbType _type;
    private RdbKind _kind;
    private long _expiresAt;
    private int _database = -1;
    private int _count;
    private int _needBytes;
    private State _state;

    private enum State
    {
        Records,
        Whole,
        Entries,
        Skipped,
        End,
    }

    /// <summary>The file is at its end, and its checksum is right.</summary>
    public bool IsAtEnd => _state == State.End;

    /// <summary>What is wrong with it; null: nothing so far.</summary>
    public string? Problem { get; private set; }

    /// <summary>Bytes that are needed at least for the next call to bring something.</summary>
    public int NeedBytes => Problem is null && !IsAtEnd ? Math.Max(_needBytes, 1) : 0;

    /// <summary>Keys so far.</summary>
    public long Keys { get; private set; }

    /// <summary>Values that no store here holds: streams, modules.</summary>
    public long Skipped { get; private set; }

    /// <summary>Reads on.</summary>
    /// <param name="input">What is there and was not taken.</param>
    /// <param name="output">Takes the commands.</param>
    /// <param name="mostOutput">Stops when there are so many bytes of them.</param>
    /// <returns>Bytes that were taken.</returns>
    public int Read(ReadOnlySpan<byte> input, OutputBuffer output, int mostOutput)
    {
        _output = output;
        _needBytes = 0;
        int taken = 0;
        while (Problem is null && !IsAtEnd && output.Length < mostOutput)
        {
            ReadOnlySpan<byte> rest = input[taken..];
            RdbStatus status;
            int consumed;
            switch (_state)
            {
                case State.Records:
                    status = _reader.Read(rest, out RdbRecord record, out consumed);
                    if (status == RdbStatus.Done)
                    {
                        Take(record);
                    }

                    break;
                case State.Whole:
                    status = TakeWhole(rest, out consumed);
                    break;
                default:
                    status = TakeEntries(rest, out consumed);
                    break;
            }

            taken += consumed;
            if (status == RdbStatus.Damaged)
            {
                Problem = $"damaged at {_reader.Position}: {_reader.Error}";
            }
            else if (status == RdbStatus.NeedMoreData)
            {
                int known = _state == State.Whole ? _needBytes : _reader.NeedBytes;
                _needBytes = Math.Max(known, rest.Length - consumed + 1);
                break;
            }
        }

        return taken;
    }

    /// <inheritdoc/>
    public bool Visit(in RdbElement element)
    {
        if (_kind == RdbKind.SortedSet)
        {
            Span<byte> score = stackalloc byte[RespWriter.MostDoubleBytes];
            _entries.WriteBulk(score[..RespWriter.FormatDouble(element.Score, score)]);
        }

        _entries.WriteBulk(element.Name);
        if (_kind == RdbKind.Hash)
        {
            _entries.WriteBulk(element.Value);
        }

        if (element.ExpiresAt != 0)
        {
            _fieldExpiries.Add((element.Name.ToArray(), element.ExpiresAt));
        }

        if (++_count >= MostEntries || _entries.Length >= MostEntryBytes)
        {
            WriteEntries();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _entries.Dispose();
    }

    private void Take(in RdbRecord record)
    {
        if (record.Kind == RdbRecordKind.End)
        {
            _state = State.End;
            return;
        }

        if (record.Kind != RdbRecordKind.Key)
        {
            Skipped += record.Kind is RdbRecordKind.Function or RdbRecordKind.ModuleAuxiliary ? 1 : 0;
            return;
        }

        _key = record.Name.ToArray();
        (_type, _kind, _expiresAt) = (record.Type, RdbTypes.KindOf(record.Type), record.ExpiresAt);
        if (_kind > RdbKind.Hash || record.Database >= ItemStore.DatabaseCount || _key.Length > ItemStore.MaxKeyBytes)
        {
            Skipped++;
            _state = State.Skipped;
            return;
        }

        Keys++;
        if (record.Database != _database)
        {
            _database = record.Database;
            Begin(2, "SELECT"u8);
            _output.WriteBulkNumber(_database);
        }

        _state = State.Whole;
    }

    // To the end of the value without giving its start away; too long a collection begins again, entry by entry.
    private RdbStatus TakeWhole(ReadOnlySpan<byte> input, out int consumed)
    {
        consumed = 0;
        int length = 0;
        RdbStatus status;
        do
        {
            status = _reader.ReadValue(input[length..], null, out int piece);
            length += piece;
        }
        while (status == RdbStatus.More && (_kind == RdbKind.String || length <= MostWholeBytes));
        if (status == RdbStatus.Done)
        {
            consumed = length;
            WriteRestore(input[..length]);
            _state = State.Records;
            return status;
        }

        if (status == RdbStatus.Damaged)
        {
            return status;
        }

        int needed = status == RdbStatus.NeedMoreData ? _reader.NeedBytes : 0;
        _reader.RestartValue();
        if (_kind != RdbKind.String && (status == RdbStatus.More || length + needed > MostWholeBytes))
        {
            Begin(2, "DEL"u8);
            _output.WriteBulk(_key);
            _state = State.Entries;
            return RdbStatus.More;
        }

        // What was looked at is given again.
        _needBytes = length + needed;
        return RdbStatus.NeedMoreData;
    }

    private RdbStatus TakeEntries(ReadOnlySpan<byte> input, out int consumed)
    {
        bool isSkipped = _state == State.Skipped;
        RdbStatus status = _reader.ReadValue(input, isSkipped ? null : this, out consumed);
        if (status == RdbStatus.Done)
        {
            if (!isSkipped)
            {
                EndEntries();
            }

            _state = State.Records;
        }

        return status;
    }

    private void WriteRestore(ReadOnlySpan<byte> value)
    {
        Span<byte> head = [(byte)_type];
        Span<byte> foot = stackalloc byte[DumpPayload.FootBytes];
        DumpPayload.WriteFoot(foot, _reader.Version, Crc64.Append(Crc64.Append(0, head), value));
        Begin(6, "RESTORE"u8);
        _output.WriteBulk(_key);
        _output.WriteBulkNumber(_expiresAt);
        _output.WriteBulkLength(1 + value.Length + DumpPayload.FootBytes);
        _output.Write(head);
        _output.Write(value);
        _output.Write(foot);
        _output.Write("\r\n"u8);
        _output.WriteBulk("REPLACE"u8);
        _output.WriteBulk("ABSTTL"u8);
    }

    private void WriteEntries()
    {
        if (_count == 0)
        {
            return;
        }

        int each = _kind is RdbKind.Hash or RdbKind.SortedSet ? 2 : 1;
        Begin(2 + (_count * each), _kind switch
        {
            RdbKind.Hash => "HSET"u8,
            RdbKind.Set => "SADD"u8,
            RdbKind.SortedSet => "ZADD"u8,
            _ => "RPUSH"u8,
        });
        _output.WriteBulk(_key);
        _output.Write(_entries.Written);
        foreach ((byte[] field, long expiresAt) in _fieldExpiries)
        {
            Begin(6, "HPEXPIREAT"u8);
            _output.WriteBulk(_key);
            _output.WriteBulkNumber(expiresAt);
            _output.WriteBulk("FIELDS"u8);
            _output.WriteBulkNumber(1);
            _output.WriteBulk(field);
        }

        _entries.Clear(MostEntryBytes);
        _fieldExpiries.Clear();
        _count = 0;
    }

    private void EndEntries()
    {
        WriteEntries();
        if (_expiresAt != 0)
        {
            Begin(3, "PEXPIREAT"u8);
            _output.WriteBulk(_key);
            _output.WriteBulkNumber(_expiresAt);
        }
    }

    private void Begin(int count, ReadOnlySpan<byte> name)
    {
        _output.WriteArray(count);
        _output.WriteBulk(name);
    }
}
