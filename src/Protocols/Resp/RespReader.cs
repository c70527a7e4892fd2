using System.Runtime.InteropServices;
using SessionGateway.Protocols.Buffers;

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
    private const int PlaceBytes = 2 * sizeof(int);

    // Places of the arguments of a long request: unmanaged, so that a million of them neither wait for a collection nor
    // cause one.
    private ByteQueue _places;
    private int _expected;
    private int _count;
    private int _position;
    private int _searched;

    /// <summary>After NeedMoreData: total bytes, from the request's first, that are worth another call.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>Bytes of memory that are kept for a long request.</summary>
    public readonly int HeldBytes => _places.Capacity;

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
        if (position == 0)
        {
            _places.Free();
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

        // Arguments are placed from here on, at first behind those that are remembered.
        int first = count;
        Span<RespArgument> room = _places.IsEmpty ? scratch.Arguments : Room();
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
                    return status == ReadStatus.Fatal ? status : Remember(room[..(count - first)], expected, position);
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
                return Remember(room[..(count - first)], expected, position);
            }

            if (count - first == room.Length)
            {
                room = Grow(room, scratch, ref first);
            }

            room[count++ - first] = new RespArgument(start, length);
            position = end;
        }

        size = position;
        if (_places.IsEmpty)
        {
            request = new RespRequest(input, room[..count]);
            TrimScratch(scratch);
        }
        else
        {
            _places.Advance((count - first) * PlaceBytes);
            request = new RespRequest(input, MemoryMarshal.Cast<byte, RespArgument>(_places.Bytes));
            _expected = _count = _position = 0;
        }

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
            if (_places.IsEmpty)
            {
                _places.Append(MemoryMarshal.AsBytes(request.Arguments));
            }

            _expected = _count = request.Count;
            _position = size;
        }
        else
        {
            Release();
        }
    }

    /// <summary>
    /// Gives back what a long request has taken: when it is done with, and when nothing more is read. The request must
    /// not be used any more.
    /// </summary>
    public void Release() => _places.Free();

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

    private Span<RespArgument> Room() => MemoryMarshal.Cast<byte, RespArgument>(_places.GetSpan(PlaceBytes));

    private Span<RespArgument> Grow(Span<RespArgument> full, RespScratch scratch, scoped ref int first)
    {
        if (_places.IsEmpty)
        {
            return scratch.Grow();
        }

        first += full.Length;
        _places.Advance(full.Length * PlaceBytes);
        return Room();
    }

    // The places that are new.
    private ReadStatus Remember(ReadOnlySpan<RespArgument> places, int expected, int position)
    {
        if (!_places.IsEmpty)
        {
            _places.Advance(places.Length * PlaceBytes);
        }
        else if (places.Length < RememberFrom)
        {
            return ReadStatus.NeedMoreData;
        }
        else
        {
            _places.Append(MemoryMarshal.AsBytes(places));
        }

        _expected = expected;
        _count = _places.Length / PlaceBytes;
        _position = position;
        return ReadStatus.NeedMoreData;
    }

    private static void TrimScratch(RespScratch scratch)
    {
        if (scratch.Arguments.Length > RespScratch.KeepArguments)
        {
            scratch.Trim();
        }
    }
}
