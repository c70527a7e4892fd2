using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;

namespace SessionGateway.CompatTests.Wire.Dialects;

/// <summary>
/// memcached binary: "set key=foo value=bar flags=1 exp=60 cas={cas1} opaque=7". Fields not given are 0 or empty;
/// extras=HEX replaces the opcode's usual extras; magic, keylen, extlen, datatype, vbucket, bodylen put a lie into the
/// header.
/// </summary>
internal sealed class MemcachedBinaryDialect : IDialect
{
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

        ulong bodyLength = (ulong)(extras.Length + key.Length + value.Length);
        var header = new BinaryHeader
        {
            Magic = (byte)Number(fields, "magic", BinaryHeader.RequestMagic),
            Opcode = (BinaryOpcode)opcode,
            KeyLength = (ushort)Number(fields, "keylen", (ulong)key.Length),
            ExtrasLength = (byte)Number(fields, "extlen", (ulong)extras.Length),
            DataType = (byte)Number(fields, "datatype", 0),
            Status = (ushort)Number(fields, "vbucket", 0),
            BodyLength = (uint)Number(fields, "bodylen", bodyLength),
            Opaque = (uint)Number(fields, "opaque", 0),
            Cas = Number(fields, "cas", 0),
        };
        into.AddRange(Bytes(header));
        into.AddRange(extras);
        into.AddRange(key);
        into.AddRange(value);
    }

    public byte[] Sentinel(int number)
    {
        var header = new BinaryHeader
        {
            Magic = BinaryHeader.RequestMagic,
            Opcode = BinaryOpcode.Noop,
            Opaque = SentinelMark + (uint)number,
        };
        return Bytes(header);
    }

    public bool EndsWithSentinel(ReadOnlySpan<byte> reply, int number, out int start)
    {
        byte[] answer = Sentinel(number);
        answer[0] = BinaryHeader.ResponseMagic;
        start = reply.Length - BinaryHeader.Bytes;
        return reply.EndsWith(answer);
    }

    public void Print(ReadOnlySpan<byte> reply, Recollection memory, List<string> lines)
    {
        while (reply.Length >= BinaryHeader.Bytes)
        {
            uint bodyLength = BinaryHeader.Read(reply).BodyLength;
            if (bodyLength > reply.Length - BinaryHeader.Bytes)
                break;
            int total = BinaryHeader.Bytes + (int)bodyLength;
            lines.Add(PrintOne(reply[..total], memory));
            reply = reply[total..];
        }
        if (reply.Length > 0)
            lines.Add($"(unfinished) {Escapes.Encode(reply)}");
    }

    private static string PrintOne(ReadOnlySpan<byte> packet, Recollection memory)
    {
        var header = BinaryHeader.Read(packet);
        (int keyLength, int extrasLength) = (header.KeyLength, header.ExtrasLength);
        ReadOnlySpan<byte> body = packet[BinaryHeader.Bytes..];
        string cas = memory.See(header.Cas, $"{header.Opaque}");
        var text = new StringBuilder(BinaryOpcodes.Print((byte)header.Opcode));
        text.Append(CultureInfo.InvariantCulture, $" status={header.Status:x4} opaque={header.Opaque} cas={cas}");
        if (header.Magic != BinaryHeader.ResponseMagic)
            text.Append(CultureInfo.InvariantCulture, $" magic=0x{header.Magic:x2}");
        if (header.DataType != 0)
            text.Append(CultureInfo.InvariantCulture, $" datatype={header.DataType}");
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

    private static byte[] Bytes(in BinaryHeader header)
    {
        byte[] bytes = new byte[BinaryHeader.Bytes];
        header.Write(bytes);
        return bytes;
    }

    private static byte[] Extras(byte opcode, Dictionary<string, byte[]> fields)
    {
        var extras = new List<byte>();
        foreach (string field in BinaryOpcodes.Extras(opcode))
        {
            ulong number = Number(fields, field, 0);
            byte[] bytes = new byte[8];
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
