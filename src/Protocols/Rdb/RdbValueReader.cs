using System.Buffers;
using SessionGateway.Protocols.Rdb.Packed;

namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// Reads a value, a piece at a time: a string, an entry, or a block of them. Input may come in any pieces; what is
/// asked for next is always in front of it. Memory is taken for bytes that are there, never for a length that is
/// only claimed; a compressed string may take <see cref="LzfDecompression.MostGrowth"/> times its own. One after
/// the other may be read with one reader.
/// </summary>
public sealed class RdbValueReader : IDisposable
{
    /// <summary>Longest string that is read unless told otherwise (Redis proto-max-bulk-len).</summary>
    public const int DefaultMostStringBytes = 512 << 20;

    /// <summary>How many times its own length a compressed string may take.</summary>
    public const int MostGrowth = LzfDecompression.MostGrowth;

    private const int FirstBytes = 256;

    private readonly int _mostStringBytes;
    private byte[] _name = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private byte[] _value = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private RdbType _type;
    private bool _isValkey;
    private bool _hasBegun;
    private ulong _left;
    private long _firstExpiry;
    private RdbSkip _skip;

    /// <summary>Makes a reader.</summary>
    /// <param name="mostStringBytes">Longest string, or block of a packed collection, that is read.</param>
    public RdbValueReader(int mostStringBytes = DefaultMostStringBytes) => _mostStringBytes = mostStringBytes;

    /// <summary>Something was given to a visitor since <see cref="Begin"/>.</summary>
    public bool HasEntries { get; private set; }

    /// <summary>What is wrong after <see cref="RdbStatus.Damaged"/>.</summary>
    public RdbError Error { get; private set; }

    /// <summary>Bytes of input that are known to be needed after <see cref="RdbStatus.NeedMoreData"/>.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>Begins with the first byte behind the type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isValkey">Whether <see cref="RdbType.HashExpiring22"/> is Valkey's.</param>
    public void Begin(RdbType type, bool isValkey)
    {
        _type = type;
        _isValkey = isValkey;
        _hasBegun = false;
        _left = 0;
        _firstExpiry = 0;
        _skip = new RdbSkip(type);
        Error = RdbError.None;
        HasEntries = false;
    }

    /// <summary>Reads a piece.</summary>
    /// <param name="input">The bytes at hand, behind all that was consumed.</param>
    /// <param name="visitor">Takes what is read; null: only the end is looked for.</param>
    /// <param name="consumed">Bytes of the piece.</param>
    public RdbStatus Read(ReadOnlySpan<byte> input, IRdbVisitor? visitor, out int consumed)
    {
        consumed = 0;
        var cursor = new RdbCursor(input, _mostStringBytes);
        bool goesOn = true, isLast = false;
        switch (RdbTypes.KindOf(_type))
        {
            case RdbKind.Unknown:
                cursor.Fail(RdbError.Type);
                break;
            case RdbKind.Stream or RdbKind.Module:
                _skip.Step(ref cursor);
                isLast = _skip.IsAtEnd;
                break;
            default:
                ulong left = _left;
                bool begins = !_hasBegun;
                if (begins)
                {
                    ReadHead(ref cursor);
                    left = _left;
                }

                if (cursor.IsRight && left > 0 && !(begins && RdbTypes.IsCounted(_type)))
                {
                    goesOn = ReadPiece(ref cursor, visitor);
                    left--;
                }

                if (cursor.IsRight)
                {
                    _hasBegun = true;
                    _left = left;
                }

                isLast = left == 0;
                break;
        }

        if (!cursor.IsRight)
        {
            Error = cursor.Error;
            NeedBytes = cursor.NeedBytes;
            return cursor.Status;
        }

        consumed = cursor.At;
        return !goesOn ? RdbStatus.Stopped : isLast ? RdbStatus.Done : RdbStatus.More;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        RdbString.Return(_name);
        RdbString.Return(_value);
        _name = _value = [];
    }

    // The head alone is a piece of a counted value; else it belongs to the only piece.
    private void ReadHead(ref RdbCursor cursor)
    {
        _firstExpiry = RdbTypes.BeginsWithTime(_type) ? cursor.Int64() : 0;
        if (_firstExpiry < 0)
        {
            cursor.Fail(RdbError.Expiry);
        }

        _left = RdbTypes.IsCounted(_type) ? cursor.Length() : 1;
    }

