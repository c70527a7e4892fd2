using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SessionGateway.Commands.Memcached;

namespace SessionGateway.UnitTests.Commands.Memcached;

internal sealed class BinaryDriver : IMemcachedDriver
{
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
        byte[] header = new byte[24];
        header[0] = 0x80;
        header[1] = opcode;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)key.Length);
        header[4] = (byte)extras.Length;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), extras.Length + key.Length + value.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(12), 0xCAFEBABE);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(16), cas);
        return [.. header, .. extras, .. Encoding.Latin1.GetBytes(key + value)];
    }

    private (int Status, byte[] Extras, byte[] Value, ulong Cas) Ask(
        byte opcode, byte[] extras, string key, string value, ulong cas = 0)
    {
        byte[] answer = Rig.Send(Request(opcode, extras, key, value, cas));
        Assert.Equal(0x81, answer[0]);
        Assert.Equal(opcode, answer[1]);
        Assert.Equal(0xCAFEBABE, BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(12)));
        Assert.Equal(answer.Length - 24, BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(8)));
        int extrasLength = answer[4];
        return (
            BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(6)), answer[24..(24 + extrasLength)],
            answer[(24 + extrasLength)..], BinaryPrimitives.ReadUInt64BigEndian(answer.AsSpan(16)));
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
