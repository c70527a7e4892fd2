using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;
using SessionGateway.Protocols.Memcached.Text.Client;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Requests of the three protocols as bytes. Strings are Latin-1.</summary>
public static class Requests
{
    /// <summary>RESP: words become an array of bulk strings.</summary>
    public static byte[] Resp(params string[] words) =>
        RespRequestWriter.Encode([.. words.Select(Encoding.Latin1.GetBytes)]);

    /// <summary>memcached text: a storage request with its value.</summary>
    public static byte[] Text(string verb, string key, long exptime, ReadOnlySpan<byte> value)
    {
        var writer = new SpanWriter(new byte[TextRequestWriter.MaxLength(key.Length, value.Length)]);
        writer.WriteStorage(Encoding.Latin1.GetBytes(verb), Encoding.Latin1.GetBytes(key), 0, exptime, value);
        return writer.Written.ToArray();
    }

    /// <summary>memcached binary: any request.</summary>
    public static byte[] Binary(
        BinaryOpcode opcode, uint opaque, string key, ReadOnlySpan<byte> extras = default,
        ReadOnlySpan<byte> value = default, ulong cas = 0)
    {
        var writer = new SpanWriter(new byte[BinaryHeader.Bytes + extras.Length + key.Length + value.Length]);
        writer.WriteRequest(opcode, opaque, Encoding.Latin1.GetBytes(key), extras, value, cas);
        return writer.Written.ToArray();
    }

    /// <summary>memcached binary: set, add or replace with flags 0.</summary>
    public static byte[] Binary(BinaryOpcode opcode, uint opaque, string key, int exptime, ReadOnlySpan<byte> value)
    {
        var writer = new SpanWriter(new byte[BinaryRequestWriter.MaxLength(key.Length, value.Length)]);
        writer.WriteStorage(opcode, opaque, Encoding.Latin1.GetBytes(key), 0, (uint)exptime, value);
        return writer.Written.ToArray();
    }
}
