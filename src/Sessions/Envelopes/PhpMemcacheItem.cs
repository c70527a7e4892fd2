using SessionGateway.Sessions.Envelopes;

namespace SessionGateway.Sessions;

/// <summary>
/// Items that pecl-memcache wrote: its session handler stores values of more than 20,000 bytes as a zlib stream with
/// flags 2, and others as they are with flags 0.
/// </summary>
public static class PhpMemcacheItem
{
    private const uint Compressed = 2;

    // The first byte of a zlib stream with a window of up to 32 KB (RFC 1950): no text of PHP's numbers starts so.
    private const byte ZlibMethod = 0x78;

    /// <summary>Whether flags and bytes are those of a compressed item; php-memcached uses the same flags for a
    /// number.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> bytes, uint flags) =>
        (flags & ~1u) == Compressed && bytes.Length > 2 && bytes[0] == ZlibMethod;

    /// <summary>Undoes the compression. False, with the reason, for a broken stream and for what exceeds the
    /// limits.</summary>
    public static bool TryUnwrap(ReadOnlySpan<byte> bytes, uint flags, SessionLimits limits, out byte[] plain,
        out SessionError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        error = default;
        if (!IsCompressed(bytes, flags))
        {
            plain = bytes.ToArray();
            return true;
        }

        plain = Zlib.Decompress(bytes, Expansion.Limit(bytes.Length, limits), out bool tooLong) ?? [];
        if (tooLong)
        {
            error = new SessionError(SessionErrorCode.Expansion, 0);
        }
        else if (plain.Length == 0)
        {
            error = new SessionError(SessionErrorCode.Syntax, 0, "a zlib stream");
        }

        return error.IsNone;
    }
}
