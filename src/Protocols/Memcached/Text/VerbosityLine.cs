namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>What verbosity wants.</summary>
public ref struct VerbosityLine
{
    /// <summary>noreply.</summary>
    public bool IsQuiet;

    // verbosity <level> [noreply]

    /// <summary>Reads the words of a line.</summary>
    /// <param name="reader">Keeps what is wrong.</param>
    /// <param name="line">The line.</param>
    /// <param name="request">What is wanted, for Done.</param>
    public static ReadStatus TryRead(ref TextRequestReader reader, in TextLine line, out VerbosityLine request)
    {
        request = default;
        TextTokens words = line.Words;
        ReadOnlySpan<byte> level = words.Next();
        ReadOnlySpan<byte> last = words.Next();
        if (level.IsEmpty || !words.Next().IsEmpty)
        {
            return reader.Refuse(TextError.Request);
        }

        request.IsQuiet = TextWords.IsNoReply(last.IsEmpty ? level : last);
        return TextNumbers.TryUInt32(level, out _) ? ReadStatus.Done : reader.Refuse(TextError.Format, request.IsQuiet);
    }
}
