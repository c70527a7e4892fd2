using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Writes Lua values as MessagePack.</summary>
internal sealed class MessagePackWriter(LuaFrame frame)
{
    // Deeper tables become nil (LUACMSGPACK_MAX_NESTING).
    private const int MaxNesting = 16;

    // About ten milliseconds.
    private const int MaxNodes = 125_000;

    private readonly List<byte> _bytes = [];

    /// <summary>Values written.</summary>
    public int Nodes { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(_bytes);

    /// <summary>Writes the newest value; false when it is too much.</summary>
    public bool TryWrite() => TryWrite(0);

    private bool TryWrite(int level)
    {
        if (++Nodes > MaxNodes || _bytes.Count > frame.State.BytesLeft || !frame.HasRoom(4))
        {
            return false;
        }

        switch (frame.TypeOf(-1))
        {
            case LuaType.String:
                WriteString(frame.Bytes(-1));
                return true;
            case LuaType.Boolean:
                _bytes.Add(frame.Truth(-1) ? (byte)0xC3 : (byte)0xC2);
                return true;
            case LuaType.Number:
                WriteNumber(frame.Number(-1));
                return true;
            case LuaType.Table when level < MaxNesting:
                return IsArray(out long count) ? TryWriteArray(count, level) : TryWriteMap(level);
            default:
                _bytes.Add(0xC0);
                return true;
        }
    }

    private bool IsArray(out long count)
    {
        long most = 0;
        count = 0;
        frame.PushNil();
        while (frame.Next(-2))
        {
            frame.Pop();
            double key = frame.TypeOf(-1) == LuaType.Number ? frame.Number(-1) : 0;
            if (key < 1 || key != Math.Floor(key) || key >= 9.2e18)
            {
                frame.Pop();
                return false;
            }

            count++;
            most = Math.Max(most, (long)key);
        }

        return most == count;
    }

    private bool TryWriteArray(long count, int level)
    {
        WriteHead(count, 15, 0x90, 0xDC, 0xDD);
        for (long i = 1; i <= count; i++)
        {
            frame.Get(-1, i);
            if (!TryWrite(level + 1))
            {
                return false;
            }

            frame.Pop();
        }

        return true;
    }

    private bool TryWriteMap(int level)
    {
        long count = 0;
        frame.PushNil();
        while (frame.Next(-2))
        {
            frame.Pop();
            count++;
        }

        WriteHead(count, 15, 0x80, 0xDE, 0xDF);
        frame.PushNil();
        while (frame.Next(-2))
        {
            frame.PushCopy(-2);
            if (!TryWrite(level + 1))
            {
                return false;
            }

            frame.Pop();
            if (!TryWrite(level + 1))
            {
                return false;
            }

            frame.Pop();
        }

        return true;
    }

    private void WriteHead(long count, int most, byte small, byte medium, byte large)
    {
        if (count <= most)
        {
            _bytes.Add((byte)(small | (int)count));
        }
        else if (count <= ushort.MaxValue)
        {
            _bytes.Add(medium);
            Add(count, 2);
        }
        else
        {
            _bytes.Add(large);
            Add(count, 4);
        }
    }

    private void WriteString(ReadOnlySpan<byte> value)
    {
        if (value.Length < 32)
        {
            _bytes.Add((byte)(0xA0 | value.Length));
        }
        else if (value.Length <= byte.MaxValue)
        {
            _bytes.Add(0xD9);
            Add(value.Length, 1);
        }
        else if (value.Length <= ushort.MaxValue)
        {
            _bytes.Add(0xDA);
            Add(value.Length, 2);
        }
        else
        {
            _bytes.Add(0xDB);
            Add(value.Length, 4);
        }

        _bytes.AddRange(value);
    }

    private void WriteNumber(double value)
    {
        if (value == Math.Floor(value) && value is >= -9223372036854775808.0 and < 9223372036854775808.0)
        {
            WriteInteger((long)value);
            return;
        }

        if ((double)(float)value == value)
        {
            _bytes.Add(0xCA);
            Add(BitConverter.SingleToInt32Bits((float)value), 4);
        }
        else
        {
            _bytes.Add(0xCB);
            Add(BitConverter.DoubleToInt64Bits(value), 8);
        }
    }

    private void WriteInteger(long value)
    {
        (byte type, int size) = value switch
        {
            >= 0 and <= 127 => ((byte)0, 0),
            >= -32 and < 0 => ((byte)0, 0),
            >= 0 and <= byte.MaxValue => ((byte)0xCC, 1),
            >= 0 and <= ushort.MaxValue => ((byte)0xCD, 2),
            >= 0 and <= uint.MaxValue => ((byte)0xCE, 4),
            >= 0 => ((byte)0xCF, 8),
            >= sbyte.MinValue => ((byte)0xD0, 1),
            >= short.MinValue => ((byte)0xD1, 2),
            >= int.MinValue => ((byte)0xD2, 4),
            _ => ((byte)0xD3, 8),
        };
        _bytes.Add(size == 0 ? unchecked((byte)value) : type);
        Add(value, size);
    }

    private void Add(long value, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _bytes.AddRange(bytes[(8 - size)..]);
    }
}
