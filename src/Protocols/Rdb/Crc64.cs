using System.Buffers.Binary;

namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// The checksum of RDB: CRC-64 "Jones", reflected, start and end without inversion (redis crc64.c; "123456789" gives
/// e9c6d914c4b8d9ca).
/// </summary>
public static class Crc64
{
    // The polynomial ad93d23594c935a9 with its bits in the other order.
    private const ulong Polynomial = 0x95AC9329AC4BC9B5;
    private const int Slices = 8;
    private static readonly ulong[] Table = MakeTable();

    /// <summary>Goes on with a checksum; that of nothing is 0.</summary>
    public static ulong Append(ulong crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> table = Table;
        while (bytes.Length >= Slices)
        {
            crc ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = table[(7 << 8) + (byte)crc]
                ^ table[(6 << 8) + (byte)(crc >> 8)]
                ^ table[(5 << 8) + (byte)(crc >> 16)]
                ^ table[(4 << 8) + (byte)(crc >> 24)]
                ^ table[(3 << 8) + (byte)(crc >> 32)]
                ^ table[(2 << 8) + (byte)(crc >> 40)]
                ^ table[(1 << 8) + (byte)(crc >> 48)]
                ^ table[(byte)(crc >> 56)];
            bytes = bytes[Slices..];
        }

        foreach (byte b in bytes)
        {
            crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return crc;
    }

    // Row k: what a byte adds when k more bytes follow it.
    private static ulong[] MakeTable()
    {
        ulong[] table = new ulong[Slices << 8];
        for (int i = 0; i < 256; i++)
        {
            ulong crc = (ulong)i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            }

            table[i] = crc;
        }

        for (int i = 256; i < table.Length; i++)
        {
            ulong before = table[i - 256];
            table[i] = table[(byte)before] ^ (before >> 8);
        }

        return table;
    }
}
