using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SessionGateway.Commands.Memcached;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;

namespace SessionGateway.UnitTests.Commands.Memcached;

internal sealed class BinaryDriver : IMemcachedDriver
{
    private const uint Opaque = 0xCAFEBABE;

    public MemcachedRig Rig { get; } = new(new MemcachedBinaryProcessor());

    public string Store(string verb, string key, string value, uint flags, int exptime, ulong cas)
    {
        byte opcode = verb switch { "set" => 1, "add" => 2, "replace" => 3, "append" => 0x0e, _ => 0x0f };
        byte[] extras = opcode >= 0x0e ? [] : [.. Big(flags), .. Big((uint)exptime)];
        (int status, _, _, _) = Ask(opcode, extras, key, value, cas);
        return (status, verb) switch
        {
            (0, _) => "STORED",
            (1, "replace") when cas == 0 => "NOT_STORED",
            (1, _) => "NOT_FOUND",
            (2, "add") when cas == 0 => "NOT_STORED",
            (2, _) => "EXISTS",
            (5, _) => "NOT_STORED",
            _ => $"status {status}",
        };
    }

    public Found? Get(string key) => Parse(Ask(0x00, [], key, ""));

    public Found? GetAndTouch(string key, int exptime) => Parse(Ask(0x1d, Big((uint)exptime), key, ""));

    public bool Touch(string key, int exptime) => Ask(0x1c, Big((uint)exptime), key, "").Status == 0;

    public bool Delete(string key) => Ask(0x04, [], key, "").Status == 0;

    public string Arithmetic(string verb, string key, ulong delta)
    {
        byte[] extras = new byte[20];
        BinaryPrimitives.WriteUInt64BigEndian(extras, delta);
        extras.AsSpan(16).Fill(0xff);
        (int status, _, byte[] value, _) = Ask((byte)(verb == "incr" ? 5 : 6), extras, key, "");
        return status switch
        {
            0 => BinaryPrimitives.ReadUInt64BigEndian(value).ToString(CultureInfo.InvariantCulture),
            1 => "NOT_FOUND",
            6 => "NON_NUMERIC",
            _ => $"status {status}",
        };
    }

    public void FlushAll(int delay) => Assert.Equal(0, Ask(0x08, Big((uint)delay), "", "").Status);

    public void Dispose() => Rig.Dispose();

    public static byte[] Request(byte opcode, byte[] extras, string key, string value, ulong cas = 0)
    {
        var writer = new SpanWriter(new byte[BinaryHeader.Bytes + extras.Length + key.Length + value.Length]);
        writer.WriteRequest(
            (BinaryOpcode)opcode, Opaque, Encoding.Latin1.GetBytes(key), extras, Encoding.Latin1.GetBytes(value), cas);
        return writer.Written.ToArray();
    }

    private (int Status, byte[] Extras, byte[] Value, ulong Cas) Ask(
        byte opcode, byte[] extras, string key, string value, ulong cas = 0)
    {
        byte[] answer = Rig.Send(Request(opcode, extras, key, value, cas));
        Assert.Equal(ReplyStatus.Done, BinaryReplyReader.TryRead(answer, out BinaryReply reply, out int length));
        Assert.Equal(answer.Length, length);
        Assert.Equal(opcode, (byte)reply.Header.Opcode);
        Assert.Equal(Opaque, reply.Header.Opaque);
        return (reply.Header.Status, reply.Extras.ToArray(), [.. reply.Key, .. reply.Value], reply.Header.Cas);
    }

    private static Found? Parse((int Status, byte[] Extras, byte[] Value, ulong Cas) answer)
    {
        if (answer.Status == 1)
        {
            return null;
        }

        Assert.Equal(0, answer.Status);
        return new Found(
            Encoding.Latin1.GetString(answer.Value), BinaryPrimitives.ReadUInt32BigEndian(answer.Extras), answer.Cas);
    }

    private static byte[] Big(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
