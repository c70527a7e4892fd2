namespace SessionGateway.Protocols.Resp;

/// <summary>
/// Splits an inline request into arguments (redis sds.c, sdssplitargs): quotes, escapes, blanks between.
/// </summary>
internal static class InlineReader
{
    /// <summary>Unquotes the arguments of a line, given without its line end, into the scratch.</summary>
    /// <returns>Number of arguments, or -1 when quotes are not balanced.</returns>
    public static int Split(ReadOnlySpan<byte> line, RespScratch scratch, out ReadOnlySpan<byte> bytes)
    {
        Span<byte> output = scratch.InlineBytes(line.Length);
        bytes = output;
        int count = 0;
        int written = 0;
        int at = 0;
        while (true)
        {
            while (at < line.Length && IsSpace(line[at]))
            {
                at++;
            }

            if (at == line.Length)
            {
                return count;
            }

            int start = written;
            if (!Token(line, ref at, output, ref written))
            {
                return -1;
            }

            scratch.Add(count++, new RespArgument(start, written - start));
        }
    }

    private static bool Token(ReadOnlySpan<byte> line, ref int at, Span<byte> output, ref int written)
    {
        while (at < line.Length)
        {
            byte b = line[at++];
            switch (b)
            {
                case (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                    return true;
                case (byte)'"':
                    return DoubleQuoted(line, ref at, output, ref written) && EndsHere(line, at);
                case (byte)'\'':
                    return SingleQuoted(line, ref at, output, ref written) && EndsHere(line, at);
                default:
                    output[written++] = b;
                    break;
            }
        }

        return true;
    }

    // "\xHH" is a byte; \n \r \t \b \a are control characters; any other escaped character is itself.
    private static bool DoubleQuoted(ReadOnlySpan<byte> line, ref int at, Span<byte> output, ref int written)
    {
        while (at < line.Length)
        {
            byte b = line[at++];
            if (b == (byte)'"')
            {
                return true;
            }

            if (b == (byte)'\\' && at < line.Length)
            {
                b = line[at++];
                if (b == (byte)'x' && at + 1 < line.Length && char.IsAsciiHexDigit((char)line[at])
                    && char.IsAsciiHexDigit((char)line[at + 1]))
                {
                    b = Convert.FromHexString([(char)line[at], (char)line[at + 1]])[0];
                    at += 2;
                }
                else
                {
                    b = b switch
                    {
                        (byte)'n' => (byte)'\n',
                        (byte)'r' => (byte)'\r',
                        (byte)'t' => (byte)'\t',
                        (byte)'b' => (byte)'\b',
                        (byte)'a' => (byte)'\a',
                        _ => b,
                    };
                }
            }

            output[written++] = b;
        }

        return false;
    }

    // Only \' is an escape.
    private static bool SingleQuoted(ReadOnlySpan<byte> line, ref int at, Span<byte> output, ref int written)
    {
        while (at < line.Length)
        {
            byte b = line[at++];
            if (b == (byte)'\'')
            {
                return true;
            }

            if (b == (byte)'\\' && at < line.Length && line[at] == (byte)'\'')
            {
                b = line[at++];
            }

            output[written++] = b;
        }

        return false;
    }

    // A closing quote is followed by a blank or by nothing.
    private static bool EndsHere(ReadOnlySpan<byte> line, int at) => at == line.Length || IsSpace(line[at]);

    private static bool IsSpace(byte b) => b is (byte)' ' or (>= 9 and <= 13);
}