    private bool ReadPiece(ref RdbCursor cursor, IRdbVisitor? visitor)
    {
        if (RdbTypes.IsPacked(_type, out PackedFormat format))
        {
            return ReadBlock(ref cursor, format, visitor);
        }

        ulong relative = _type == RdbType.HashExpiring || (_type == RdbType.HashExpiring22 && !_isValkey)
            ? cursor.Length() : 0;
        RdbString name = cursor.String();
        bool hasValue = _type is RdbType.Hash or RdbType.HashExpiring22 or RdbType.HashExpiring;
        RdbString value = hasValue ? cursor.String() : default;
        double score = _type switch
        {
            RdbType.SortedSet => RdbScore.Read(ref cursor),
            RdbType.SortedSet2 => RdbScore.ReadBinary(ref cursor),
            _ => 0,
        };
        long expiresAt = ExpiryOf(ref cursor, relative);
        if (!cursor.IsRight || visitor is null)
        {
            return true;
        }

        if (!name.TryExpand(ref _name, out ReadOnlySpan<byte> nameBytes)
            || !value.TryExpand(ref _value, out ReadOnlySpan<byte> valueBytes))
        {
            cursor.Fail(RdbError.Compression);
            return true;
        }

        HasEntries = true;
        return visitor.Visit(new RdbElement
        {
            Name = nameBytes, Value = valueBytes, Score = score, ExpiresAt = expiresAt,
        });
    }

    // Redis: 0 without one, else 1 for the field that ends first and so on from there; candidates: the time. Valkey:
    // the time behind the value, -1 without one.
    private long ExpiryOf(ref RdbCursor cursor, ulong relative)
    {
        if (_type == RdbType.HashExpiring22 && _isValkey)
        {
            long time = cursor.Int64();
            if (time < -1)
            {
                cursor.Fail(RdbError.Expiry);
            }

            return Math.Max(time, 0);
        }

        if (relative == 0)
        {
            return 0;
        }

        ulong sum = _type == RdbType.HashExpiring ? relative - 1 + (ulong)_firstExpiry : relative;
        if (sum > long.MaxValue || relative > long.MaxValue)
        {
            cursor.Fail(RdbError.Expiry);
            return 0;
        }

        return (long)sum;
    }

    private bool ReadBlock(ref RdbCursor cursor, PackedFormat format, IRdbVisitor? visitor)
    {
        const ulong plainNode = 1, packedNode = 2;
        ulong container = _type == RdbType.ListQuicklist2 ? cursor.Length() : packedNode;
        RdbString text = cursor.String();
        if (container is not (plainNode or packedNode))
        {
            cursor.Fail(RdbError.Packed);
        }

        if (!cursor.IsRight || visitor is null)
        {
            return true;
        }

        if (!text.TryExpand(ref _name, out ReadOnlySpan<byte> block))
        {
            cursor.Fail(RdbError.Compression);
            return true;
        }

        if (container == plainNode)
        {
            HasEntries = true;
            return visitor.Visit(new RdbElement { Name = block });
        }

        RdbError error = Visit(block, format, visitor, out bool goesOn);
        if (error != RdbError.None)
        {
            cursor.Fail(error);
        }

        return goesOn;
    }

    private RdbError Visit(ReadOnlySpan<byte> block, PackedFormat format, IRdbVisitor visitor, out bool goesOn)
    {
        goesOn = true;
        if (!PackedReader.TryOpen(format, block, out PackedReader reader))
        {
            return RdbError.Packed;
        }

        bool isScored = RdbTypes.KindOf(_type) == RdbKind.SortedSet;
        bool isPaired = isScored || RdbTypes.KindOf(_type) == RdbKind.Hash;
        bool isTimed = _type is RdbType.HashListpackExpiring or RdbType.HashListpackExpiring23;
        Span<byte> nameDigits = stackalloc byte[PackedEntry.MostDigits];
        Span<byte> valueDigits = stackalloc byte[PackedEntry.MostDigits];
        while (goesOn && reader.TryNext(out PackedEntry name))
        {
            PackedEntry value = default, time = default;
            if ((isPaired && !reader.TryNext(out value)) || (isTimed && !reader.TryNext(out time)))
            {
                return RdbError.Packed;
            }

            double score = 0;
            ReadOnlySpan<byte> valueText = value.Text(valueDigits);
            if (isScored && !RdbScore.TryParse(valueText, out score))
            {
                return RdbError.Score;
            }

            if (isTimed && (!time.IsNumber || time.Number < 0))
            {
                return RdbError.Expiry;
            }

            HasEntries = true;
            goesOn = visitor.Visit(new RdbElement
            {
                Name = name.Text(nameDigits), Value = isScored ? default : valueText, Score = score,
                ExpiresAt = time.Number,
            });
        }

        return reader.IsDamaged ? RdbError.Packed : RdbError.None;
    }
}
