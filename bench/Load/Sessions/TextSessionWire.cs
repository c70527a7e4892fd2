using System.Buffers.Text;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>memcached's text protocol.</summary>
internal sealed class TextSessionWire : SessionWire
{
    public override string Name => "text";

    public override Family Family => Family.Memcached;

    public override ReadOnlySpan<byte> CountRequest => "stats\r\n"u8;

    public override ReadOnlySpan<byte> FlushRequest => "flush_all\r\n"u8;

    public override ReadOnlySpan<byte> FlushReply => "OK\r\n"u8;

    public override int WriteSet(Span<byte> destination, SessionSet sessions, int session, Expiry expiry)
    {
        Cursor cursor = new(destination);
        cursor.Add("set "u8);
        cursor.Add(sessions.Key(session));
        cursor.Add(" 0 "u8);
        cursor.AddNumber(expiry.Exptime);
        cursor.Add(" "u8);
        cursor.AddNumber(sessions.LengthOf(session));
        cursor.Add("\r\n"u8);
        sessions.CopyValue(cursor.Take(sessions.LengthOf(session)), session);
        cursor.Add("\r\n"u8);
        return cursor.Length;
    }

    public override int WriteGet(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        Cursor cursor = new(destination);
        cursor.Add("get "u8);
        cursor.Add(key);
        cursor.Add("\r\n"u8);
        return cursor.Length;
    }

    public override Answer ReadSet(ReadOnlySpan<byte> input, out int length)
    {
        length = LineLength(input) + 2;
        if (length < 2)
            return Answer.Incomplete;
        if (input.StartsWith("STORED\r\n"u8))
            return Answer.Stored;
        // "SERVER_ERROR out of memory storing object\r\n"
        return input.StartsWith("SERVER_ERROR out of memory"u8) ? Answer.Refused : throw Unexpected(input);
    }

    // VALUE <key> <flags> <bytes>\r\n<data block>\r\nEND\r\n
    public override Answer ReadGet(
        ReadOnlySpan<byte> input, ReadOnlySpan<byte> key, out int length, out Range value)
    {
        (length, value) = (0, default);
        int line = LineLength(input);
        if (line < 0)
            return Answer.Incomplete;
        if (input.StartsWith("END\r\n"u8))
        {
            length = 5;
            return Answer.Absent;
        }

        ReadOnlySpan<byte> header = input[..line];
        int numbers = 6 + key.Length;
        if (!header.StartsWith("VALUE "u8) || !header[6..].StartsWith(key) || !header[numbers..].StartsWith(" 0 "u8)
            || !Utf8Parser.TryParse(header[(numbers + 3)..], out int bytes, out int digits)
            || numbers + 3 + digits != line)
            throw Unexpected(input);

        int end = line + 2 + bytes;
        length = end + 7;
        if (input.Length < length)
            return Answer.Incomplete;
        value = (line + 2)..end;
        return input[end..].StartsWith("\r\nEND\r\n"u8) ? Answer.Found : throw Unexpected(input[end..]);
    }

    // STAT <name> <value>\r\n … END\r\n
    public override long ReadCount(ReadOnlySpan<byte> input, out int length)
    {
        length = input.Length;
        if (!input.EndsWith("\r\nEND\r\n"u8))
            return -1;
        ReadOnlySpan<byte> name = "STAT curr_items "u8;
        int at = input.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(input[(at + name.Length)..], out long items, out _)
            ? items
            : throw Unexpected(input);
    }
}
