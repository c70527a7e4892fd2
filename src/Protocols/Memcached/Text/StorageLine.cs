namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>The line of set, add, replace, append, prepend and cas, with its data block.</summary>
public static class StorageLine
{
    // <command name> <key> <flags> <exptime> <bytes> [noreply]\r\n<data block>\r\n
    // cas <key> <flags> <exptime> <bytes> <cas unique> [noreply]\r\n<data block>\r\n

    /// <summary>Reads the words of a line and the data behind it.</summary>
    /// <param name="reader">Keeps what is missing or wrong.</param>
    /// <param name="line">The line.</param>
    /// <param name="hasUnique">The verb is cas.</param>
    /// <param name="request">What is wanted, for Done; the key, for a value that is too large.</param>
    /// <param name="size">Bytes of line and data, for Done and BadRequest.</param>
    public static ReadStatus TryRead(
        ref TextRequestReader reader, in TextLine line, bool hasUnique, out StorageRequest request, out int size)
    {
        request = default;
        size = line.Size;
        TextTokens words = line.Words;
        request.Key = words.Next();
        ReadOnlySpan<byte> flags = words.Next();
        ReadOnlySpan<byte> exptime = words.Next();
        ReadOnlySpan<byte> bytes = words.Next();
        ReadOnlySpan<byte> unique = hasUnique ? words.Next() : "0"u8;
        ReadOnlySpan<byte> last = words.Next();
        if (bytes.IsEmpty || unique.IsEmpty || !words.Next().IsEmpty)
        {
            return Refuse(ref reader, line, hasUnique, TextError.Request, isQuiet: false);
        }

        // Without a seventh word memcached looks at the sixth, the last there is.
        request.IsQuiet = TextWords.IsNoReply(last.IsEmpty ? (hasUnique ? unique : bytes) : last);
        if (request.Key.Length > MemcachedLimits.KeyBytes
            || !TextNumbers.TryUInt32(flags, out request.Flags)
            || !TextNumbers.TryExptime(exptime, out request.Exptime)
            || !TextNumbers.TryInt32(bytes, out int length)
            || !TextNumbers.TryUInt64(unique, out request.Unique)
            || length is < 0 or > TextBlockLength.MaxLength)
        {
            return Refuse(ref reader, line, hasUnique, TextError.Format, request.IsQuiet);
        }

        if (length > reader.MaxValueBytes)
        {
            return reader.Refuse(TextError.TooLarge, request.IsQuiet, length + 2L);
        }

        if (line.Behind.Length < length + 2)
        {
            return reader.Need(line.Size + length + 2);
        }

        size = line.Size + length + 2;
        request.Data = line.Behind[..length];
        return line.Behind[length] == (byte)'\r' && line.Behind[length + 1] == (byte)'\n'
            ? ReadStatus.Done
            : reader.Refuse(TextError.Chunk, request.IsQuiet);
    }

    /// <summary>Refuses the request whatever its words are; what its line announces is stepped over.</summary>
    /// <param name="reader">Keeps it.</param>
    /// <param name="line">The line.</param>
    /// <param name="hasUnique">The verb is cas.</param>
    /// <param name="error">Why.</param>
    public static ReadStatus RefuseAny(
        ref TextRequestReader reader, in TextLine line, bool hasUnique, TextError error) =>
        Refuse(ref reader, line, hasUnique, error, TextWords.EndsWithNoReply(line.Words));

    /// <summary>
    /// A refused storage line. memcached executes the data block behind most of them; here it is skipped whenever the
    /// line says how long it is, since it holds what a visitor of some site has typed. If the words can be read in two
    /// ways, as with a blank in the key, the connection ends.
    /// </summary>
    private static ReadStatus Refuse(
        ref TextRequestReader reader, in TextLine line, bool hasUnique, TextError error, bool isQuiet)
    {
        bool isKnown = TextBlockLength.TryRead(line.Words, hasUnique, out int length, out bool isAmbiguous);
        return isAmbiguous
            ? reader.End(error, isQuiet)
            : reader.Refuse(error, isQuiet, isKnown ? length + 2L : 0);
    }
}
