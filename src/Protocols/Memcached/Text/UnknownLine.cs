namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>Lines that are none of ours.</summary>
public static class UnknownLine
{
    /// <summary>A line whose verb nobody knows. HTTP, that a browser was made to send, ends the connection.</summary>
    public static ReadStatus Read(ref TextRequestReader reader, in TextLine line) =>
        TextHttp.IsRequestLine(line.Bytes) ? reader.End(TextError.None) : reader.Refuse(TextError.Request);

    // ms <key> <datalen> <flags>*\r\n<data block>\r\n

    /// <summary>The meta set, which is not there yet: refused, and its data is stepped over.</summary>
    public static ReadStatus ReadMetaSet(ref TextRequestReader reader, in TextLine line)
    {
        TextTokens words = line.Words;
        words.Next();
        bool isKnown = TextBlockLength.IsLength(words.Next(), out int length);
        return reader.Refuse(TextError.Request, swallow: isKnown ? length + 2L : 0);
    }
}
