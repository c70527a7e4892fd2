using System.Buffers.Text;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>Channel and message of PUBLISH as two bulk strings: the part that all listeners share.</summary>
internal static class PublishedBody
{
    /// <summary>The bytes, in an array of exactly their size.</summary>
    public static byte[] Of(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
    {
        byte[] body = GC.AllocateUninitializedArray<byte>(BulkBytes(channel) + BulkBytes(message));
        int at = WriteBulk(body, channel);
        WriteBulk(body.AsSpan(at), message);
        return body;
    }

    // $<digits>\r\n<bytes>\r\n
    private static int BulkBytes(ReadOnlySpan<byte> value)
    {
        int digits = 1;
        for (int rest = value.Length / 10; rest > 0; rest /= 10)
        {
            digits++;
        }

        return 1 + digits + 2 + value.Length + 2;
    }

    private static int WriteBulk(Span<byte> destination, ReadOnlySpan<byte> value)
    {
        destination[0] = (byte)'$';
        Utf8Formatter.TryFormat(value.Length, destination[1..], out int digits);
        int at = 1 + digits;
        "\r\n"u8.CopyTo(destination[at..]);
        value.CopyTo(destination[(at + 2)..]);
        at += 2 + value.Length;
        "\r\n"u8.CopyTo(destination[at..]);
        return at + 2;
    }
}
