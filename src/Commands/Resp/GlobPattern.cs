namespace SessionGateway.Commands.Resp;

/// <summary>
/// Glob patterns as Redis reads them (util.c, stringmatchlen): <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[^x]</c>,
/// <c>\x</c>. Only the last star is ever tried again, so the time is at most the product of both lengths.
/// </summary>
internal static class GlobPattern
{
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        int p = 0;
        int t = 0;
        int starPattern = -1;
        int starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == (byte)'*')
            {
                starPattern = ++p;
                starText = t;
                continue;
            }

            if (p < pattern.Length && MatchesOne(pattern, ref p, text[t]))
            {
                t++;
                continue;
            }

            if (starPattern < 0)
            {
                return false;
            }

            p = starPattern;
            t = ++starText;
        }

        return pattern[p..].TrimStart((byte)'*').IsEmpty;
    }

    // Steps over one element of the pattern when it matches the byte.
    private static bool MatchesOne(ReadOnlySpan<byte> pattern, ref int p, byte b)
    {
        switch (pattern[p])
        {
            case (byte)'?':
                p++;
                return true;
            case (byte)'[':
                int end = p + 1;
                if (!MatchesClass(pattern, ref end, b))
                {
                    return false;
                }

                p = end;
                return true;
            case (byte)'\\' when p + 1 < pattern.Length:
                if (pattern[p + 1] != b)
                {
                    return false;
                }

                p += 2;
                return true;
            default:
                return pattern[p++] == b;
        }
    }

    // [^]a-z\]]: p is behind the bracket; a class that is not closed ends with the pattern.
    private static bool MatchesClass(ReadOnlySpan<byte> pattern, ref int p, byte b)
    {
        bool negated = p < pattern.Length && pattern[p] == (byte)'^';
        p += negated ? 1 : 0;
        bool found = false;
        for (; p < pattern.Length && pattern[p] != (byte)']'; p++)
        {
            if (pattern[p] == (byte)'\\' && p + 1 < pattern.Length)
            {
                p++;
                found |= pattern[p] == b;
            }
            else if (p + 2 < pattern.Length && pattern[p + 1] == (byte)'-')
            {
                byte low = Math.Min(pattern[p], pattern[p + 2]);
                byte high = Math.Max(pattern[p], pattern[p + 2]);
                found |= b >= low && b <= high;
                p += 2;
            }
            else
            {
                found |= pattern[p] == b;
            }
        }

        p = Math.Min(p + 1, pattern.Length);
        return found != negated;
    }
}
