using System.Buffers.Text;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>RESP2.</summary>
internal sealed class RespSessionWire : SessionWire
{
    public override string Name => "RESP";

    public override Family Family => Family.Resp;

    public override ReadOnlySpan<byte> CountRequest => "*1\r\n$6\r\nDBSIZE\r\n"u8;

    public override ReadOnlySpan<byte> FlushRequest => "*1\r\n$8\r\nFLUSHALL\r\n"u8;

    public override ReadOnlySpan<byte> FlushReply => "+OK\r\n"u8;

    // PSETEX rather than SET … PXAT: older servers know it too.
    public override int WriteSet(Span<byte> destination, SessionSet sessions, int session, Expiry expiry)
    {
        int bytes = sessions.LengthOf(session);
        Span<byte> text = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(expiry.Milliseconds, text, out int digits);
        Cursor cursor = new(destination);
        cursor.Add("*4\r\n$6\r\nPSETEX\r\n$40\r\n"u8);
        cursor.Add(sessions.Key(session));
        cursor.Add("\r\n$"u8);
        cursor.AddNumber(digits);
        cursor.Add("\r\n"u8);
        cursor.Add(text[..digits]);
        cursor.Add("\r\n$"u8);
        cursor.AddNumber(bytes);
        cursor.Add("\r\n"u8);
        sessions.CopyValue(cursor.Take(bytes), session);
        cursor.Add("\r\n"u8);
        return cursor.Length;
    }

    public override int WriteGet(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        Cursor cursor = new(destination);
        cursor.Add("*2\r\n$3\r\nGET\r\n$40\r\n"u8);
        cursor.Add(key);
        cursor.Add("\r\n"u8);
        return cursor.Length;
    }

    public override Answer ReadSet(ReadOnlySpan<byte> input, out int length)
    {
        length = LineLength(input) + 2;
        if (length < 2)
            return Answer.Incomplete;
        if (input.StartsWith("+OK\r\n"u8))
            return Answer.Stored;
        // "-OOM command not allowed when used memory > 'maxmemory'.\r\n"
        return input.StartsWith("-OOM "u8) ? Answer.Refused : throw Unexpected(input);
    }

    public override Answer ReadGet(
        ReadOnlySpan<byte> input, ReadOnlySpan<byte> key, out int length, out Range value)
    {
        (length, value) = (0, default);
        int line = LineLength(input);
        if (line < 0)
            return Answer.Incomplete;
        if (input[0] != '$' || !Utf8Parser.TryParse(input[1..], out int bytes, out int digits) || digits + 1 != line)
            throw Unexpected(input);
        if (bytes < 0)
        {
            length = line + 2;
            return Answer.Absent;
        }

        length = line + 2 + bytes + 2;
        if (input.Length < length)
            return Answer.Incomplete;
        value = (line + 2)..(line + 2 + bytes);
        return Answer.Found;
    }

    public override long ReadCount(ReadOnlySpan<byte> input, out int length)
    {
        length = LineLength(input) + 2;
        if (length < 2)
            return -1;
        return input[0] == ':' && Utf8Parser.TryParse(input[1..], out long items, out _)
            ? items
            : throw Unexpected(input);
    }
}
