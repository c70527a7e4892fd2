using System.Buffers.Text;
using System.Runtime.CompilerServices;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>Writes the replies of the text protocol that are more than a constant line.</summary>
public static class TextResponseWriter
{
    // VALUE <key> <flags> <bytes> [<cas unique>]\r\n<data block>\r\n

    /// <summary>Writes an item.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="key">Its key.</param>
    /// <param name="flags">Client flags.</param>
    /// <param name="value">Its value.</param>
    /// <param name="unique">Its cas unique; 0, which no item has, leaves it out.</param>
    public static void WriteValue(
        OutputBuffer output, ReadOnlySpan<byte> key, uint flags, ReadOnlySpan<byte> value, ulong unique)
    {
        WriteLine(output, key, flags, value.Length, unique);
        output.Write(value);
        output.Write("\r\n"u8);
    }

    /// <summary>Writes the line before a value.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="key">Its key.</param>
    /// <param name="flags">Client flags.</param>
    /// <param name="length">Bytes of the value.</param>
    /// <param name="unique">Its cas unique; 0, which no item has, leaves it out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteLine(
        OutputBuffer output, ReadOnlySpan<byte> key, uint flags, int length, ulong unique)
    {
        // One reservation for the whole line: 10 digits of flags and length, 20 of cas, the blanks and line ends.
        Span<byte> line = output.GetSpan(key.Length + 64);
        "VALUE "u8.CopyTo(line);
        int at = 6;
        key.CopyTo(line[at..]);
        at += key.Length;
        line[at++] = (byte)' ';
        at += Number(line[at..], flags);
        line[at++] = (byte)' ';
        at += Number(line[at..], (uint)length);
        if (unique != 0)
        {
            line[at++] = (byte)' ';
            at += Number(line[at..], unique);
        }

        line[at++] = (byte)'\r';
        line[at++] = (byte)'\n';
        output.Advance(at);
    }

    /// <summary>Writes a number as a line: the answer of incr and decr.</summary>
    public static void WriteNumber(OutputBuffer output, ulong number)
    {
        output.WriteNumber(number);
        output.Write("\r\n"u8);
    }

    // STAT <name> <value>\r\n

    /// <summary>Writes a statistic.</summary>
    public static void WriteStat(OutputBuffer output, string name, string value) =>
        output.WriteText($"STAT {name} {value}\r\n");

    // VERSION <version>\r\n

    /// <summary>Writes the version.</summary>
    public static void WriteVersion(OutputBuffer output, ReadOnlySpan<byte> version)
    {
        output.Write("VERSION "u8);
        output.Write(version);
        output.Write("\r\n"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Number(Span<byte> destination, ulong value)
    {
        Utf8Formatter.TryFormat(value, destination, out int written);
        return written;
    }
}
