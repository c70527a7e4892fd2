using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Protocols.Resp;

/// <summary>
/// Writes replies. Types that only RESP3 has take the version of the connection and become what Redis sends in RESP2.
/// </summary>
public static class RespWriter
{
    // Type byte, 20 digits, line end.
    private const int HeaderBytes = 23;

    /// <summary>Most bytes of a double.</summary>
    public const int MostDoubleBytes = 32;

    // Longer values are copied by the buffer itself, which refuses what passes its limit before it grows.
    private const int InlineBulkBytes = 64 * 1024;

    /// <summary><c>+OK</c>.</summary>
    public static void WriteOk(this OutputBuffer output) => output.Write("+OK\r\n"u8);

    /// <summary><c>+text</c>; the text has no line ends.</summary>
    public static void WriteSimple(this OutputBuffer output, ReadOnlySpan<byte> text)
    {
        output.WriteByte((byte)'+');
        output.Write(text);
        output.Write("\r\n"u8);
    }

    /// <summary><c>:number</c>.</summary>
    public static void WriteInteger(this OutputBuffer output, long value)
    {
        if ((ulong)value < 10)
        {
            Span<byte> span = output.GetSpan(4);
            span[3] = (byte)'\n';
            span[2] = (byte)'\r';
            span[1] = (byte)('0' + value);
            span[0] = (byte)':';
            output.Advance(4);
            return;
        }

        WriteHeader(output, (byte)':', value);
    }

    /// <summary><c>$length</c> and the bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBulk(this OutputBuffer output, ReadOnlySpan<byte> value)
    {
        if (value.Length > InlineBulkBytes)
        {
            WriteLongBulk(output, value);
            return;
        }

        Span<byte> span = output.GetSpan(HeaderBytes + value.Length + 2);
        span[0] = (byte)'$';
        int at = 1 + FormatLength(span[1..], (uint)value.Length);
        span[at] = (byte)'\r';
        span[at + 1] = (byte)'\n';
        value.CopyTo(span[(at + 2)..]);
        at += 2 + value.Length;
        span[at] = (byte)'\r';
        span[at + 1] = (byte)'\n';
        output.Advance(at + 2);
    }

    /// <summary>Most bytes around those of a bulk string of up to 99,999 bytes.</summary>
    public const int MostShortBulkFrame = 10;

