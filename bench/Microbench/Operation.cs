using System.Buffers.Binary;
using System.Text;

namespace SessionGateway.Bench.Microbench;

/// <summary>A request as bytes, the length of its reply, and how often the request stands in it.</summary>
/// <param name="Name">As budgets.json has it.</param>
/// <param name="Preparation">Sent once before.</param>
/// <param name="Request">One request.</param>
public sealed record Operation(string Name, byte[] Preparation, byte[] Request)
{
    /// <summary>True when it changes the item.</summary>
    public bool Writes => !Name.EndsWith("get", StringComparison.OrdinalIgnoreCase);

    private const string Key = "PHPREDIS_SESSION:0123456789abcdef0123456";

    private static readonly string Value = new('v', 1024);

    /// <summary>The operations whose cost is promised: 40-byte keys, 1 KB values, 1440 s.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        Text("memcached-text get", $"get {Key}\r\n"),
        Text("memcached-text set", $"set {Key} 0 1440 {Value.Length}\r\n{Value}\r\n"),
        Text("memcached-text touch", $"touch {Key} 1440\r\n"),
        new("memcached-binary get", BinarySet(), Binary(0x00, [], "")),
        new("memcached-binary set", BinarySet(), BinarySet()),
        new("memcached-binary touch", BinarySet(), Binary(0x1c, [0, 0, 5, 0xa0], "")),
        Resp("resp GET", "GET", Key),
        Resp("resp SETEX", "SETEX", Key, "1440", Value),
        Resp("resp EXPIRE", "EXPIRE", Key, "1440"),
    ];

    private static Operation Text(string name, string request) => new(
        name, Encoding.ASCII.GetBytes($"set {Key} 0 1440 {Value.Length}\r\n{Value}\r\n"),
        Encoding.ASCII.GetBytes(request));

    private static Operation Resp(string name, params string[] words) =>
        new(name, RespRequest("SETEX", Key, "1440", Value), RespRequest(words));

    private static byte[] RespRequest(params string[] words) => Encoding.ASCII.GetBytes(
        $"*{words.Length}\r\n{string.Concat(words.Select(w => $"${w.Length}\r\n{w}\r\n"))}");

    private static byte[] BinarySet() => Binary(0x01, [0, 0, 0, 0, 0, 0, 5, 0xa0], Value);

    private static byte[] Binary(byte opcode, byte[] extras, string value)
    {
        byte[] request = new byte[24 + extras.Length + Key.Length + value.Length];
        request[0] = 0x80;
        request[1] = opcode;
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), (ushort)Key.Length);
        request[4] = (byte)extras.Length;
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(8), request.Length - 24);
        extras.CopyTo(request, 24);
        Encoding.ASCII.GetBytes(Key).CopyTo(request, 24 + extras.Length);
        Encoding.ASCII.GetBytes(value).CopyTo(request, 24 + extras.Length + Key.Length);
        return request;
    }
}
