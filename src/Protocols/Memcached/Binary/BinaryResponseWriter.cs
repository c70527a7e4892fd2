using System.Buffers.Binary;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Protocols.Memcached.Binary;

/// <summary>Writes responses of the binary protocol.</summary>
public static class BinaryResponseWriter
{
    private const byte ResponseMagic = 0x81;

    /// <summary>Writes a response header; extras, key and value follow.</summary>
    private static void WriteHeader(
        OutputBuffer output, in BinaryRequest request, BinaryStatus status, int extrasLength, int keyLength,
        int valueLength, ulong cas)
    {
        Span<byte> header = output.GetSpan(BinaryRequest.HeaderBytes);
        header[0] = ResponseMagic;
        header[1] = (byte)request.Opcode;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)keyLength);
        header[4] = (byte)extrasLength;
        header[5] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)status);
        BinaryPrimitives.WriteInt32BigEndian(header[8..], extrasLength + keyLength + valueLength);
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], request.Opaque);
        BinaryPrimitives.WriteUInt64BigEndian(header[16..], cas);
        output.Advance(BinaryRequest.HeaderBytes);
    }

    /// <summary>Writes a response with only a value.</summary>
    public static void WriteValue(OutputBuffer output, in BinaryRequest request, ReadOnlySpan<byte> value,
        ulong cas = 0)
    {
        WriteHeader(output, request, BinaryStatus.Success, 0, 0, value.Length, cas);
        output.Write(value);
    }

    // extras: flags 4

    /// <summary>Writes an item: flags, key if asked for, value.</summary>
    public static void WriteItem(
        OutputBuffer output, in BinaryRequest request, uint flags, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        ulong cas)
    {
        WriteItemHead(output, request, flags, key, value.Length, cas);
        output.Write(value);
    }

    /// <summary>Writes what stands before an item's value.</summary>
    public static void WriteItemHead(
        OutputBuffer output, in BinaryRequest request, uint flags, ReadOnlySpan<byte> key, int valueLength, ulong cas)
    {
        WriteHeader(output, request, BinaryStatus.Success, 4, key.Length, valueLength, cas);
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), flags);
        output.Advance(4);
        output.Write(key);
    }

    /// <summary>Writes a response of a header alone.</summary>
    public static void WriteDone(OutputBuffer output, in BinaryRequest request, ulong cas = 0) =>
        WriteHeader(output, request, BinaryStatus.Success, 0, 0, 0, cas);

    /// <summary>Writes a response with a key and a value: a statistic.</summary>
    public static void WritePair(
        OutputBuffer output, in BinaryRequest request, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        WriteHeader(output, request, BinaryStatus.Success, 0, key.Length, value.Length, 0);
        output.Write(key);
        output.Write(value);
    }

    /// <summary>Writes that there is no such key, with the key.</summary>
    public static void WriteMissingKey(OutputBuffer output, in BinaryRequest request)
    {
        WriteHeader(output, request, BinaryStatus.KeyNotFound, 0, request.KeyLength, 0, 0);
        output.Write(request.Key);
    }

    /// <summary>Writes an error with memcached's text for it.</summary>
    public static void WriteError(OutputBuffer output, in BinaryRequest request, BinaryStatus status)
    {
        ReadOnlySpan<byte> text = Text(status);
        WriteHeader(output, request, status, 0, 0, text.Length, 0);
        output.Write(text);
    }

    private static ReadOnlySpan<byte> Text(BinaryStatus status) => status switch
    {
        BinaryStatus.KeyNotFound => "Not found"u8,
        BinaryStatus.KeyExists => "Data exists for key."u8,
        BinaryStatus.TooLarge => "Too large."u8,
        BinaryStatus.InvalidArguments => "Invalid arguments"u8,
        BinaryStatus.NotStored => "Not stored."u8,
        BinaryStatus.NonNumeric => "Non-numeric server-side value for incr or decr"u8,
        BinaryStatus.AuthError => "Auth failure."u8,
        BinaryStatus.UnknownCommand => "Unknown command"u8,
        BinaryStatus.OutOfMemory => "Out of memory"u8,
        BinaryStatus.TemporaryFailure => "Temporary failure"u8,
        _ => default,
    };
}