    /// <summary>Formats a bulk string of up to 99,999 bytes, <see cref="MostShortBulkFrame"/> bytes longer at
    /// most.</summary>
    /// <returns>Bytes of it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FormatBulk(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        destination[0] = (byte)'$';
        int at = 1 + FormatLength(destination[1..], (uint)value.Length);
        destination[at] = (byte)'\r';
        destination[at + 1] = (byte)'\n';
        value.CopyTo(destination[(at + 2)..]);
        at += 2 + value.Length;
        destination[at] = (byte)'\r';
        destination[at + 1] = (byte)'\n';
        return at + 2;
    }

    /// <summary>Formats what stands before the bytes of a bulk string: <c>$length\r\n</c>, at most 14 bytes.</summary>
    /// <returns>Bytes of it.</returns>
    public static int FormatBulkLength(int length, Span<byte> destination)
    {
        destination[0] = (byte)'$';
        int at = 1 + FormatLength(destination[1..], (uint)length);
        destination[at] = (byte)'\r';
        destination[at + 1] = (byte)'\n';
        return at + 2;
    }

    /// <summary>ASCII or UTF-8 text as a bulk string.</summary>
    public static void WriteBulk(this OutputBuffer output, string text) =>
        output.WriteBulk((ReadOnlySpan<byte>)System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A number as a bulk string.</summary>
    public static void WriteBulkNumber(this OutputBuffer output, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out int length);
        output.WriteBulk(digits[..length]);
    }

    /// <summary>The null of a value: <c>$-1</c>, in RESP3 <c>_</c>.</summary>
    public static void WriteNull(this OutputBuffer output, int version) =>
        output.Write(version == 2 ? "$-1\r\n"u8 : "_\r\n"u8);

    /// <summary>The null of an array: <c>*-1</c>, in RESP3 <c>_</c>.</summary>
    public static void WriteNullArray(this OutputBuffer output, int version) =>
        output.Write(version == 2 ? "*-1\r\n"u8 : "_\r\n"u8);

    /// <summary>Head of an array; its elements follow.</summary>
    public static void WriteArray(this OutputBuffer output, int count) => WriteHeader(output, (byte)'*', count);

    /// <summary>Head of a map; twice as many values follow. RESP2: a flat array.</summary>
    public static void WriteMap(this OutputBuffer output, int pairs, int version) =>
        WriteHeader(output, version == 2 ? (byte)'*' : (byte)'%', version == 2 ? pairs * 2 : pairs);

    /// <summary>Head of a set. RESP2: an array.</summary>
    public static void WriteSet(this OutputBuffer output, int count, int version) =>
        WriteHeader(output, version == 2 ? (byte)'*' : (byte)'~', count);

    /// <summary>Head of a push. RESP2: an array.</summary>
    public static void WritePush(this OutputBuffer output, int count, int version) =>
        WriteHeader(output, version == 2 ? (byte)'*' : (byte)'>', count);

    /// <summary>A truth value. RESP2: 1 or 0.</summary>
    public static void WriteBoolean(this OutputBuffer output, bool value, int version) =>
        output.Write(version == 2 ? (value ? ":1\r\n"u8 : ":0\r\n"u8) : value ? "#t\r\n"u8 : "#f\r\n"u8);

    /// <summary>A double, as <c>%.17g</c> prints it. RESP2: a bulk string.</summary>
    public static void WriteDouble(this OutputBuffer output, double value, int version)
    {
        Span<byte> text = stackalloc byte[MostDoubleBytes];
        text = text[..FormatDouble(value, text)];
        if (version == 2)
        {
            output.WriteBulk(text);
            return;
        }

        output.WriteByte((byte)',');
        output.Write(text);
        output.Write("\r\n"u8);
    }

    /// <summary>A double as C's <c>%.17g</c> prints it, into at least <see cref="MostDoubleBytes"/>.</summary>
    /// <returns>Bytes of it.</returns>
    public static int FormatDouble(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            ReadOnlySpan<byte> word = double.IsNaN(value) ? "nan"u8 : value > 0 ? "inf"u8 : "-inf"u8;
            word.CopyTo(destination);
            return word.Length;
        }

        // Below 10^17 a whole number has no more than the 17 digits.
        if (Math.Abs(value) < 1e15 && value == Math.Floor(value) && (value != 0 || !double.IsNegative(value)))
        {
            Utf8Formatter.TryFormat((long)value, destination, out int digits);
            return digits;
        }

        value.TryFormat(destination, out int length, "G17", CultureInfo.InvariantCulture);
        int exponent = destination[..length].IndexOf((byte)'E');
        if (exponent >= 0)
        {
            destination[exponent] = (byte)'e';
        }

        return length;
    }

    /// <summary>Text with its format of three letters. RESP2: a bulk string without the format.</summary>
    public static void WriteVerbatim(
        this OutputBuffer output, ReadOnlySpan<byte> format, ReadOnlySpan<byte> text, int version)
    {
        if (version == 2)
        {
            output.WriteBulk(text);
            return;
        }

        WriteHeader(output, (byte)'=', text.Length + 4);
        output.Write(format);
        output.WriteByte((byte)':');
        output.Write(text);
        output.Write("\r\n"u8);
    }

    /// <summary>What stands before the bytes of a bulk string, which follow with a line end.</summary>
    public static void WriteBulkLength(this OutputBuffer output, int length) =>
        WriteHeader(output, (byte)'$', length);

    private static void WriteLongBulk(OutputBuffer output, ReadOnlySpan<byte> value)
    {
        WriteHeader(output, (byte)'$', value.Length);
        output.Write(value);
        output.Write("\r\n"u8);
    }

    private static void WriteHeader(OutputBuffer output, byte type, long number)
    {
        Span<byte> span = output.GetSpan(HeaderBytes);
        span[0] = type;
        Utf8Formatter.TryFormat(number, span[1..], out int digits);
        span[digits + 1] = (byte)'\r';
        span[digits + 2] = (byte)'\n';
        output.Advance(digits + 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FormatLength(Span<byte> span, uint length)
    {
        if (length < 10)
        {
            span[0] = (byte)('0' + length);
            return 1;
        }

        if (length < 100)
        {
            (uint tens, uint ones) = Math.DivRem(length, 10);
            span[1] = (byte)('0' + ones);
            span[0] = (byte)('0' + tens);
            return 2;
        }

        Utf8Formatter.TryFormat(length, span, out int digits);
        return digits;
    }
}
