namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// LibLZF with the search of Redis (lzf_c.c, HLOG 16, VERY_FAST): the same input becomes the same bytes, which is what
/// DUMP is compared by. One of a thread: it keeps where it saw three bytes.
/// </summary>
internal sealed class LzfCompression
{
    private const int Slots = 1 << 16;
    private const int MostLiterals = 1 << 5;
    private const int MostDistance = 1 << 13;
    private const int MostMatch = (1 << 8) + (1 << 3);

    [ThreadStatic]
    private static LzfCompression? _ofThread;

    // Places of the text before are below its start, so the table is not cleared for each.
    private readonly uint[] _slots = new uint[Slots];
    private uint _start = 1;

    /// <summary>That of the calling thread.</summary>
    public static LzfCompression OfThread => _ofThread ??= new LzfCompression();

    /// <summary>Compresses into a span.</summary>
    /// <returns>Bytes written; 0 when the output is too short.</returns>
    public int Compress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.Length < 3 || output.IsEmpty)
        {
            return 0;
        }

        if (_start > uint.MaxValue - (uint)input.Length)
        {
            Array.Clear(_slots);
            _start = 1;
        }

        int written = Run(input, output);
        _start += (uint)input.Length;
        return written;
    }

    private int Run(ReadOnlySpan<byte> input, Span<byte> output)
    {
        int literals = 0, to = 1, at = 0;
        while (at < input.Length - 2)
        {
            int found = Replace(input, at);
            int distance = at - found - 1;
            bool isMatch = found > 0 && distance < MostDistance && at + 4 < input.Length
                && input.Slice(found, 3).SequenceEqual(input.Slice(at, 3));
            if (!isMatch)
            {
                if (to >= output.Length)
                {
                    return 0;
                }

                AddLiteral(input[at++], output, ref literals, ref to);
                continue;
            }

            EndLiterals(output, ref literals, ref to);
            if (to + 4 >= output.Length)
            {
                return 0;
            }

            int most = Math.Min(input.Length - at - 2, MostMatch);
            int length = LengthOf(input, found, at, most);
            WriteMatch(output, ref to, distance, length - 2);
            to++;
            at += length;
            if (at >= input.Length - 2)
            {
                break;
            }

            Replace(input, at - 2);
            Replace(input, at - 1);
        }

        return Finish(input[at..], output, literals, to);
    }

    private static int Finish(ReadOnlySpan<byte> rest, Span<byte> output, int literals, int to)
    {
        if (to + 3 > output.Length)
        {
            return 0;
        }

        foreach (byte b in rest)
        {
            AddLiteral(b, output, ref literals, ref to);
        }

        EndLiterals(output, ref literals, ref to);
        return to;
    }

    // Three bytes at least. The search of Redis looks at sixteen more before it asks for the end, where there are as
    // many.
    private static int LengthOf(ReadOnlySpan<byte> input, int found, int at, int most)
    {
        int limit = Math.Max(most, most > 16 ? 19 : 3);
        int same = 3 + input[(found + 3)..].CommonPrefixLength(input[(at + 3)..]);
        return Math.Min(same, limit);
    }

    private static void WriteMatch(Span<byte> output, ref int to, int distance, int length)
    {
        if (length < 7)
        {
            output[to++] = (byte)((distance >> 8) + (length << 5));
        }
        else
        {
            output[to++] = (byte)((distance >> 8) + (7 << 5));
            output[to++] = (byte)(length - 7);
        }

        output[to++] = (byte)distance;
    }

    private static void AddLiteral(byte literal, Span<byte> output, ref int literals, ref int to)
    {
        output[to++] = literal;
        if (++literals == MostLiterals)
        {
            output[to - literals - 1] = (byte)(literals - 1);
            literals = 0;
            to++;
        }
    }

    // Writes the run's length to its head, or takes the head of an empty run back.
    private static void EndLiterals(Span<byte> output, ref int literals, ref int to)
    {
        if (literals == 0)
        {
            to--;
        }
        else
        {
            output[to - literals - 1] = (byte)(literals - 1);
            literals = 0;
        }
    }

    /// <summary>Notes where three bytes are.</summary>
    /// <returns>Where they, or others of the slot, were before; negative when nowhere.</returns>
    private int Replace(ReadOnlySpan<byte> input, int at)
    {
        int three = (input[at] << 16) | (input[at + 1] << 8) | input[at + 2];
        ref uint slot = ref _slots[((three >> 8) - (three * 5)) & (Slots - 1)];
        uint before = slot;
        slot = _start + (uint)at;
        return before < _start ? -1 : (int)(before - _start);
    }
}
