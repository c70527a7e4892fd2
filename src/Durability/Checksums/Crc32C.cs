using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace SessionGateway.Durability.Checksums;

/// <summary>
/// CRC-32C (Castagnoli, RFC 3720 B.4; the reflected polynomial 0x82F63B78), by the processor's instruction where it has
/// one. It finds every burst of up to 32 bits; the framework's <c>System.IO.Hashing.Crc32</c> is another polynomial,
/// for which processors of x64 have no instruction.
/// </summary>
public static class Crc32C
{
    /// <summary>What a sum begins with.</summary>
    public const uint Start = uint.MaxValue;

    private const uint Polynomial = 0x82F63B78;

    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => End(Append(Start, bytes));

    /// <summary>The checksum of what was appended.</summary>
    public static uint End(uint sum) => ~sum;

    /// <summary>Goes on with more bytes.</summary>
    /// <param name="sum"><see cref="Start"/>, or what the bytes before left.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Append(uint sum, ReadOnlySpan<byte> bytes) =>
        Sse42.X64.IsSupported && BitConverter.IsLittleEndian ? AppendX64(sum, bytes)
        : ArmCrc32.Arm64.IsSupported && BitConverter.IsLittleEndian ? AppendArm64(sum, bytes)
        : AppendByTable(sum, bytes);

    /// <summary>As <see cref="Append"/>, on every processor.</summary>
    internal static uint AppendByTable(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            sum = Table[(byte)sum ^ b] ^ (sum >> 8);
        }

        return sum;
    }

    private static uint AppendX64(uint sum, ReadOnlySpan<byte> bytes)
    {
        ulong wide = sum;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            wide = Sse42.X64.Crc32(wide, word);
        }

        sum = (uint)wide;
        foreach (byte b in bytes[(bytes.Length & ~7)..])
        {
            sum = Sse42.Crc32(sum, b);
        }

        return sum;
    }

    private static uint AppendArm64(uint sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            sum = ArmCrc32.Arm64.ComputeCrc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte b in bytes)
        {
            sum = ArmCrc32.ComputeCrc32C(sum, b);
        }

        return sum;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
