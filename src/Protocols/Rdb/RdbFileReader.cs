using System.Buffers;
using System.Globalization;

namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// Reads a file, a record at a time, from bytes that come in any pieces. After <see cref="RdbRecordKind.Key"/> its
/// value is read by <see cref="ReadValue"/> until it is done, and then the next record. The checksum is of all
/// bytes that were consumed.
/// </summary>
public sealed class RdbFileReader : IDisposable
{
    private const int MagicBytes = 9;
    private const int FirstBytes = 256;
    private const int MostDatabase = 1 << 20;

    private readonly int _mostStringBytes;
    private readonly RdbValueReader _value;
    private byte[] _name = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private byte[] _text = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private RdbSkip _module;
    private RdbType _type;
    private ulong _crc;
    private ulong _crcOfValue;
    private long _positionOfValue;
    private bool _hasHeader;
    private bool _isInModule;
    private bool _startsValue;
    private long _expiresAt;
    private long _idleSeconds = -1;
    private int _database;

    /// <summary>Makes a reader.</summary>
    /// <param name="mostStringBytes">Longest string that is read.</param>
    public RdbFileReader(int mostStringBytes = RdbValueReader.DefaultMostStringBytes)
    {
        _mostStringBytes = mostStringBytes;
        _value = new RdbValueReader(mostStringBytes);
    }

    /// <summary>Version of the file, 0 before its header.</summary>
    public int Version { get; private set; }

    /// <summary>It is a file of Valkey 9 or newer.</summary>
    public bool IsValkey { get; private set; }

    /// <summary>Bytes consumed: where the next record starts.</summary>
    public long Position { get; private set; }

    /// <summary>What is wrong after <see cref="RdbStatus.Damaged"/>.</summary>
    public RdbError Error { get; private set; }

    /// <summary>Bytes of input that are known to be needed after <see cref="RdbStatus.NeedMoreData"/>.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>Reads a record.</summary>
    /// <param name="input">The bytes at hand, behind all that was consumed.</param>
    /// <param name="record">The record, after <see cref="RdbStatus.Done"/>.</param>
    /// <param name="consumed">Its bytes.</param>
    /// <returns>Also <see cref="RdbStatus.More"/> for bytes that are no record of their own.</returns>
    public RdbStatus Read(ReadOnlySpan<byte> input, out RdbRecord record, out int consumed)
    {
        record = default;
        var cursor = new RdbCursor(input, _mostStringBytes);
        bool isRecord = !_hasHeader ? ReadHeader(ref cursor, out record)
            : _isInModule ? ReadModule(ref cursor, out record)
            : ReadNext(ref cursor, input, out record);
        consumed = cursor.IsRight ? cursor.At : 0;
        if (!cursor.IsRight)
        {
            Error = cursor.Error;
            NeedBytes = cursor.NeedBytes;
            record = default;
            return cursor.Status;
        }

        Consume(input[..consumed]);
        return isRecord ? RdbStatus.Done : RdbStatus.More;
    }

    /// <summary>Reads a piece of the value behind a key, as <see cref="RdbValueReader.Read"/>.</summary>
    public RdbStatus ReadValue(ReadOnlySpan<byte> input, IRdbVisitor? visitor, out int consumed)
    {
        RdbStatus status = _value.Read(input, visitor, out consumed);
        Error = _value.Error;
        NeedBytes = _value.NeedBytes;
        Consume(input[..consumed]);
        return status;
    }

    /// <summary>Goes back to the start of the value; its bytes are given again.</summary>
    public void RestartValue()
    {
        _crc = _crcOfValue;
        Position = _positionOfValue;
        _value.Begin(_type, IsValkey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _value.Dispose();
        RdbString.Return(_name);
        RdbString.Return(_text);
        _name = _text = [];
    }

    private void Consume(ReadOnlySpan<byte> bytes)
    {
        _crc = Crc64.Append(_crc, bytes);
        Position += bytes.Length;
        if (_startsValue)
        {
            _startsValue = false;
            _crcOfValue = _crc;
            _positionOfValue = Position;
        }
    }

    // REDIS and four digits, or VALKEY and three.
    private bool ReadHeader(scoped ref RdbCursor cursor, out RdbRecord record)
    {
        record = new RdbRecord { Kind = RdbRecordKind.Header };
        ReadOnlySpan<byte> magic = cursor.Take(MagicBytes);
        if (!cursor.IsRight)
        {
            return false;
        }

        bool isValkey = magic.StartsWith("VALKEY"u8);
        ReadOnlySpan<byte> digits = isValkey ? magic[6..] : magic[5..];
        if ((!isValkey && !magic.StartsWith("REDIS"u8))
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int version))
        {
            cursor.Fail(RdbError.NotRdb);
            return false;
        }

        Version = version;
        if (version == 0 || !RdbVersion.IsRead(version) || isValkey != version >= RdbVersion.Valkey9)
        {
            cursor.Fail(RdbError.Version);
            return false;
        }

        IsValkey = isValkey;
        _hasHeader = true;
        return true;
    }

