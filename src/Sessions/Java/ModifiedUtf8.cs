namespace SessionGateway.Sessions.Java;

/// <summary>
/// Java's modified UTF-8: NUL is C0 80, and characters beyond U+FFFF are surrogate pairs of three bytes each. Half
/// pairs, which Java strings may hold, are kept as those three bytes.
/// </summary>
internal static class ModifiedUtf8
{
    /// <summary>Whether the bytes are the same in both encodings: no NUL, no surrogates, no four-byte forms.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            // C0 starts an encoded NUL, ED a surrogate (or a harmless Hangul character), F0 and up four-byte forms.
            if (b is 0 or 0xc0 or 0xed or >= 0xf0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// To UTF-8 in place or shorter. Gives the length, or -1 where the bytes are not modified UTF-8.
    /// <paramref name="lone"/> tells whether half pairs are left.
    /// </summary>
    public static int ToUtf8(ReadOnlySpan<byte> source, Span<byte> target, out bool lone)
    {
        int length = 0;
        lone = false;
        for (int at = 0; at < source.Length;)
        {
            int unit = Unit(source, ref at);
            if (unit < 0)
            {
                return -1;
            }

            if (unit is >= 0xd800 and < 0xdc00)
            {
                int next = at;
                int low = at < source.Length ? Unit(source, ref next) : 0;
                if (low is >= 0xdc00 and < 0xe000)
                {
                    at = next;
                    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                }
            }

            lone |= unit is >= 0xd800 and < 0xe000;
            length += Put(unit, target[length..]);
        }

        return length;
    }

    /// <summary>Number of bytes that <see cref="FromUtf8"/> writes at most.</summary>
    public static int MaxLength(int utf8Length) => checked(utf8Length * 2);

    /// <summary>From UTF-8 (or what <see cref="ToUtf8"/> gave). Gives the length.</summary>
    public static int FromUtf8(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int length = 0;
        for (int at = 0; at < source.Length; at++)
        {
            byte b = source[at];
            if (b == 0)
            {
                target[length++] = 0xc0;
                target[length++] = 0x80;
            }
            else if (b >= 0xf0 && source.Length - at >= 4)
            {
                int rune = ((b & 7) << 18) | ((source[at + 1] & 0x3f) << 12) | ((source[at + 2] & 0x3f) << 6)
                    | (source[at + 3] & 0x3f);
                rune -= 0x10000;
                length += Put(0xd800 + (rune >> 10), target[length..]);
                length += Put(0xdc00 + (rune & 0x3ff), target[length..]);
                at += 3;
            }
            else
            {
                target[length++] = b;
            }
        }

        return length;
    }

    /// <summary>One UTF-16 unit of 1 to 3 bytes; -1 where there is none.</summary>
    private static int Unit(ReadOnlySpan<byte> bytes, ref int at)
    {
        byte b = bytes[at];
        if (b < 0x80)
        {
            at++;
            return b;
        }

        if ((b & 0xe0) == 0xc0 && bytes.Length - at >= 2 && (bytes[at + 1] & 0xc0) == 0x80)
        {
            at += 2;
            return ((b & 0x1f) << 6) | (bytes[at - 1] & 0x3f);
        }

        if ((b & 0xf0) == 0xe0 && bytes.Length - at >= 3 && (bytes[at + 1] & 0xc0) == 0x80
            && (bytes[at + 2] & 0xc0) == 0x80)
        {
            at += 3;
            return ((b & 0x0f) << 12) | ((bytes[at - 2] & 0x3f) << 6) | (bytes[at - 1] & 0x3f);
        }

        return -1;
    }

    /// <summary>Writes one character (or half of a pair) of up to four bytes. Gives the length.</summary>
    public static int Put(int rune, Span<byte> target)
    {
        if (rune < 0x80)
        {
            target[0] = (byte)rune;
            return 1;
        }

        if (rune < 0x800)
        {
            target[0] = (byte)(0xc0 | (rune >> 6));
            target[1] = (byte)(0x80 | (rune & 0x3f));
            return 2;
        }

        if (rune < 0x10000)
        {
            target[0] = (byte)(0xe0 | (rune >> 12));
            target[1] = (byte)(0x80 | ((rune >> 6) & 0x3f));
            target[2] = (byte)(0x80 | (rune & 0x3f));
            return 3;
        }

        target[0] = (byte)(0xf0 | (rune >> 18));
        target[1] = (byte)(0x80 | ((rune >> 12) & 0x3f));
        target[2] = (byte)(0x80 | ((rune >> 6) & 0x3f));
        target[3] = (byte)(0x80 | (rune & 0x3f));
        return 4;
    }
}
