using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>A message on its way: written once for each version of the protocol, whoever gets it.</summary>
internal ref struct PublishedMessage(byte[]? pattern, ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _channel = channel;
    private readonly ReadOnlySpan<byte> _message = message;
    private byte[]? _resp2;
    private byte[]? _resp3;

    /// <summary>The bytes for a connection.</summary>
    public byte[] For(int version) => version == 2 ? _resp2 ??= Write(2) : _resp3 ??= Write(3);

    private readonly byte[] Write(int version)
    {
        int size = 96 + (pattern?.Length ?? 0) + _channel.Length + _message.Length;
        var output = new OutputBuffer(size, int.MaxValue);
        output.WritePush(pattern is null ? 3 : 4, version);
        if (pattern is null)
        {
            output.WriteBulk("message"u8);
        }
        else
        {
            output.WriteBulk("pmessage"u8);
            output.WriteBulk((ReadOnlySpan<byte>)pattern);
        }

        output.WriteBulk(_channel);
        output.WriteBulk(_message);
        return output.Written.ToArray();
    }
}
