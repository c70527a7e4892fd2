namespace SessionGateway.Protocols.Resp;

/// <summary>One element of a glob pattern: what takes one byte of the text.</summary>
public static class GlobElement
{
    /// <summary>Compares the element at a place, which is not a star, and steps over it.</summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ref int at, byte b)
    {
        byte first = pattern[at++];
        switch (first)
        {
            case (byte)'?':
                return true;
            case (byte)'[':
                return MatchesClass(pattern, ref at, b);
            case (byte)'\\' when at < pattern.Length:
                return pattern[at++] == b;
            default:
                return first == b;
        }
    }

    /// <summary>Where the piece that starts at a place ends: before the next star or at the end.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="at">Start of the piece.</param>
    /// <param name="length">Elements of the piece, which are the bytes of text that it takes.</param>
    public static int PieceEnd(ReadOnlySpan<byte> pattern, int at, out int length)
    {
        length = 0;
        while (at < pattern.Length && pattern[at] != (byte)'*')
        {
            Matches(pattern, ref at, 0);
            length++;
        }

        return at;
    }

    // [^]a-z\]]: at is behind the bracket; a class that is not closed ends with the pattern. The bounds of a range are
    // compared as C's char, which has a sign on the machines that Redis runs on.
    private static bool MatchesClass(ReadOnlySpan<byte> pattern, ref int at, byte b)
    {
        bool negated = at < pattern.Length && pattern[at] == (byte)'^';
        at += negated ? 1 : 0;
        bool found = false;
        for (; at < pattern.Length && pattern[at] != (byte)']'; at++)
        {
            if (pattern[at] == (byte)'\\' && at + 1 < pattern.Length)
            {
                at++;
                found |= pattern[at] == b;
            }
            else if (at + 2 < pattern.Length && pattern[at + 1] == (byte)'-')
            {
                sbyte low = Math.Min((sbyte)pattern[at], (sbyte)pattern[at + 2]);
                sbyte high = Math.Max((sbyte)pattern[at], (sbyte)pattern[at + 2]);
                found |= (sbyte)b >= low && (sbyte)b <= high;
                at += 2;
            }
            else
            {
                found |= pattern[at] == b;
            }
        }

        at = Math.Min(at + 1, pattern.Length);
        return found != negated;
    }
}
