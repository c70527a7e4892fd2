namespace SessionGateway.Sessions.Envelopes;

/// <summary>
/// Decompression of FastLZ, both levels (the first byte's upper three bits tell). A control byte below 32 starts that
/// many literals plus one; others are a match: three bits of length, five of distance.
/// </summary>
internal static class FastLz
{
    private const int FarDistance = 8191;

    /// <summary>Fills the output exactly. Gives false where the input does not do that.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.IsEmpty)
        {
            return output.IsEmpty;
        }

        int level = input[0] >> 5;
        if (level > 1)
        {
            return false;
        }

        int at = 1;
        int written = 0;
        int control = input[0] & 31;
        while (true)
        {
            if (control >= 32)
            {
                if (!TryMatch(input, output, level, control, ref at, ref written))
                {
                    return false;
                }
            }
            else
            {
                int literals = control + 1;
                if (literals > input.Length - at || literals > output.Length - written)
                {
                    return false;
                }

                input.Slice(at, literals).CopyTo(output[written..]);
                at += literals;
                written += literals;
            }

            if (at >= input.Length)
            {
                return written == output.Length;
            }

            control = input[at++];
        }
    }

    private static bool TryMatch(ReadOnlySpan<byte> input, Span<byte> output, int level, int control, ref int at,
        ref int written)
    {
        int length = (control >> 5) - 1;
        int distance = (control & 31) << 8;
        if (length == 6)
        {
            byte more;
            do
            {
                if (at >= input.Length)
                {
                    return false;
                }

                more = input[at++];
                length += more;
            }
            while (level == 1 && more == 255);
        }

        if (at >= input.Length)
        {
            return false;
        }

        byte low = input[at++];
        distance += low;
        if (level == 1 && low == 255 && distance == FarDistance)
        {
            if (input.Length - at < 2)
            {
                return false;
            }

            distance = FarDistance + (input[at] << 8) + input[at + 1];
            at += 2;
        }

        return BackCopy.TryCopy(output, ref written, distance + 1, length + 3);
    }
}
