namespace SessionGateway.Protocols.Resp;

/// <summary>
/// Reads requests: arrays of bulk strings (<c>*2\r\n$3\r\nGET\r\n$1\r\nk\r\n</c>) and inline lines. It keeps its
/// place in a long request, as offsets from the request's first byte, so no byte of one is read twice; a short one
/// is simply read again.
/// </summary>
public struct RespReader
{
    // Up to here reading again costs less than an array that remembers.
    private const int RememberFrom = 32;

    private RespArgument[]? _remembered;
    private RespArgument[]? _last;
    private int _expected;
    private int _count;
    private int _position;
    private int _searched;

    /// <summary>After NeedMoreData: total bytes, from the request's first, that are worth another call.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>After Fatal: the error line.</summary>
    public byte[]? Error { get; private set; }

    /// <summary>Reads the request at the start of the input (at least one byte).</summary>
    /// <param name="input">Bytes at hand; after NeedMoreData the next call brings the same bytes and more behind
    /// them.</param>
    /// <param name="scratch">The loop's arrays; the request points into them until the next call.</param>
    /// <param name="limits">What is accepted.</param>
    /// <param name="request">The request, for Done.</param>
    /// <param name="size">Bytes of the request, for Done.</param>
    public ReadStatus TryRead(
        ReadOnlySpan<byte> input, RespScratch scratch, in RespLimits limits, out RespRequest request, out int size)
    {
        request = default;
        size = 0;
        int position = _position;
        int expected = _expected;
        int count = _count;
        RespArgument[] arguments = _remembered ?? scratch.Arguments;
        if (position == 0)
        {
            if (input[0] != (byte)'*')
            {
                return ReadInline(input, scratch, out request, out size);
            }

            // *<count>\r\n, nearly always with one digit
            if (input.Length > 3 && input[2] == (byte)'\r' && (uint)(input[1] - '1') < 9)
            {
                expected = input[1] - '0';
                position = 4;
            }
            else
            {
                ReadStatus status = ReadCount(input, limits, out expected, ref position);
                if (status != ReadStatus.Done)
                {
                    return status;
                }
            }
        }

        while (count < expected)
        {
            // $<length>\r\n<bytes>\r\n
            int start = position;
            if (!TryReadShortLength(input, ref start, out int length) || length > limits.ShortBulkBytes)
            {
                start = position;
                ReadStatus status = ReadBulkLength(input, limits, ref start, out length);
                if (status != ReadStatus.Done)
                {
                    return status == ReadStatus.Fatal ? status : Remember(arguments, expected, count, position);
                }
            }

            int end = start + length + 2;
            if (end > input.Length)
            {
                if (end > RespLimits.MaxRequestBytes)
                {
                    return Fail(RespProtocolErrors.InvalidBulk);
                }

                NeedBytes = end;
                return Remember(arguments, expected, count, position);
            }

            if (count == arguments.Length)
            {
                arguments = Grow(scratch);
            }

            arguments[count++] = new RespArgument(start, length);
            position = end;
        }

        request = new RespRequest(input, arguments.AsSpan(0, count));
        size = position;
        Forget(scratch);
        return ReadStatus.Done;
    }

    /// <summary>
    /// Takes the request of the last call back: the next call, with the same bytes, gives it again. The places of many
    /// arguments are kept meanwhile, those of few are found again.
    /// </summary>
    /// <param name="input">Bytes of the last call.</param>
    /// <param name="request">What it gave.</param>
    /// <param name="size">Bytes of the request.</param>
    public void Unread(ReadOnlySpan<byte> input, in RespRequest request, int size)
    {
        if (request.Count >= RememberFrom && input[0] == (byte)'*')
        {
            _remembered = _last ?? request.Arguments.ToArray();
            _expected = _count = request.Count;
            _position = size;
        }

        _last = null;
    }

    /// <summary>Gives back what a request that is done with has taken.</summary>
    public void Release() => _last = null;

    // A length of up to five digits whose line is at hand. Whatever else is there is left to the complete reading.
    private static bool TryReadShortLength(ReadOnlySpan<byte> input, ref int position, out int length)
    {
        length = 0;
        int at = position;
        if ((uint)(at + 3) >= (uint)input.Length || input[at] != (byte)'$')
        {
            return false;
        }

        int digit = input[at + 1] - '0';
        if (input[at + 2] == (byte)'\r')
        {
            length = digit;
            position = at + 4;
            return (uint)digit < 10;
        }

        if ((uint)(digit - 1) >= 9)
        {
            return false;
        }

        length = digit;
        int last = Math.Min(at + 6, input.Length - 2);
        for (at += 2; at <= last; at++)
        {
            digit = input[at] - '0';
            if ((uint)digit < 10)
            {
                length = length * 10 + digit;
                continue;
            }

            position = at + 2;
            return input[at] == (byte)'\r';
        }

        return false;
    }

