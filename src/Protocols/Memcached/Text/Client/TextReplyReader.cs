using System.Buffers.Text;

namespace SessionGateway.Protocols.Memcached.Text.Client;

/// <summary>Reads replies of the text protocol (memcached protocol.txt); nothing is kept between calls.</summary>
public static class TextReplyReader
{
    /// <summary>Longest line that is read: memcached's longest are a key of 250 bytes with numbers around it.</summary>
    public const int MaxLineBytes = 4096;

    /// <summary>Longest data block that is read, as long as memcached lets an item be (-I 1g).</summary>
    public const int MaxValueBytes = 1 << 30;

    /// <summary>Reads the line at the start of the input, with its data block.</summary>
    /// <param name="input">Received bytes.</param>
    /// <param name="reply">What it says; points into the input.</param>
    /// <param name="length">Bytes of it; after <see cref="ReplyStatus.NeedMoreData"/> bytes from which a new attempt is
    /// worth while.</param>
    public static ReplyStatus TryRead(ReadOnlySpan<byte> input, out TextReply reply, out int length)
    {
        reply = default;
        length = 0;
        int end = input.IndexOf((byte)'\n');
        if (end < 0)
        {
            length = input.Length + 1;
            return input.Length > MaxLineBytes ? ReplyStatus.Fatal : ReplyStatus.NeedMoreData;
        }

        if (end == 0 || end > MaxLineBytes || input[end - 1] != (byte)'\r')
        {
            return ReplyStatus.Fatal;
        }

        ReadOnlySpan<byte> line = input[..(end - 1)];
        if (!line.StartsWith("VALUE "u8))
        {
            reply = new TextReply { Line = line };
            length = end + 1;
            return ReplyStatus.Done;
        }

        return TryReadValue(input, line, out reply, out length);
    }

    // VALUE <key> <flags> <bytes> [<cas unique>]\r\n<data block>\r\n
    private static ReplyStatus TryReadValue(
        ReadOnlySpan<byte> input, ReadOnlySpan<byte> line, out TextReply reply, out int length)
    {
        reply = default;
        length = 0;
        ReadOnlySpan<byte> rest = line["VALUE ".Length..];
        int keyBytes = rest.IndexOf((byte)' ');
        if (keyBytes <= 0)
        {
            return ReplyStatus.Fatal;
        }

        ReadOnlySpan<byte> key = rest[..keyBytes];
        rest = rest[keyBytes..];
        if (!TryTakeNumber(ref rest, uint.MaxValue, out ulong flags)
            || !TryTakeNumber(ref rest, MaxValueBytes, out ulong bytes))
        {
            return ReplyStatus.Fatal;
        }

        ulong cas = 0;
        if (!rest.IsEmpty && (!TryTakeNumber(ref rest, ulong.MaxValue, out cas) || !rest.IsEmpty))
        {
            return ReplyStatus.Fatal;
        }

        int start = line.Length + 2;
        length = start + (int)bytes + 2;
        if (input.Length < length)
        {
            return ReplyStatus.NeedMoreData;
        }

        reply = new TextReply
        {
            Line = line,
            IsValue = true,
            Key = key,
            Flags = (uint)flags,
            Cas = cas,
            Value = input.Slice(start, (int)bytes),
        };
        return input[(length - 2)..].StartsWith("\r\n"u8) ? ReplyStatus.Done : ReplyStatus.Fatal;
    }

    // A blank and digits.
    private static bool TryTakeNumber(ref ReadOnlySpan<byte> rest, ulong most, out ulong number)
    {
        number = 0;
        if (rest.Length < 2 || rest[0] != (byte)' ' || !Utf8Parser.TryParse(rest[1..], out number, out int digits)
            || number > most || rest[1] == (byte)'+')
        {
            return false;
        }

        rest = rest[(1 + digits)..];
        return rest.IsEmpty || rest[0] == (byte)' ';
    }
}
