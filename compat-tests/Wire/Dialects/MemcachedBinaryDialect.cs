using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Dialects;

/// <summary>
/// memcached binary: "set key=foo value=bar flags=1 exp=60 cas={cas1} opaque=7". Fields not given are 0 or empty;
/// extras=HEX replaces the opcode's usual extras; magic, keylen, extlen, datatype, vbucket, bodylen put a lie into the
/// header.
/// </summary>
internal sealed class MemcachedBinaryDialect : IDialect
{
    private const int HeaderLength = 24;
    private const byte Noop = 0x0a;
    private const uint SentinelMark = 0x53000000;

    public string Name => "memcached-binary";

    public IReadOnlyList<string> Reset { get; } = ["flush"];

    public IReadOnlyList<string> GeneratedNormalisers { get; } = [];

    public void Encode(string line, Recollection memory, List<byte> into)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        byte opcode = BinaryOpcodes.Parse(words[0]);
        var fields = new Dictionary<string, byte[]>();
        foreach (string word in words.Skip(1))
        {
            int equals = word.IndexOf('=');
            fields.Add(word[..equals], Escapes.Decode(word[(equals + 1)..], memory));
        }
        byte[] extras = fields.TryGetValue("extras", out byte[]? given)
            ? Convert.FromHexString(Encoding.Latin1.GetString(given))
            : Extras(opcode, fields);
        byte[] key = fields.GetValueOrDefault("key", []);
        byte[] value = fields.GetValueOrDefault("value", []);

        var header = new byte[HeaderLength];
        header[0] = (byte)Number(fields, "magic", 0x80);
        header[1] = opcode;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)Number(fields, "keylen", (ulong)key.Length));
        header[4] = (byte)Number(fields, "extlen", (ulong)extras.Length);
        header[5] = (byte)Number(fields, "datatype", 0);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)Number(fields, "vbucket", 0));
        ulong bodyLength = (ulong)(extras.Length + key.Length + value.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), (uint)Number(fields, "bodylen", bodyLength));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(12), (uint)Number(fields, "opaque", 0));
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(16), Number(fields, "cas", 0));
        into.AddRange(header);
        into.AddRange(extras);
        into.AddRange(key);
        into.AddRange(value);
    }

    public byte[] Sentinel(int number)
    {
        var request = new byte[HeaderLength];
        request[0] = 0x80;
        request[1] = Noop;
        BinaryPrimitives.WriteUInt32BigEndian(request.AsSpan(12), SentinelMark + (uint)number);
        return request;
    }

    public bool EndsWithSentinel(ReadOnlySpan<byte> reply, int number, out int start)
    {
        byte[] answer = Sentinel(number);
        answer[0] = 0x81;
        start = reply.Length - HeaderLength;
        return reply.EndsWith(answer);
    }

    public void Print(ReadOnlySpan<byte> reply, Recollection memory, List<string> lines)
    {
        while (reply.Length >= HeaderLength)
        {
            uint bodyLength = BinaryPrimitives.ReadUInt32BigEndian(reply[8..]);
            if (bodyLength > reply.Length - HeaderLength)
                break;
            int total = HeaderLength + (int)bodyLength;
            lines.Add(PrintOne(reply[..total], memory));
            reply = reply[total..];
        }
        if (reply.Length > 0)
            lines.Add($"(unfinished) {Escapes.Encode(reply)}");
    }

    private static string PrintOne(ReadOnlySpan<byte> packet, Recollection memory)
    {
        int keyLength = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        int extrasLength = packet[4];
        ReadOnlySpan<byte> body = packet[HeaderLength..];
        uint opaque = BinaryPrimitives.ReadUInt32BigEndian(packet[12..]);
        string cas = memory.See(BinaryPrimitives.ReadUInt64BigEndian(packet[16..]), $"{opaque}");
        var text = new StringBuilder(BinaryOpcodes.Print(packet[1]));
        text.Append(CultureInfo.InvariantCulture,
            $" status={BinaryPrimitives.ReadUInt16BigEndian(packet[6..]):x4} opaque={opaque} cas={cas}");
        if (packet[0] != 0x81)
            text.Append(CultureInfo.InvariantCulture, $" magic=0x{packet[0]:x2}");
        if (packet[5] != 0)
            text.Append(CultureInfo.InvariantCulture, $" datatype={packet[5]}");
        if (extrasLength + keyLength > body.Length)
            return text.Append(CultureInfo.InvariantCulture,
                $" (extlen {extrasLength} + keylen {keyLength} > body) {Escapes.Encode(body)}").ToString();
        if (extrasLength > 0)
            text.Append(" extras=").Append(Convert.ToHexStringLower(body[..extrasLength]));
        if (keyLength > 0)
            text.Append(" key=").Append(Escapes.Encode(body.Slice(extrasLength, keyLength)));
        if (body.Length > extrasLength + keyLength)
            text.Append(" value=").Append(Escapes.Encode(body[(extrasLength + keyLength)..]));
        return text.ToString();
    }

    private static byte[] Extras(byte opcode, Dictionary<string, byte[]> fields)
    {
        var extras = new List<byte>();
        foreach (string field in BinaryOpcodes.Extras(opcode))
        {
            ulong number = Number(fields, field, 0);
            var bytes = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
            extras.AddRange(field is "delta" or "initial" ? bytes : bytes[4..]);
        }
        return [.. extras];
    }

    private static ulong Number(Dictionary<string, byte[]> fields, string name, ulong otherwise)
    {
        if (!fields.TryGetValue(name, out byte[]? bytes))
            return otherwise;
        string text = Encoding.Latin1.GetString(bytes);
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return text.StartsWith('-')
            ? unchecked((ulong)long.Parse(text, CultureInfo.InvariantCulture))
            : ulong.Parse(text, CultureInfo.InvariantCulture);
    }
}
