using System.Buffers.Binary;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Protocols.Rdb.Packed;

/// <summary>Makes a listpack (<see cref="Listpack"/>). Text that reads as a number is one, as in Redis.</summary>
internal sealed class ListpackBuilder
{
    private const int FirstBytes = 1024;

    // What a listpack is kept for beyond this is given back.
    private const int MostKeptBytes = 64 << 10;

    private byte[] _bytes = new byte[FirstBytes];
    private int _length = Listpack.HeadBytes;
    private int _count;

    /// <summary>Entries.</summary>
    public int Count => _count;

    /// <summary>Bytes of the whole, with the end.</summary>
    public int Length => _length + 1;

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        if (_bytes.Length > MostKeptBytes)
        {
            _bytes = new byte[FirstBytes];
        }

        _length = Listpack.HeadBytes;
        _count = 0;
    }

    /// <summary>Adds text.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (RespNumbers.TryInt64(text, out long number))
        {
            Add(number);
            return;
        }

        int head = text.Length < 64 ? 1 : text.Length < 4096 ? 2 : 5;
        Span<byte> room = Room(head + text.Length);
        switch (head)
        {
            case 1:
                room[0] = (byte)(0x80 | text.Length);
                break;
            case 2:
                room[0] = (byte)(0xE0 | (text.Length >> 8));
                room[1] = (byte)text.Length;
                break;
            default:
                room[0] = 0xF0;
                BinaryPrimitives.WriteInt32LittleEndian(room[1..], text.Length);
                break;
        }

        text.CopyTo(room[head..]);
        Close(head + text.Length);
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        Span<byte> room = Room(1 + sizeof(long));
        int size;
        switch (number)
        {
            case >= 0 and <= 127:
                room[0] = (byte)number;
                size = 1;
                break;
            case >= -4096 and <= 4095:
                room[0] = (byte)(0xC0 | ((number >> 8) & 0x1F));
                room[1] = (byte)number;
                size = 2;
                break;
            case >= short.MinValue and <= short.MaxValue:
                room[0] = 0xF1;
                BinaryPrimitives.WriteInt16LittleEndian(room[1..], (short)number);
                size = 3;
                break;
            case >= -(1 << 23) and <= (1 << 23) - 1:
                room[0] = 0xF2;
                BinaryPrimitives.WriteInt32LittleEndian(room[1..], (int)number);
                size = 4;
                break;
            case >= int.MinValue and <= int.MaxValue:
                room[0] = 0xF3;
                BinaryPrimitives.WriteInt32LittleEndian(room[1..], (int)number);
                size = 5;
                break;
            default:
                room[0] = 0xF4;
                BinaryPrimitives.WriteInt64LittleEndian(room[1..], number);
                size = 9;
                break;
        }

        Close(size);
    }

    /// <summary>The whole.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        _bytes[_length] = Listpack.End;
        BinaryPrimitives.WriteInt32LittleEndian(_bytes, Length);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(sizeof(uint)),
            (ushort)Math.Min(_count, Listpack.Uncounted));
        return _bytes.AsSpan(0, Length);
    }

    private Span<byte> Room(int size)
    {
        const int mostBackBytes = 5;
        int needed = _length + size + mostBackBytes + 1;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, Math.Min(_bytes.Length * 2, needed + (1 << 20))));
        }

        return _bytes.AsSpan(_length);
    }

    // The length again, in groups of seven bits, all but the first in reading order marked.
    private void Close(int size)
    {
        int count = Listpack.BackBytes(size);
        for (int i = 0; i < count; i++)
        {
            int bits = (size >> (7 * (count - 1 - i))) & 127;
            _bytes[_length + size + i] = (byte)(i == 0 ? bits : bits | 128);
        }

        _length += size + count;
        _count++;
    }
}
