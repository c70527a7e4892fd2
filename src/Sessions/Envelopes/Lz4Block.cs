namespace SessionGateway.Sessions.Envelopes;

/// <summary>
/// Decompression of an LZ4 block: token (literals, match length), more literal lengths, literals, little-endian
/// distance, more match lengths; the last sequence has literals only.
/// </summary>
internal static class Lz4Block
{
    private const int MinMatch = 4;

    /// <summary>Fills the output exactly. Gives false where the input does not do that.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        int at = 0;
        int written = 0;
        while (at < input.Length)
        {
            byte token = input[at++];
            if (!TryLength(input, token >> 4, ref at, out long literals)
                || literals > input.Length - at || literals > output.Length - written)
            {
                return false;
            }

            input.Slice(at, (int)literals).CopyTo(output[written..]);
            at += (int)literals;
            written += (int)literals;
            if (at == input.Length)
            {
                return written == output.Length;
            }

            if (input.Length - at < 2)
            {
                return false;
            }

            int distance = input[at] | (input[at + 1] << 8);
            at += 2;
            if (!TryLength(input, token & 15, ref at, out long match)
                || !BackCopy.TryCopy(output, ref written, distance, match + MinMatch))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Four bits, and as many further bytes as are 255, and one more.</summary>
    private static bool TryLength(ReadOnlySpan<byte> input, int bits, ref int at, out long length)
    {
        length = bits;
        if (bits != 15)
        {
            return true;
        }

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
        while (more == 255);
        return true;
    }
}
