using System.Text;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>A set and a get of a session in one protocol, and what their answers mean. Text is Latin-1.</summary>
internal sealed class SessionProtocol
{
    private SessionProtocol(
        Func<string, string, string> set, Func<string, string> get, string stored, string refused,
        Func<string, string, string> found, string missing)
    {
        Set = set;
        Get = get;
        Stored = stored;
        Refused = refused;
        Found = found;
        Missing = missing;
    }

    /// <summary>All protocols by name.</summary>
    public static IReadOnlyDictionary<string, SessionProtocol> All { get; } = new Dictionary<string, SessionProtocol>
    {
        ["text"] = new(
            (key, value) => $"set {key} 0 0 {value.Length}\r\n{value}\r\n",
            key => $"get {key}\r\n",
            "STORED\r\n",
            "SERVER_ERROR out of memory storing object\r\n",
            (key, value) => $"VALUE {key} 0 {value.Length}\r\n{value}\r\nEND\r\n",
            "END\r\n"),
        ["binary"] = new(
            (key, value) => Packet(0x80, 1, key.Length, 8, 0, new string('\0', 8) + key + value),
            key => Packet(0x80, 0, key.Length, 0, 0, key),
            Packet(0x81, 1, 0, 0, 0, ""),
            Packet(0x81, 1, 0, 0, 0x82, "Out of memory"),
            (_, value) => Packet(0x81, 0, 0, 4, 0, "\0\0\0\0" + value),
            Packet(0x81, 0, 0, 0, 1, "Not found")),
        ["resp"] = new(
            (key, value) => Resp("SET", key, value),
            key => Resp("GET", key),
            "+OK\r\n",
            "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
            (_, value) => $"${value.Length}\r\n{value}\r\n",
            "$-1\r\n"),
    };

    /// <summary>Request: key, value.</summary>
    public Func<string, string, string> Set { get; }

    /// <summary>Request: key.</summary>
    public Func<string, string> Get { get; }

    /// <summary>Answer to a set.</summary>
    public string Stored { get; }

    /// <summary>Answer to a set when memory is full.</summary>
    public string Refused { get; }

    /// <summary>Answer to a get: key, value.</summary>
    public Func<string, string, string> Found { get; }

    /// <summary>Answer to a get of a key that is not there.</summary>
    public string Missing { get; }

    /// <summary>The answer without the cas unique of a binary header, which no client can know.</summary>
    public static string WithoutCas(string answer) => answer.Length >= BinaryHeader.Bytes && answer[0] == 0x81
        ? answer[..16] + new string('\0', 8) + answer[BinaryHeader.Bytes..]
        : answer;

    private static string Packet(byte magic, byte opcode, int keyLength, byte extras, int status, string body)
    {
        var header = new BinaryHeader
        {
            Magic = magic,
            Opcode = (BinaryOpcode)opcode,
            KeyLength = (ushort)keyLength,
            ExtrasLength = extras,
            Status = (ushort)status,
            BodyLength = (uint)body.Length,
        };
        Span<byte> bytes = stackalloc byte[BinaryHeader.Bytes];
        header.Write(bytes);
        return Encoding.Latin1.GetString(bytes) + body;
    }

    private static string Resp(params string[] words) =>
        Encoding.Latin1.GetString(RespRequestWriter.Encode([.. words.Select(Encoding.Latin1.GetBytes)]));
}
