using System.Buffers.Binary;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Protocols.Memcached.Binary.Client;

/// <summary>Writes requests of the binary protocol (memcached protocol_binary.h).</summary>
public static class BinaryRequestWriter
{
    /// <summary>Extras of set, add and replace: client flags and exptime.</summary>
    public const int StorageExtrasBytes = 8;

    // Of increment and decrement.
    private const int MaxExtrasBytes = 20;

    /// <summary>Bytes that a request with a key and a value of these lengths takes at most.</summary>
    public static int MaxLength(int keyBytes, int valueBytes = 0) =>
        BinaryHeader.Bytes + MaxExtrasBytes + keyBytes + valueBytes;

    /// <summary>Any request.</summary>
    public static void WriteRequest(
        this ref SpanWriter writer, BinaryOpcode opcode, uint opaque, scoped ReadOnlySpan<byte> key = default,
        scoped ReadOnlySpan<byte> extras = default, scoped ReadOnlySpan<byte> value = default, ulong cas = 0)
    {
        writer.WriteRequestHead(opcode, opaque, key, extras, value.Length, cas);
        writer.Write(value);
    }

    /// <summary>A request up to its value of so many bytes, which the caller writes or sends.</summary>
    public static void WriteRequestHead(
        this ref SpanWriter writer, BinaryOpcode opcode, uint opaque, scoped ReadOnlySpan<byte> key,
        scoped ReadOnlySpan<byte> extras, int valueBytes, ulong cas = 0)
    {
        var header = new BinaryHeader
        {
            Magic = BinaryHeader.RequestMagic,
            Opcode = opcode,
            KeyLength = (ushort)key.Length,
            ExtrasLength = (byte)extras.Length,
            BodyLength = (uint)(extras.Length + key.Length + valueBytes),
            Opaque = opaque,
            Cas = cas,
        };
        header.Write(writer.Take(BinaryHeader.Bytes));
        writer.Write(extras);
        writer.Write(key);
    }

    /// <summary>Set, add or replace.</summary>
    public static void WriteStorage(
        this ref SpanWriter writer, BinaryOpcode opcode, uint opaque, scoped ReadOnlySpan<byte> key, uint flags,
        uint exptime, scoped ReadOnlySpan<byte> value, ulong cas = 0) =>
        value.CopyTo(writer.TakeStorage(opcode, opaque, key, flags, exptime, value.Length, cas));

    /// <summary>The same with a value of so many bytes, which the caller fills.</summary>
    public static Span<byte> TakeStorage(
        this ref SpanWriter writer, BinaryOpcode opcode, uint opaque, scoped ReadOnlySpan<byte> key, uint flags,
        uint exptime, int valueBytes, ulong cas = 0)
    {
        Span<byte> extras = stackalloc byte[StorageExtrasBytes];
        BinaryPrimitives.WriteUInt32BigEndian(extras, flags);
        BinaryPrimitives.WriteUInt32BigEndian(extras[4..], exptime);
        writer.WriteRequestHead(opcode, opaque, key, extras, valueBytes, cas);
        return writer.Take(valueBytes);
    }

    /// <summary>Increment or decrement.</summary>
    public static void WriteArithmetic(
        this ref SpanWriter writer, BinaryOpcode opcode, uint opaque, scoped ReadOnlySpan<byte> key, ulong delta,
        ulong initial, uint exptime)
    {
        Span<byte> extras = stackalloc byte[MaxExtrasBytes];
        BinaryPrimitives.WriteUInt64BigEndian(extras, delta);
        BinaryPrimitives.WriteUInt64BigEndian(extras[8..], initial);
        BinaryPrimitives.WriteUInt32BigEndian(extras[16..], exptime);
        writer.WriteRequest(opcode, opaque, key, extras);
    }

    /// <summary>Touch, get and touch, flush: the extras are an exptime.</summary>
    public static void WriteTouch(
        this ref SpanWriter writer, BinaryOpcode opcode, uint opaque, scoped ReadOnlySpan<byte> key, uint exptime)
    {
        Span<byte> extras = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(extras, exptime);
        writer.WriteRequest(opcode, opaque, key, extras);
    }
}
