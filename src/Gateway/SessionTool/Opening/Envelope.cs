using System.Buffers.Binary;
using SessionGateway.Sessions;

namespace SessionGateway.Gateway.SessionTool.Opening;

/// <summary>Takes off what clients put around a session's bytes.</summary>
internal static class Envelope
{
    // php-memcached: bit 10 of an item's flags says compressed, 20-80 say how.
    private const uint ItemCompressed = 0x10;
    private const uint ItemCompressions = 0xe0;
    private const uint ItemFastLz = 0x40;

    // phpredis writes a checksum, the length and the block.
    private const int Lz4Header = 5;

    /// <summary>Gives the plain bytes, and what was around them as text for the user; "" for nothing.</summary>
    /// <exception cref="SessionToolException">It cannot be undone.</exception>
    public static byte[] Remove(StoredValue value, string? compression, out string description)
    {
        description = "";
        ReadOnlySpan<byte> bytes = value.Bytes;
        if (compression is not null)
        {
            description = $", {compression} by phpredis";
            return RedisCompressed(value, Named(compression));
        }

        if ((value.Flags & ItemCompressed) != 0 && (value.Flags & ItemCompressions) != 0)
        {
            description = $", {((value.Flags & ItemFastLz) != 0 ? "fastlz" : "zlib")} by php-memcached";
            return PhpMemcachedItem.TryUnwrap(bytes, value.Flags, SessionOpening.Limits, out byte[] plain,
                out SessionError error)
                ? plain
                : throw Failed(value, error);
        }

        if (PhpMemcacheItem.IsCompressed(bytes, value.Flags))
        {
            description = ", zlib by pecl-memcache";
            return PhpMemcacheItem.TryUnwrap(bytes, value.Flags, SessionOpening.Limits, out byte[] plain,
                out SessionError error)
                ? plain
                : throw Failed(value, error);
        }

        return RedisDetected(value, ref description);
    }

    /// <summary>zstd has a magic number; lz4 a checksum, a length that must come out, and no session starts like
    /// it.</summary>
    private static byte[] RedisDetected(StoredValue value, ref string description)
    {
        if (PhpRedisEnvelope.IsZstd(value.Bytes))
        {
            return RedisCompressed(value, PhpRedisCompression.Zstd);
        }

        byte[] plain = RedisCompressed(value, PhpRedisCompression.Lz4, isGuess: true);
        bool isLz4 = value.Bytes.Length > Lz4Header && !plain.AsSpan().SequenceEqual(value.Bytes)
            && plain.Length == BinaryPrimitives.ReadInt32LittleEndian(value.Bytes.AsSpan(1));
        description = isLz4 ? ", lz4 by phpredis" : "";
        return isLz4 ? plain : value.Bytes;
    }

    private static byte[] RedisCompressed(StoredValue value, PhpRedisCompression compression, bool isGuess = false)
    {
        bool ok = PhpRedisEnvelope.TryUnwrap(value.Bytes, compression, SessionOpening.Limits, out byte[] plain,
            out SessionError error);
        return ok ? plain : isGuess ? value.Bytes : throw Failed(value, error);
    }

    private static PhpRedisCompression Named(string name) => name switch
    {
        "lzf" => PhpRedisCompression.Lzf,
        "lz4" => PhpRedisCompression.Lz4,
        "zstd" => PhpRedisCompression.Zstd,
        _ => throw new SessionToolException($"unknown compression '{name}'; one of lzf, lz4"),
    };

    private static SessionToolException Failed(StoredValue value, SessionError error) =>
        new($"'{value.Name}': compressed value: {error}");
}
