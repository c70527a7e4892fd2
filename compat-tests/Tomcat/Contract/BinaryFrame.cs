using System.Buffers.Binary;
using System.Text;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>Requests of the memcached binary protocol as spymemcached builds them.</summary>
internal static class BinaryFrame
{
    /// <summary>Bytes of a header.</summary>
    public const int Header = 24;

    public const byte Get = 0x00;
    public const byte Set = 0x01;
    public const byte Add = 0x02;
    public const byte Delete = 0x04;
    public const byte SaslAuth = 0x21;

    /// <summary>A request with flags 0 and an exptime, as set and add have it.</summary>
    public static byte[] Storage(byte opcode, uint opaque, string key, int exptime, ReadOnlySpan<byte> value)
    {
        Span<byte> extras = stackalloc byte[8];
        extras.Clear();
        BinaryPrimitives.WriteInt32BigEndian(extras[4..], exptime);
        return Request(opcode, opaque, key, extras, value);
    }

    /// <summary>Any request.</summary>
    public static byte[] Request(
        byte opcode, uint opaque, string key, ReadOnlySpan<byte> extras = default, ReadOnlySpan<byte> value = default)
    {
        var frame = new byte[Header + extras.Length + key.Length + value.Length];
        frame[0] = 0x80;
        frame[1] = opcode;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)key.Length);
        frame[4] = (byte)extras.Length;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(8), frame.Length - Header);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(12), opaque);
        extras.CopyTo(frame.AsSpan(Header));
        Encoding.Latin1.GetBytes(key, frame.AsSpan(Header + extras.Length));
        value.CopyTo(frame.AsSpan(Header + extras.Length + key.Length));
        return frame;
    }
}
