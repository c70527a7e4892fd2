using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>RESP2.</summary>
internal sealed class RespDialect : Dialect
{
    public override string Name => "resp";

    public override byte[] Stored => "+OK\r\n"u8.ToArray();

    public override byte[] Refused => "-OOM command not allowed when used memory > 'maxmemory'.\r\n"u8.ToArray();

    public override byte[] Missing => "$-1\r\n"u8.ToArray();

    public override byte[] Deleted => ":1\r\n"u8.ToArray();

    public override byte[] SetTail => "\r\n"u8.ToArray();

    public override int Port(RunningGateway gateway) => gateway.RespPort;

    public override byte[] SetHead(string key, int valueBytes)
    {
        var writer = new SpanWriter(new byte[RespRequestWriter.MaxLength(3, 3 + key.Length)]);
        writer.WriteCommand(3);
        writer.WriteArgument("SET"u8);
        writer.WriteArgument(Encoding.Latin1.GetBytes(key));
        writer.WriteArgumentHead(valueBytes);
        return writer.Written.ToArray();
    }

    public override byte[] Get(string key) => Requests.Resp("GET", key);

    public override byte[] Found(string key, ReadOnlySpan<byte> value) =>
        [.. Encoding.Latin1.GetBytes($"${value.Length}\r\n"), .. value, .. "\r\n"u8];

    public override byte[] Delete(string key) => Requests.Resp("DEL", key);
}
