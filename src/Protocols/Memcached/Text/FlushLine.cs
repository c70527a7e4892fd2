namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>What flush_all wants.</summary>
public ref struct FlushLine
{
    /// <summary>Delay as <see cref="TextNumbers.TryExptime"/> reads it; 0 without one.</summary>
    public long Delay;

    /// <summary>noreply.</summary>
    public bool IsQuiet;

    // flush_all [<delay>] [noreply]

    /// <summary>Reads the words of a line.</summary>
    /// <param name="reader">Keeps what is wrong.</param>
    /// <param name="line">The line.</param>
    /// <param name="request">What is wanted, for Done.</param>
    public static ReadStatus TryRead(ref TextRequestReader reader, in TextLine line, out FlushLine request)
    {
        request = default;
        TextTokens words = line.Words;
        ReadOnlySpan<byte> first = words.Next();
        ReadOnlySpan<byte> second = words.Next();
        if (!words.Next().IsEmpty)
        {
            return reader.Refuse(TextError.Request);
        }

        request.IsQuiet = TextWords.IsNoReply(second.IsEmpty ? first : second);
        bool hasDelay = request.IsQuiet ? !second.IsEmpty : !first.IsEmpty;
        return !hasDelay || TextNumbers.TryExptime(first, out request.Delay)
            ? ReadStatus.Done
            : reader.Refuse(TextError.Exptime, request.IsQuiet);
    }
}
