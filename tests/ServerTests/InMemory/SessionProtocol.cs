using System.Buffers.Binary;
using System.Text;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>A set and a get of a session in one protocol, and what their answers mean. Text is Latin-1.</summary>
internal sealed class SessionProtocol
{
    private const int HeaderBytes = 24;

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
            (key, value) => $"*3\r\n$3\r\nSET\r\n${key.Length}\r\n{key}\r\n${value.Length}\r\n{value}\r\n",
            key => $"*2\r\n$3\r\nGET\r\n${key.Length}\r\n{key}\r\n",
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
    public static string WithoutCas(string answer) => answer.Length >= HeaderBytes && answer[0] == 0x81
        ? answer[..16] + new string('\0', 8) + answer[HeaderBytes..]
        : answer;

    private static string Packet(byte magic, byte opcode, int keyLength, byte extras, int status, string body)
    {
        byte[] header = new byte[HeaderBytes];
        header[0] = magic;
        header[1] = opcode;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)keyLength);
        header[4] = extras;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)status);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), body.Length);
        return Encoding.Latin1.GetString(header) + body;
    }
}
