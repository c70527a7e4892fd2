using System.Buffers.Binary;

namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// Steps over the parts of a record. After the first part that is not there, or wrong, nothing is read any more: <see
/// cref="Status"/> tells which, so a record is read as if it were whole and asked once at its end.
/// </summary>
internal ref struct RdbCursor(ReadOnlySpan<byte> input, int mostStringBytes)
{
    private readonly ReadOnlySpan<byte> _input = input;
    private readonly int _mostStringBytes = mostStringBytes;

    /// <summary>Bytes stepped over.</summary>
    public int At { get; private set; }

    /// <summary>Done as long as all was there.</summary>
    public RdbStatus Status { get; private set; }

    /// <summary>What is wrong.</summary>
    public RdbError Error { get; private set; }

    /// <summary>Bytes from the start that are known to be needed.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>True as long as all was there.</summary>
    public readonly bool IsRight => Status == RdbStatus.Done;

    /// <summary>Says that a part is wrong.</summary>
    public void Fail(RdbError error)
    {
        if (IsRight)
        {
            Status = RdbStatus.Damaged;
            Error = error;
        }
    }

    /// <summary>So many bytes; empty when they are not there.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (!IsRight)
        {
            return default;
        }

        if (count > _input.Length - At)
        {
            Status = RdbStatus.NeedMoreData;
            NeedBytes = At + count;
            return default;
        }

        ReadOnlySpan<byte> bytes = _input.Slice(At, count);
        At += count;
        return bytes;
    }

    /// <summary>A byte.</summary>
    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    /// <summary>Eight bytes, the lowest first.</summary>
    public long Int64() => Take(sizeof(long)) is { IsEmpty: false } bytes
        ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    /// <summary>Four bytes, the lowest first.</summary>
    public int Int32() => Take(sizeof(int)) is { IsEmpty: false } bytes
        ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    /// <summary>A length.</summary>
    public ulong Length()
    {
        ulong length = Length(out bool isForm);
        if (isForm)
        {
            Fail(RdbError.Length);
        }

        return IsRight ? length : 0;
    }

    /// <summary>
    /// A string. One that is longer than the limit is wrong, and so is a compressed one that claims what its bytes
    /// cannot hold: nobody makes room for a claim.
    /// </summary>
    public RdbString String()
    {
        ulong length = Length(out bool isForm);
        if (!IsRight)
        {
            return default;
        }

        if (!isForm)
        {
            return new RdbString { Raw = Take(Checked(length)) };
        }

        switch (length)
        {
            case 0:
                return new RdbString { Form = RdbStringForm.Number, Number = (sbyte)Byte() };
            case 1:
                int low = Byte();
                return new RdbString { Form = RdbStringForm.Number, Number = (short)(low | (Byte() << 8)) };
            case 2:
                return new RdbString { Form = RdbStringForm.Number, Number = Int32() };
            case 3:
                return Compressed();
            default:
                Fail(RdbError.String);
                return default;
        }
    }

    private RdbString Compressed()
    {
        int compressed = Checked(Length());
        int expanded = Checked(Length());
        if (expanded > (long)compressed * LzfDecompression.MostGrowth)
        {
            Fail(RdbError.Compression);
        }

        return new RdbString { Form = RdbStringForm.Compressed, Raw = Take(compressed), Length = expanded };
    }

    private int Checked(ulong length)
    {
        if (length > (ulong)_mostStringBytes)
        {
            Fail(RdbError.Length);
            return 0;
        }

        return (int)length;
    }

    // 00xxxxxx; 01xxxxxx and a byte; 80 and four bytes, 81 and eight, the highest first; 11xxxxxx: a form of strings.
    private ulong Length(out bool isForm)
    {
        byte first = Byte();
        isForm = IsRight && first >> 6 == 3;
        switch (first >> 6)
        {
            case 0:
                return first;
            case 1:
                return ((uint)(first & 63) << 8) | Byte();
            case 3:
                return (uint)(first & 63);
            default:
                return LongLength(first);
        }
    }

    private ulong LongLength(byte first)
    {
        if (first is not (0x80 or 0x81))
        {
            Fail(RdbError.Length);
            return 0;
        }

        ReadOnlySpan<byte> bytes = Take(first == 0x80 ? sizeof(uint) : sizeof(ulong));
        return bytes.Length switch
        {
            sizeof(uint) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            sizeof(ulong) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
            _ => 0,
        };
    }
}
