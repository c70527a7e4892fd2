using System.Diagnostics.CodeAnalysis;

namespace SessionGateway.Protocols.Resp;

/// <summary>
/// Glob patterns with the meaning that Redis gives them (util.c, stringmatchlen): <c>*</c>, <c>?</c>, <c>[a-z]</c>,
/// <c>[^x]</c>, <c>\x</c>. What stands between two stars is looked for from left to right and never again, so the time
/// is the text's length times that of the longest such piece; where that gets long, 64 of its bytes are compared in one
/// step (<see cref="GlobSearch"/>).
/// </summary>
public sealed class GlobPattern
{
    /// <summary>
    /// Longest pattern: against a key of 64 KB it takes about a millisecond at worst. Nobody's patterns are as long as
    /// a hundred bytes; redis takes any and then serves nobody for a minute.
    /// </summary>
    public const int MaxBytes = 1024;

    private readonly byte[] _bytes;

    private GlobPattern(byte[] bytes) => _bytes = bytes;

    /// <summary>Takes a pattern; false when it is longer than <see cref="MaxBytes"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out GlobPattern? pattern)
    {
        pattern = bytes.Length <= MaxBytes ? new GlobPattern(bytes.ToArray()) : null;
        return pattern is not null;
    }

    /// <summary>True when the whole text matches.</summary>
    /// <param name="text">The text.</param>
    /// <param name="steps">Grows by the steps of comparison that were done, about a nanosecond each.</param>
    public bool Matches(ReadOnlySpan<byte> text, ref long steps) => Matches(_bytes, text, ref steps);

    /// <summary>True when the whole text matches a pattern of at most <see cref="MaxBytes"/>.</summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        long steps = 0;
        return Matches(pattern, text, ref steps);
    }

    /// <summary>As <see cref="Matches(ReadOnlySpan{byte}, ref long)"/>.</summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text, ref long steps)
    {
        // In redis the loop over the text does not even look at a star then.
        if (text.IsEmpty)
        {
            return pattern.IsEmpty;
        }

        steps += 8;
        int at = 0;
        int place = 0;
        if (!TryPiece(pattern, ref at, text, ref place, ref steps))
        {
            return false;
        }

        if (at == pattern.Length)
        {
            return place == text.Length;
        }

        long quickSteps = steps + (16L * (pattern.Length + text.Length));
        while (true)
        {
            at += pattern[at..].IndexOfAnyExcept((byte)'*') is var stars and >= 0 ? stars : pattern.Length - at;
            if (at == pattern.Length)
            {
                return true;
            }

            int end = GlobElement.PieceEnd(pattern, at, out int length);
            ReadOnlySpan<byte> piece = pattern[at..end];
            if (end == pattern.Length)
            {
                // The last piece has its place at the end.
                int start = text.Length - length;
                int from = 0;
                return start >= place && TryPiece(piece, ref from, text, ref start, ref steps);
            }

            int found = GlobSearch.Find(piece, length, text[place..], quickSteps, ref steps);
            if (found < 0)
            {
                return false;
            }

            place += found + length;
            at = end;
        }
    }

    // Compares up to the next star or the end of the pattern; every element takes one byte of the text.
    private static bool TryPiece(
        ReadOnlySpan<byte> pattern, ref int at, ReadOnlySpan<byte> text, ref int place, ref long steps)
    {
        int start = at;
        while (at < pattern.Length && pattern[at] != (byte)'*')
        {
            if (place == text.Length || !GlobElement.Matches(pattern, ref at, text[place]))
            {
                steps += at - start + 1;
                return false;
            }

            place++;
        }

        steps += at - start;
        return true;
    }
}
