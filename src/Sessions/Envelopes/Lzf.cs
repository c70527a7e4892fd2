namespace SessionGateway.Sessions.Envelopes;

/// <summary>Decompression of LibLZF: like FastLZ's first level with the match's extra length before the low byte of its
/// distance.</summary>
internal static class Lzf
{
    /// <summary>
    /// Decompresses as far as the output reaches. Gives the number of bytes, -1 where the input is not LZF, -2 where
    /// the output is too small.
    /// </summary>
    public static int Decompress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        int at = 0;
        int written = 0;
        while (at < input.Length)
        {
            byte control = input[at++];
            if (control < 32)
            {
                int literals = control + 1;
                if (literals > input.Length - at)
                {
                    return -1;
                }

                if (literals > output.Length - written)
                {
                    return -2;
                }

                input.Slice(at, literals).CopyTo(output[written..]);
                at += literals;
                written += literals;
                continue;
            }

            int length = control >> 5;
            if (length == 7 && at < input.Length)
            {
                length += input[at++];
            }

            if (at >= input.Length)
            {
                return -1;
            }

            int distance = ((control & 31) << 8) + input[at++] + 1;
            if (distance > written)
            {
                return -1;
            }

            if (!BackCopy.TryCopy(output, ref written, distance, length + 2))
            {
                return -2;
            }
        }

        return written;
    }
}
