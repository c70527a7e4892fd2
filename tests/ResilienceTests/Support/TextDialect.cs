using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>memcached text.</summary>
internal sealed class TextDialect : Dialect
{
    public override string Name => "text";

    public override byte[] Stored => "STORED\r\n"u8.ToArray();

    public override byte[] Refused => "SERVER_ERROR out of memory storing object\r\n"u8.ToArray();

    public override byte[] Missing => "END\r\n"u8.ToArray();

    public override byte[] Deleted => "DELETED\r\n"u8.ToArray();

    public override byte[] SetTail => "\r\n"u8.ToArray();

    public override int Port(RunningGateway gateway) => gateway.AutoPort;

    public override byte[] SetHead(string key, int valueBytes)
    {
        var writer = new SpanWriter(new byte[TextRequestWriter.MaxLength(key.Length)]);
        writer.WriteStorageLine("set"u8, Encoding.Latin1.GetBytes(key), 0, 0, valueBytes);
        return writer.Written.ToArray();
    }

    public override byte[] Get(string key) => Encoding.Latin1.GetBytes($"get {key}\r\n");

    public override byte[] Found(string key, ReadOnlySpan<byte> value) =>
        [.. Encoding.Latin1.GetBytes($"VALUE {key} 0 {value.Length}\r\n"), .. value, .. "\r\nEND\r\n"u8];

    public override byte[] Delete(string key) => Encoding.Latin1.GetBytes($"delete {key}\r\n");
}
