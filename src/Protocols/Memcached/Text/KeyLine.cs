namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>What touch, incr and decr want: a key and a number that the verb reads.</summary>
public ref struct KeyLine
{
    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>The number, as a word.</summary>
    public ReadOnlySpan<byte> Argument;

    /// <summary>noreply.</summary>
    public bool IsQuiet;

    // incr|decr <key> <value> [noreply]
    // touch <key> <exptime> [noreply]

    /// <summary>Reads the words of a line.</summary>
    /// <param name="reader">Keeps what is wrong.</param>
    /// <param name="line">The line.</param>
    /// <param name="request">What is wanted, for Done.</param>
    public static ReadStatus TryRead(ref TextRequestReader reader, in TextLine line, out KeyLine request)
    {
        request = default;
        TextTokens words = line.Words;
        request.Key = words.Next();
        request.Argument = words.Next();
        ReadOnlySpan<byte> last = words.Next();
        if (request.Argument.IsEmpty || !words.Next().IsEmpty)
        {
            return reader.Refuse(TextError.Request);
        }

        request.IsQuiet = TextWords.IsNoReply(last.IsEmpty ? request.Argument : last);
        return request.Key.Length > MemcachedLimits.KeyBytes
            ? reader.Refuse(TextError.Format, request.IsQuiet)
            : ReadStatus.Done;
    }
}
