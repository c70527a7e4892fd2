namespace SessionGateway.UnitTests.Commands.Turns;

/// <summary>redis 7.0's stringmatchlen, line by line, with all its ways back: slow and obvious.</summary>
internal static class SlowGlob
{
    public static bool Matches(byte[] pattern, byte[] text) => Matches(pattern, 0, text, 0);

    private static bool Matches(byte[] pattern, int p, byte[] text, int t)
    {
        while (p < pattern.Length && t < text.Length)
        {
            switch (pattern[p])
            {
                case (byte)'*':
                    while (At(pattern, p + 1) == '*')
                    {
                        p++;
                    }

                    if (p == pattern.Length - 1)
                    {
                        return true;
                    }

                    for (; t < text.Length; t++)
                    {
                        if (Matches(pattern, p + 1, text, t))
                        {
                            return true;
                        }
                    }

                    return false;
                case (byte)'?':
                    t++;
                    break;
                case (byte)'[':
                    if (!MatchesClass(pattern, ref p, text[t]))
                    {
                        return false;
                    }

                    t++;
                    break;
                default:
                    p += pattern[p] == '\\' && p + 1 < pattern.Length ? 1 : 0;
                    if (pattern[p] != text[t])
                    {
                        return false;
                    }

                    t++;
                    break;
            }

            p++;
            if (t == text.Length)
            {
                while (At(pattern, p) == '*')
                {
                    p++;
                }

                break;
            }
        }

        return p >= pattern.Length && t == text.Length;
    }

    private static bool MatchesClass(byte[] pattern, ref int p, byte b)
    {
        p++;
        bool not = At(pattern, p) == '^';
        p += not ? 1 : 0;
        bool match = false;
        while (true)
        {
            if (pattern.Length - p >= 2 && pattern[p] == '\\')
            {
                p++;
                match |= pattern[p] == b;
            }
            else if (At(pattern, p) == ']')
            {
                break;
            }
            else if (p >= pattern.Length)
            {
                p--;
                break;
            }
            else if (pattern.Length - p >= 3 && pattern[p + 1] == '-')
            {
                int start = (sbyte)pattern[p];
                int end = (sbyte)pattern[p + 2];
                (start, end) = start > end ? (end, start) : (start, end);
                p += 2;
                match |= (sbyte)b >= start && (sbyte)b <= end;
            }
            else
            {
                match |= pattern[p] == b;
            }

            p++;
        }

        return match != not;
    }

    // The bytes are a C string: a zero follows them.
    private static int At(byte[] pattern, int p) => p < pattern.Length ? pattern[p] : 0;
}
