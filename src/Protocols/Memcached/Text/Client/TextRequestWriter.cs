using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Protocols.Memcached.Text.Client;

/// <summary>Writes requests of the text protocol (memcached protocol.txt).</summary>
public static class TextRequestWriter
{
    // Verb, five numbers of up to 20 digits with their blanks, noreply, line ends.
    private const int FrameBytes = 16 + (5 * 21) + 8 + 4;

    /// <summary>Bytes that a request with a key and a value of these lengths takes at most.</summary>
    public static int MaxLength(int keyBytes, int valueBytes = 0) => FrameBytes + keyBytes + valueBytes;

    /// <summary><c>verb key</c>: get, gets, delete.</summary>
    public static void WriteKeyRequest(
        this ref SpanWriter writer, scoped ReadOnlySpan<byte> verb, scoped ReadOnlySpan<byte> key)
    {
        WriteVerb(ref writer, verb, key);
        writer.Write("\r\n"u8);
    }

    /// <summary><c>verb key number</c>: incr and decr by a number, touch to an exptime.</summary>
    public static void WriteNumberRequest(
        this ref SpanWriter writer, scoped ReadOnlySpan<byte> verb, scoped ReadOnlySpan<byte> key, long number)
    {
        WriteVerb(ref writer, verb, key);
        WriteBlankAndNumber(ref writer, number);
        writer.Write("\r\n"u8);
    }

    /// <summary><c>verb exptime key</c>: gat and gats.</summary>
    public static void WriteGetAndTouch(
        this ref SpanWriter writer, scoped ReadOnlySpan<byte> verb, long exptime, scoped ReadOnlySpan<byte> key)
    {
        writer.Write(verb);
        WriteBlankAndNumber(ref writer, exptime);
        writer.Write(" "u8);
        writer.Write(key);
        writer.Write("\r\n"u8);
    }

    /// <summary>A storage request with its value: set, add, replace, append, prepend; with a cas unique: cas.</summary>
    public static void WriteStorage(
        this ref SpanWriter writer, scoped ReadOnlySpan<byte> verb, scoped ReadOnlySpan<byte> key, uint flags,
        long exptime, scoped ReadOnlySpan<byte> value, ulong cas = 0) =>
        value.CopyTo(writer.TakeStorage(verb, key, flags, exptime, value.Length, cas));

    /// <summary>The same with a value of so many bytes, which the caller fills.</summary>
    public static Span<byte> TakeStorage(
        this ref SpanWriter writer, scoped ReadOnlySpan<byte> verb, scoped ReadOnlySpan<byte> key, uint flags,
        long exptime, int valueBytes, ulong cas = 0)
    {
        writer.WriteStorageLine(verb, key, flags, exptime, valueBytes, cas);
        Span<byte> room = writer.Take(valueBytes);
        writer.Write("\r\n"u8);
        return room;
    }

    /// <summary>The line of a storage request. The caller sends the value and the line end behind it.</summary>
    public static void WriteStorageLine(
        this ref SpanWriter writer, scoped ReadOnlySpan<byte> verb, scoped ReadOnlySpan<byte> key, uint flags,
        long exptime, int valueBytes, ulong cas = 0)
    {
        WriteVerb(ref writer, verb, key);
        WriteBlankAndNumber(ref writer, flags);
        WriteBlankAndNumber(ref writer, exptime);
        WriteBlankAndNumber(ref writer, valueBytes);
        if (cas != 0)
        {
            writer.Write(" "u8);
            writer.WriteNumber(cas);
        }

        writer.Write("\r\n"u8);
    }

    private static void WriteVerb(ref SpanWriter writer, scoped ReadOnlySpan<byte> verb, scoped ReadOnlySpan<byte> key)
    {
        writer.Write(verb);
        writer.Write(" "u8);
        writer.Write(key);
    }

    private static void WriteBlankAndNumber(ref SpanWriter writer, long number)
    {
        writer.Write(" "u8);
        writer.WriteNumber(number);
    }
}
