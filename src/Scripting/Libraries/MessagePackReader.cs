using System.Buffers.Binary;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Makes Lua values of MessagePack.</summary>
internal ref struct MessagePackReader(LuaFrame frame, ReadOnlySpan<byte> bytes)
{
    // About ten milliseconds.
    private const int MaxNodes = 125_000;

    private const int MaxDepth = 1000;

    private const string Missing = "Missing bytes in input.";

    private const string Bad = "Bad data format in input.";

    private readonly LuaFrame _frame = frame;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Values made.</summary>
    public int Nodes { get; private set; }

    /// <summary>Bytes that were not read.</summary>
    public readonly int Left => _bytes.Length - _at;

    /// <summary>Pushes the next value, or says what is wrong.</summary>
    public bool TryRead(out string? problem)
    {
        problem = Read(0);
        return problem is null;
    }

    private string? Read(int depth)
    {
        if (Left < 1)
        {
            return Missing;
        }

        if (++Nodes > MaxNodes || depth > MaxDepth || !_frame.HasRoom(4) || _frame.State.BytesLeft < 0)
        {
            return Bad;
        }

        byte type = _bytes[_at++];
        switch (type)
        {
            case <= 0x7F:
                _frame.Push(type);
                return null;
            case >= 0xE0:
                _frame.Push(unchecked((sbyte)type));
                return null;
            case >= 0xA0 and <= 0xBF:
                return Text(type & 31);
            case >= 0x90 and <= 0x9F:
                return Array(type & 15, depth);
            case >= 0x80 and <= 0x8F:
                return Map(type & 15, depth);
            case 0xC0:
                _frame.PushNil();
                return null;
            case 0xC2 or 0xC3:
                _frame.Push(type == 0xC3);
                return null;
            case 0xCA:
                return TryTake(4, out ulong single) ? Number(BitConverter.UInt32BitsToSingle((uint)single)) : Missing;
            case 0xCB:
                return TryTake(8, out ulong twice) ? Number(BitConverter.UInt64BitsToDouble(twice)) : Missing;
            case >= 0xCC and <= 0xCF:
                return TryTake(1 << (type - 0xCC), out ulong unsigned) ? Number(unsigned) : Missing;
            case >= 0xD0 and <= 0xD3:
                int size = 1 << (type - 0xD0);
                int shift = 64 - (size * 8);
                return TryTake(size, out ulong signed) ? Number((long)(signed << shift) >> shift) : Missing;
            case >= 0xD9 and <= 0xDB:
                return TryTake(1 << (type - 0xD9), out ulong length) ? Text((long)length) : Missing;
            case 0xDC or 0xDD:
                return TryTake(type == 0xDC ? 2 : 4, out length) ? Array((long)length, depth) : Missing;
            case 0xDE or 0xDF:
                return TryTake(type == 0xDE ? 2 : 4, out length) ? Map((long)length, depth) : Missing;
            default:
                return Bad;
        }
    }

    private bool TryTake(int size, out ulong value)
    {
        value = 0;
        if (Left < size)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        _bytes.Slice(_at, size).CopyTo(bytes[(8 - size)..]);
        value = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _at += size;
        return true;
    }

    private readonly string? Number(double value)
    {
        _frame.Push(value);
        return null;
    }

    private string? Text(long length)
    {
        if (Left < length)
        {
            return Missing;
        }

        _frame.Push(_bytes.Slice(_at, (int)length));
        _at += (int)length;
        return null;
    }

    private string? Array(long count, int depth)
    {
        _frame.PushTable();
        for (long i = 1; i <= count; i++)
        {
            if (Read(depth + 1) is { } problem)
            {
                return problem;
            }

            _frame.Set(-2, i);
        }

        return null;
    }

    private string? Map(long count, int depth)
    {
        _frame.PushTable();
        for (long i = 0; i < count; i++)
        {
            if ((Read(depth + 1) ?? Read(depth + 1)) is { } problem)
            {
                return problem;
            }

            if (_frame.TypeOf(-2) == LuaType.Nil
                || (_frame.TypeOf(-2) == LuaType.Number && double.IsNaN(_frame.Number(-2))))
            {
                return Bad;
            }

            _frame.Set(-3);
        }

        return null;
    }
}