    private ReadStatus ReadCount(ReadOnlySpan<byte> input, in RespLimits limits, out int expected, ref int position)
    {
        expected = 0;
        int end = LineEnd(input);
        if (end < 0)
        {
            return NoLine(input, 0, RespProtocolErrors.TooBigCountLine);
        }

        if (!RespNumbers.TryInt64(input[1..end], out long number) || number > limits.MaxArguments)
        {
            return Fail(RespProtocolErrors.InvalidCount);
        }

        if (number > RespLimits.StrangerArguments && !limits.IsAuthenticated)
        {
            return Fail(RespProtocolErrors.StrangerCount);
        }

        expected = (int)Math.Max(number, 0);
        position = end + 2;
        return ReadStatus.Done;
    }

    private ReadStatus ReadBulkLength(
        ReadOnlySpan<byte> input, in RespLimits limits, ref int position, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> rest = input[position..];
        int end = LineEnd(rest);
        if (end < 0)
        {
            return NoLine(rest, position, RespProtocolErrors.TooBigBulkLine);
        }

        if (rest[0] != (byte)'$')
        {
            // The empty line: its first byte is the line end, which an error shows as a blank.
            return Fail(RespProtocolErrors.ExpectedDollar(end == 0 ? (byte)' ' : rest[0]));
        }

        if (!RespNumbers.TryInt64(rest[1..end], out long number) || number < 0 || number > limits.MaxBulkBytes)
        {
            return Fail(RespProtocolErrors.InvalidBulk);
        }

        if (number > RespLimits.StrangerBulkBytes && !limits.IsAuthenticated)
        {
            return Fail(RespProtocolErrors.StrangerBulk);
        }

        length = (int)number;
        position += end + 2;
        return ReadStatus.Done;
    }

    private ReadStatus ReadInline(
        ReadOnlySpan<byte> input, RespScratch scratch, out RespRequest request, out int size)
    {
        request = default;
        size = 0;
        int end = input[_searched..].IndexOfAny((byte)'\n', (byte)0);
        end = end < 0 ? input.Length : end + _searched;
        if (end == input.Length || input[end] == 0)
        {
            // A line that comes byte by byte is searched once; a zero byte is found again.
            _searched = end;
            return NoLine(input, 0, RespProtocolErrors.TooBigInline);
        }

        _searched = 0;
        ReadOnlySpan<byte> line = input[..end];
        if (line.Length > 0 && line[^1] == (byte)'\r')
        {
            line = line[..^1];
        }

        int count = InlineReader.Split(line, scratch, out ReadOnlySpan<byte> bytes);
        if (count < 0)
        {
            return Fail(RespProtocolErrors.UnbalancedQuotes);
        }

        request = new RespRequest(bytes, scratch.Arguments.AsSpan(0, count));
        size = end + 1;
        return ReadStatus.Done;
    }

    // Redis looks for the carriage return as in a C string: a zero byte ends the search. The byte behind it must
    // have come; which one it is does not matter.
    private static int LineEnd(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAny((byte)'\r', (byte)0);
        return end >= 0 && rest[end] == (byte)'\r' && end + 1 < rest.Length ? end : -1;
    }

    private ReadStatus NoLine(ReadOnlySpan<byte> rest, int position, ReadOnlySpan<byte> error)
    {
        if (rest.Length > RespLimits.MaxLineBytes && !(rest[^1] == (byte)'\r' && !rest[..^1].Contains((byte)'\r')))
        {
            return Fail(error);
        }

        NeedBytes = position + rest.Length + 1;
        return ReadStatus.NeedMoreData;
    }

    private ReadStatus Fail(ReadOnlySpan<byte> error)
    {
        Error = error.ToArray();
        return ReadStatus.Fatal;
    }

    private RespArgument[] Grow(RespScratch scratch)
    {
        if (_remembered is null)
        {
            return scratch.Grow();
        }

        Array.Resize(ref _remembered, _remembered.Length * 2);
        return _remembered;
    }

    private ReadStatus Remember(RespArgument[] arguments, int expected, int count, int position)
    {
        if (_remembered is null)
        {
            if (count < RememberFrom)
            {
                return ReadStatus.NeedMoreData;
            }

            _remembered = new RespArgument[Math.Max(arguments.Length, count)];
            arguments.AsSpan(0, count).CopyTo(_remembered);
        }

        _expected = expected;
        _count = count;
        _position = position;
        return ReadStatus.NeedMoreData;
    }

    private void Forget(RespScratch scratch)
    {
        if (_remembered is not null)
        {
            _last = _remembered;
            _remembered = null;
            _expected = 0;
            _count = 0;
            _position = 0;
        }
        else if (scratch.Arguments.Length > RespScratch.KeepArguments)
        {
            scratch.Trim();
        }
    }
}
