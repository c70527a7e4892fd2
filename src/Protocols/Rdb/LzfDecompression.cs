namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// LibLZF: a control byte below 32 begins so many literals and one; else its upper three bits are the length of a match
/// less two (7: one more byte is added), its lower five and the next byte the distance less one.
/// </summary>
internal static class LzfDecompression
{
    /// <summary>A byte of input gives no more bytes than this: three bytes repeat 264.</summary>
    public const int MostGrowth = 88;

    /// <summary>Fills the output.</summary>
    /// <returns>False when the input is no LZF, or not of just so many bytes.</returns>
    public static bool TryFill(ReadOnlySpan<byte> input, Span<byte> output)
    {
        int at = 0, written = 0;
        while (at < input.Length)
        {
            int control = input[at++];
            if (control < 32)
            {
                int literals = control + 1;
                if (literals > input.Length - at || literals > output.Length - written)
                {
                    return false;
                }

                input.Slice(at, literals).CopyTo(output[written..]);
                at += literals;
                written += literals;
                continue;
            }

            int length = (control >> 5) + 2;
            if (length == 9)
            {
                if (at >= input.Length)
                {
                    return false;
                }

                length += input[at++];
            }

            if (at >= input.Length)
            {
                return false;
            }

            int distance = ((control & 31) << 8) + input[at++] + 1;
            if (distance > written || length > output.Length - written)
            {
                return false;
            }

            Repeat(output, written, distance, length);
            written += length;
        }

        return written == output.Length;
    }

    // A match may reach into itself: what is copied is twice as long each time.
    private static void Repeat(Span<byte> output, int at, int distance, int length)
    {
        int from = at - distance;
        for (int end = at + length; at < end;)
        {
            int size = Math.Min(at - from, end - at);
            output.Slice(from, size).CopyTo(output[at..]);
            at += size;
        }
    }
}
