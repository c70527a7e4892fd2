namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>What delete wants.</summary>
public ref struct DeleteLine
{
    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>noreply.</summary>
    public bool IsQuiet;

    // delete <key> [0] [noreply]

    /// <summary>Reads the words of a line.</summary>
    /// <param name="reader">Keeps what is wrong.</param>
    /// <param name="line">The line.</param>
    /// <param name="request">What is wanted, for Done.</param>
    public static ReadStatus TryRead(ref TextRequestReader reader, in TextLine line, out DeleteLine request)
    {
        request = default;
        TextTokens words = line.Words;
        request.Key = words.Next();
        ReadOnlySpan<byte> second = words.Next();
        ReadOnlySpan<byte> third = words.Next();
        if (request.Key.IsEmpty || !words.Next().IsEmpty)
        {
            return reader.Refuse(TextError.Request);
        }

        if (!second.IsEmpty)
        {
            bool isZero = second.SequenceEqual("0"u8);
            request.IsQuiet = TextWords.IsNoReply(third.IsEmpty ? second : third);
            if (third.IsEmpty ? !isZero && !request.IsQuiet : !isZero || !request.IsQuiet)
            {
                return reader.Refuse(TextError.DeleteFormat, request.IsQuiet);
            }
        }

        return request.Key.Length > MemcachedLimits.KeyBytes
            ? reader.Refuse(TextError.Format, request.IsQuiet)
            : ReadStatus.Done;
    }
}
