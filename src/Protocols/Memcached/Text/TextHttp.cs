namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>
/// HTTP requests that a browser was made to send to a memcached port: stepped over line by line, they would get to a
/// body that holds commands.
/// </summary>
public static class TextHttp
{
    /// <summary>True when the last word of a line begins with <c>HTTP/</c> (proto_text.c,
    /// process_command_ascii).</summary>
    public static bool IsRequestLine(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)' ');
        return line[(line.LastIndexOf((byte)' ') + 1)..].StartsWith("HTTP/"u8);
    }
}
