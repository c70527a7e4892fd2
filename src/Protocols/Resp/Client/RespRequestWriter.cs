using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Protocols.Resp.Client;

/// <summary>Writes requests: arrays of bulk strings, <c>*count</c> and for each argument <c>$length</c> and its
/// bytes.</summary>
public static class RespRequestWriter
{
    private const int MostDigits = 20;

    // *count, line end
    private const int HeadBytes = 1 + MostDigits + 2;

    // $length, line end, line end behind the bytes
    private const int FrameBytes = 1 + MostDigits + 2 + 2;

    /// <summary>Bytes that a request of so many arguments, so many bytes together, takes at most.</summary>
    public static int MaxLength(int count, int argumentBytes) => HeadBytes + (count * FrameBytes) + argumentBytes;

    /// <summary>The head of a request; its arguments follow, the first of them the command.</summary>
    public static void WriteCommand(this ref SpanWriter writer, int count)
    {
        writer.Write("*"u8);
        writer.WriteNumber(count);
        writer.Write("\r\n"u8);
    }

    /// <summary>An argument.</summary>
    public static void WriteArgument(this ref SpanWriter writer, scoped ReadOnlySpan<byte> argument) =>
        argument.CopyTo(writer.TakeArgument(argument.Length));

    /// <summary>A number as an argument.</summary>
    public static void WriteArgument(this ref SpanWriter writer, long number)
    {
        var digits = new SpanWriter(stackalloc byte[MostDigits]);
        digits.WriteNumber(number);
        writer.WriteArgument(digits.Written);
    }

    /// <summary>An argument of so many bytes, which the caller fills.</summary>
    public static Span<byte> TakeArgument(this ref SpanWriter writer, int length)
    {
        writer.WriteArgumentHead(length);
        Span<byte> room = writer.Take(length);
        writer.Write("\r\n"u8);
        return room;
    }

    /// <summary>What stands before an argument. The caller sends its bytes and the line end behind them.</summary>
    public static void WriteArgumentHead(this ref SpanWriter writer, int length)
    {
        writer.Write("$"u8);
        writer.WriteNumber(length);
        writer.Write("\r\n"u8);
    }

    /// <summary>A request of its own.</summary>
    public static byte[] Encode(params ReadOnlySpan<byte[]> arguments)
    {
        int bytes = 0;
        foreach (byte[] argument in arguments)
        {
            bytes += argument.Length;
        }

        var writer = new SpanWriter(new byte[MaxLength(arguments.Length, bytes)]);
        writer.WriteCommand(arguments.Length);
        foreach (byte[] argument in arguments)
        {
            writer.WriteArgument(argument);
        }

        return writer.Written.ToArray();
    }
}
