namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>How long the data block behind a storage line is that is refused for whatever reason.</summary>
internal static class TextBlockLength
{
    /// <summary>Longest data block that a line can announce, with its line end in a signed number of 32 bits.</summary>
    public const int MaxLength = int.MaxValue - 2;

    // <key> <flags> <exptime> <bytes>: the number of the word.
    private const int Place = 4;

    /// <summary>Reads the length from the words behind the verb.</summary>
    /// <param name="words">The words.</param>
    /// <param name="hasUnique">A cas unique follows the length.</param>
    /// <param name="length">Bytes of the block without its line end, 0 or more.</param>
    /// <param name="isAmbiguous">
    /// There are too many words, and the last ones alone would be a good line with another length: a key with a blank,
    /// perhaps.
    /// </param>
    /// <returns>False when no length that a client can mean stands where it should.</returns>
    public static bool TryRead(TextTokens words, bool hasUnique, out int length, out bool isAmbiguous)
    {
        int most = hasUnique ? Place + 1 : Place;
        ReadOnlySpan<byte> counted = default;
        int count = 0;
        TextTokens rest = words;
        for (ReadOnlySpan<byte> word = rest.Next(); !word.IsEmpty; word = rest.Next())
        {
            counted = ++count == Place ? word : counted;
            if (count > Place && rest.Rest.IsEmpty && TextWords.IsNoReply(word))
            {
                count--;
            }
        }

        bool isKnown = IsLength(counted, out length);
        isAmbiguous = count > most && EndsAsGoodLine(words, count - most, hasUnique, out int other)
            && !(isKnown && other == length);
        return isKnown;
    }

    /// <summary>True for a length that a data block can have.</summary>
    //  One that memcached refuses itself announces no data, there as here: nobody sends two gigabytes.
    public static bool IsLength(ReadOnlySpan<byte> word, out int length) =>
        TextNumbers.TryInt32(word, out length) && length is >= 0 and <= MaxLength;

    // <key> <flags> <exptime> <bytes> [<cas unique>] behind some words that are then part of the key
    private static bool EndsAsGoodLine(TextTokens words, int skip, bool hasUnique, out int length)
    {
        for (int i = 0; i <= skip; i++)
        {
            words.Next();
        }

        length = 0;
        return TextNumbers.TryUInt32(words.Next(), out _) && TextNumbers.TryInt64(words.Next(), out _)
            && IsLength(words.Next(), out length) && (!hasUnique || TextNumbers.TryUInt64(words.Next(), out _));
    }
}