    private bool ReadNext(scoped ref RdbCursor cursor, ReadOnlySpan<byte> input, out RdbRecord record)
    {
        byte code = cursor.Byte();
        record = default;
        switch (code)
        {
            case RdbOpcode.ExpiresMilliseconds:
                return SetExpiry(ref cursor, cursor.Int64());
            case RdbOpcode.ExpiresSeconds:
                return SetExpiry(ref cursor, cursor.Int32() * 1000L);
            case RdbOpcode.Idle:
                ulong idle = cursor.Length();
                _idleSeconds = cursor.IsRight ? (long)Math.Min(idle, long.MaxValue) : _idleSeconds;
                return false;
            case RdbOpcode.Frequency:
                cursor.Byte();
                return false;
            case RdbOpcode.Database:
                return ReadDatabase(ref cursor, out record);
            case RdbOpcode.End:
                return ReadEnd(ref cursor, input, out record);
            case RdbOpcode.Auxiliary:
                return ReadTexts(ref cursor, RdbRecordKind.Auxiliary, 2, out record);
            case RdbOpcode.Function2:
                return ReadTexts(ref cursor, RdbRecordKind.Function, 1, out record);
            case RdbOpcode.FunctionOld:
                return ReadOldFunction(ref cursor, out record);
            case RdbOpcode.ModuleAuxiliary:
                _module = new RdbSkip(RdbType.Module);
                _isInModule = cursor.IsRight;
                return false;
            case RdbOpcode.Sizes:
                return ReadHint(ref cursor, 2, out record);
            case RdbOpcode.SlotInfo:
                return ReadHint(ref cursor, 3, out record);
            default:
                return ReadKey(ref cursor, code, out record);
        }
    }

    private bool ReadKey(scoped ref RdbCursor cursor, byte code, out RdbRecord record)
    {
        record = default;
        if (code > (byte)RdbType.HashListpackExpiring)
        {
            cursor.Fail(RdbError.Type);
            return false;
        }

        RdbString name = cursor.String();
        if (!TryExpand(ref cursor, name, ref _name, out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        _type = (RdbType)code;
        record = new RdbRecord
        {
            Kind = RdbRecordKind.Key, Name = bytes, Type = _type, Database = _database, ExpiresAt = _expiresAt,
            IdleSeconds = _idleSeconds,
        };
        _expiresAt = 0;
        _idleSeconds = -1;
        _value.Begin(_type, IsValkey);
        _startsValue = true;
        return true;
    }

    // A time before 1970 is over as any other.
    private bool SetExpiry(ref RdbCursor cursor, long time)
    {
        if (cursor.IsRight)
        {
            _expiresAt = Math.Max(time, 1);
        }

        return false;
    }

    private bool ReadDatabase(scoped ref RdbCursor cursor, out RdbRecord record)
    {
        ulong number = cursor.Length();
        if (number > MostDatabase)
        {
            cursor.Fail(RdbError.Database);
        }

        _database = cursor.IsRight ? (int)number : _database;
        record = new RdbRecord { Kind = RdbRecordKind.Database, Database = _database };
        return true;
    }

    private bool ReadTexts(scoped ref RdbCursor cursor, RdbRecordKind kind, int count, out RdbRecord record)
    {
        record = default;
        RdbString first = cursor.String();
        RdbString second = count > 1 ? cursor.String() : default;
        if (!TryExpand(ref cursor, first, ref _name, out ReadOnlySpan<byte> name)
            || !TryExpand(ref cursor, second, ref _text, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        record = new RdbRecord { Kind = kind, Name = name, Text = text };
        return true;
    }

    private static bool ReadHint(scoped ref RdbCursor cursor, int count, out RdbRecord record)
    {
        record = new RdbRecord { Kind = RdbRecordKind.Hint };
        for (; count > 0; count--)
        {
            cursor.Length();
        }

        return true;
    }

    // Name, engine, whether there is a description, it, the code.
    private static bool ReadOldFunction(scoped ref RdbCursor cursor, out RdbRecord record)
    {
        record = new RdbRecord { Kind = RdbRecordKind.Function };
        cursor.String();
        cursor.String();
        if (cursor.Length() != 0)
        {
            cursor.String();
        }

        cursor.String();
        return true;
    }

    // The name of the module, and then parts as those of its values.
    private bool ReadModule(scoped ref RdbCursor cursor, out RdbRecord record)
    {
        record = new RdbRecord { Kind = RdbRecordKind.ModuleAuxiliary };
        _module.Step(ref cursor);
        _isInModule = !_module.IsAtEnd;
        return !_isInModule;
    }

    private bool ReadEnd(scoped ref RdbCursor cursor, ReadOnlySpan<byte> input, out RdbRecord record)
    {
        record = new RdbRecord { Kind = RdbRecordKind.End };
        if (Version < RdbVersion.WithChecksum)
        {
            return true;
        }

        // 0: the writer made none.
        ulong expected = (ulong)cursor.Int64();
        if (cursor.IsRight && expected != 0 && expected != Crc64.Append(_crc, input[..1]))
        {
            cursor.Fail(RdbError.Checksum);
        }

        return true;
    }

    private static bool TryExpand(
        scoped ref RdbCursor cursor, RdbString text, ref byte[] buffer, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!cursor.IsRight)
        {
            return false;
        }

        if (text.TryExpand(ref buffer, out bytes))
        {
            return true;
        }

        cursor.Fail(RdbError.Compression);
        return false;
    }
}
