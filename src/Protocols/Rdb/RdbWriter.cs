using System.Buffers.Binary;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Protocols.Rdb;

/// <summary>Writes lengths and strings as Redis does (rdb.c, rdbSaveLen, rdbSaveRawString).</summary>
public static class RdbWriter
{
    // Longer strings stay as they are: compressing this much takes about 3 ms, and nobody else is served meanwhile.
    internal const int MostCompressedBytes = 1 << 20;

    // As long as -2147483648.
    private const int MostNumberBytes = 11;

    // Redis tries no shorter ones.
    private const int LeastCompressedBytes = 20;

    private const int MostHeadBytes = 1 + sizeof(ulong);

    /// <summary>A length.</summary>
    public static void WriteRdbLength(this OutputBuffer output, ulong length)
    {
        Span<byte> room = output.GetSpan(MostHeadBytes);
        output.Advance(Format(length, room));
    }

    /// <summary>A string: as a number, compressed, or as it is.</summary>
    public static void WriteRdbString(this OutputBuffer output, ReadOnlySpan<byte> text)
    {
        if (text.Length <= MostNumberBytes && RespNumbers.TryInt64(text, out long number)
            && number is >= int.MinValue and <= int.MaxValue)
        {
            WriteNumber(output, (int)number);
        }
        else if (text.Length is <= LeastCompressedBytes or > MostCompressedBytes || !TryWriteCompressed(output, text))
        {
            output.WriteRdbLength((ulong)text.Length);
            output.Write(text);
        }
    }

    /// <summary>A time or a score: eight bytes, the lowest first.</summary>
    internal static void WriteRdbInt64(this OutputBuffer output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    private static void WriteNumber(OutputBuffer output, int number)
    {
        Span<byte> room = output.GetSpan(1 + sizeof(int));
        switch (number)
        {
            case >= sbyte.MinValue and <= sbyte.MaxValue:
                room[0] = 0xC0;
                room[1] = (byte)number;
                output.Advance(2);
                break;
            case >= short.MinValue and <= short.MaxValue:
                room[0] = 0xC1;
                BinaryPrimitives.WriteInt16LittleEndian(room[1..], (short)number);
                output.Advance(3);
                break;
            default:
                room[0] = 0xC2;
                BinaryPrimitives.WriteInt32LittleEndian(room[1..], number);
                output.Advance(5);
                break;
        }
    }

    // At least four bytes have to be spared.
    private static bool TryWriteCompressed(OutputBuffer output, ReadOnlySpan<byte> text)
    {
        const int headBytes = 1 + (2 * MostHeadBytes);
        Span<byte> room = output.GetSpan(headBytes + text.Length);
        Span<byte> compressed = room.Slice(headBytes, text.Length - 4);
        int size = LzfCompression.OfThread.Compress(text, compressed);
        if (size == 0)
        {
            return false;
        }

        room[0] = 0xC3;
        int head = 1 + Format((ulong)size, room[1..]);
        head += Format((ulong)text.Length, room[head..]);
        compressed[..size].CopyTo(room[head..]);
        output.Advance(head + size);
        return true;
    }

    private static int Format(ulong length, Span<byte> room)
    {
        switch (length)
        {
            case < 1 << 6:
                room[0] = (byte)length;
                return 1;
            case < 1 << 14:
                BinaryPrimitives.WriteUInt16BigEndian(room, (ushort)(0x4000 | length));
                return 2;
            case <= uint.MaxValue:
                room[0] = 0x80;
                BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)length);
                return 1 + sizeof(uint);
            default:
                room[0] = 0x81;
                BinaryPrimitives.WriteUInt64BigEndian(room[1..], length);
                return MostHeadBytes;
        }
    }
}
