using System.Buffers;

namespace SessionGateway.Protocols.Resp;

/// <summary>Finds the first place in a text where a piece of a pattern, one without stars, matches.</summary>
public static class GlobSearch
{
    private const int WordBits = 64;
    private const int ByteValues = 256;

    /// <summary>Finds it.</summary>
    /// <param name="piece">The piece, at least one element.</param>
    /// <param name="length">Its elements.</param>
    /// <param name="text">The text.</param>
    /// <param name="quickSteps">As long as the steps are fewer, places are tried one by one: the usual texts are
    /// short.</param>
    /// <param name="steps">Grows by the steps that were done.</param>
    /// <returns>The place or -1.</returns>
    public static int Find(ReadOnlySpan<byte> piece, int length, ReadOnlySpan<byte> text, long quickSteps,
        ref long steps)
    {
        for (int start = 0; start <= text.Length - length; start++)
        {
            if (steps > quickSteps)
            {
                int found = FindAll(piece, length, text[start..], ref steps);
                return found < 0 ? -1 : start + found;
            }

            if (MatchesAt(piece, text[start..], ref steps))
            {
                return start;
            }
        }

        return -1;
    }

    private static bool MatchesAt(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> text, ref long steps)
    {
        int at = 0;
        for (int i = 0; at < piece.Length; i++)
        {
            if (!GlobElement.Matches(piece, ref at, text[i]))
            {
                steps += at;
                return false;
            }
        }

        steps += at;
        return true;
    }

    // Shift-And (Baeza-Yates and Gonnet 1992): bit i of the state says that the last i + 1 bytes match the first i + 1
    // elements. Each byte of the text takes one step for 64 elements, whatever was compared before.
    private static int FindAll(ReadOnlySpan<byte> piece, int length, ReadOnlySpan<byte> text, ref long steps)
    {
        int words = (length + WordBits - 1) / WordBits;
        ulong[] rented = ArrayPool<ulong>.Shared.Rent((ByteValues + 1) * words);
        Span<ulong> masks = rented.AsSpan(0, ByteValues * words);
        Span<ulong> state = rented.AsSpan(ByteValues * words, words);
        masks.Clear();
        state.Clear();
        Fill(masks, piece, words, ref steps);
        int place = Run(masks, state, length, text, ref steps);
        ArrayPool<ulong>.Shared.Return(rented);
        return place;
    }

    private static void Fill(Span<ulong> masks, ReadOnlySpan<byte> piece, int words, ref long steps)
    {
        int at = 0;
        for (int element = 0; at < piece.Length; element++)
        {
            int next = at;
            ulong bit = 1UL << (element % WordBits);
            if (piece[at] is (byte)'?' or (byte)'[')
            {
                for (int b = 0; b < ByteValues; b++)
                {
                    next = at;
                    masks[(b * words) + (element / WordBits)] |= GlobElement.Matches(piece, ref next, (byte)b)
                        ? bit : 0;
                }

                steps += (next - at) * ByteValues;
            }
            else
            {
                next = at + (piece[at] == (byte)'\\' && at + 1 < piece.Length ? 2 : 1);
                masks[(piece[next - 1] * words) + (element / WordBits)] |= bit;
            }

            at = next;
        }

        steps += ByteValues * words / 8;
    }

    private static int Run(ReadOnlySpan<ulong> masks, Span<ulong> state, int length, ReadOnlySpan<byte> text,
        ref long steps)
    {
        int words = state.Length;
        ulong last = 1UL << ((length - 1) % WordBits);
        for (int i = 0; i < text.Length; i++)
        {
            ReadOnlySpan<ulong> mask = masks.Slice(text[i] * words, words);
            ulong carry = 1;
            for (int w = 0; w < state.Length; w++)
            {
                ulong old = state[w];
                state[w] = ((old << 1) | carry) & mask[w];
                carry = old >> (WordBits - 1);
            }

            if ((state[^1] & last) != 0)
            {
                steps += (long)i * words;
                return i - length + 1;
            }
        }

        steps += (long)text.Length * words;
        return -1;
    }
}
