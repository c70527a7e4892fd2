using System.Buffers.Binary;
using SessionGateway.Sessions.Envelopes;

namespace SessionGateway.Sessions;

/// <summary>
/// Undoes phpredis' compression. Like phpredis, a value that does not decompress is taken as stored plain: that is how
/// it stores what would not get smaller, and how values from before the setting was changed read.
/// </summary>
public static class PhpRedisEnvelope
{
    // crc8 of the length, then the length.
    private const int Lz4HeaderLength = 5;

    /// <summary>Whether the bytes start like a zstd frame, as <see cref="PhpRedisCompression.Zstd"/> stores.</summary>
    public static bool IsZstd(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]);

    /// <summary>Gives the plain bytes. False, with the reason, for zstd and for what exceeds the limits.</summary>
    public static bool TryUnwrap(
        ReadOnlySpan<byte> bytes, PhpRedisCompression compression, SessionLimits limits, out byte[] plain,
        out SessionError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        error = default;
        plain = [];
        switch (compression)
        {
            case PhpRedisCompression.Zstd when IsZstd(bytes):
                error = new SessionError(SessionErrorCode.Unsupported, 0,
                    "zstd compression: store sessions with lzf, lz4 or none");
                return false;
            case PhpRedisCompression.Lz4 when IsLz4(bytes, out int length):
                if (length > Expansion.Limit(bytes.Length, limits))
                {
                    error = new SessionError(SessionErrorCode.Expansion, 1);
                    return false;
                }

                byte[] output = new byte[length];
                plain = Lz4Block.TryDecompress(bytes[Lz4HeaderLength..], output) ? output : bytes.ToArray();
                return true;
            case PhpRedisCompression.Lzf:
                return TryLzf(bytes, limits, out plain, out error);
            default:
                plain = bytes.ToArray();
                return true;
        }
    }

    /// <summary>LZF stores no length: the output grows until it fits.</summary>
    private static bool TryLzf(ReadOnlySpan<byte> bytes, SessionLimits limits, out byte[] plain, out SessionError error)
    {
        int limit = Expansion.Limit(bytes.Length, limits);
        error = default;
        for (long size = Math.Min(limit, bytes.Length * 4L + 64); ; size = Math.Min(limit, size * 4))
        {
            byte[] output = new byte[size];
            int length = Lzf.Decompress(bytes, output);
            if (length == -2 && size < limit)
            {
                continue;
            }

            plain = length >= 0 ? output[..length] : length == -1 ? bytes.ToArray() : [];
            if (length == -2)
            {
                error = new SessionError(SessionErrorCode.Expansion, 0);
            }

            return length != -2;
        }
    }

    private static bool IsLz4(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes.Length > Lz4HeaderLength ? BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]) : -1;
        return length >= 0 && bytes[0] == Crc8(bytes.Slice(1, 4));
    }

    /// <summary>CRC-8 with polynomial 31 and initial value FF, as phpredis computes it.</summary>
    private static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        int crc = 0xff;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80) != 0 ? ((crc << 1) ^ 0x31) & 0xff : (crc << 1) & 0xff;
            }
        }

        return (byte)crc;
    }
}
