namespace SessionGateway.Protocols.Resp;

/// <summary>
/// Error lines for bytes that are no request (redis 7 networking.c, processMultibulkBuffer, processInlineBuffer).
/// </summary>
public static class RespProtocolErrors
{
#pragma warning disable CS1591 // each line is its own description
    public static ReadOnlySpan<byte> TooBigInline => "-ERR Protocol error: too big inline request\r\n"u8;

    public static ReadOnlySpan<byte> UnbalancedQuotes => "-ERR Protocol error: unbalanced quotes in request\r\n"u8;

    public static ReadOnlySpan<byte> TooBigCountLine => "-ERR Protocol error: too big mbulk count string\r\n"u8;

    public static ReadOnlySpan<byte> InvalidCount => "-ERR Protocol error: invalid multibulk length\r\n"u8;

    public static ReadOnlySpan<byte> StrangerCount => "-ERR Protocol error: unauthenticated multibulk length\r\n"u8;

    public static ReadOnlySpan<byte> TooBigBulkLine => "-ERR Protocol error: too big bulk count string\r\n"u8;

    public static ReadOnlySpan<byte> InvalidBulk => "-ERR Protocol error: invalid bulk length\r\n"u8;

    public static ReadOnlySpan<byte> StrangerBulk => "-ERR Protocol error: unauthenticated bulk length\r\n"u8;
#pragma warning restore CS1591

    /// <summary>The error for an argument that starts with another byte than <c>$</c>.</summary>
    public static byte[] ExpectedDollar(byte found) =>
        // Line ends inside an error become blanks, as everywhere in Redis' errors.
        [.. "-ERR Protocol error: expected '$', got '"u8, found is (byte)'\n' ? (byte)' ' : found, .. "'\r\n"u8];
}
