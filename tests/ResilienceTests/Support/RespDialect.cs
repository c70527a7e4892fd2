using System.Text;

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

    public override byte[] SetHead(string key, int valueBytes) =>
        Encoding.Latin1.GetBytes($"*3\r\n$3\r\nSET\r\n${key.Length}\r\n{key}\r\n${valueBytes}\r\n");

    public override byte[] Get(string key) => Encoding.Latin1.GetBytes($"*2\r\n$3\r\nGET\r\n${key.Length}\r\n{key}\r\n");

    public override byte[] Found(string key, ReadOnlySpan<byte> value) =>
        [.. Encoding.Latin1.GetBytes($"${value.Length}\r\n"), .. value, .. "\r\n"u8];

    public override byte[] Delete(string key) => Encoding.Latin1.GetBytes($"*2\r\n$3\r\nDEL\r\n${key.Length}\r\n{key}\r\n");
}
