using System.Text;

namespace SessionGateway.Bench.Load.Attacks;

/// <summary>Requests of one client that are meant to keep everybody else waiting.</summary>
/// <param name="Name">Name in the report.</param>
/// <param name="Preparation">Sent once, by the same connection.</param>
/// <param name="Request">Sent again and again; what is answered is read and forgotten.</param>
/// <param name="IsOnTwo">The preparation has a connection of its own, which stays open.</param>
/// <param name="IsByteByByte">Sent once and then followed by single bytes.</param>
internal sealed record Attack(string Name, byte[] Preparation, byte[] Request, bool IsByteByByte = false,
    bool IsOnTwo = false)
{
    private const int Keys = 100_000;
    private const int Names = 1_000_000;

    /// <summary>Requests that have a connection each and are sent again when they are answered.</summary>
    public IReadOnlyList<byte[]> Others { get; init; } = [];

    /// <summary>Each time on a connection of its own, which is closed when all is answered.</summary>
    public bool IsClosedAfterwards { get; init; }

    /// <summary>All attacks that are measured.</summary>
    public static IReadOnlyList<Attack> All()
    {
        byte[] keys = Many(Keys / 1000, i => Resp(["MSET", .. Enumerable.Range(i * 1000, 1000).SelectMany(
            k => (string[])[$"key:{k}", "v"])]));
        byte[] names = Many(Names / 1000, i => Resp(["SUBSCRIBE", .. Enumerable.Range(i * 1000, 1000).Select(
            n => $"channel:{n:00000000}")]));
        byte[] longKeys = Many(4, i => Resp(["SET", new string('a', 60_000) + i, "v"]));
        return
        [
            new("nobody else", [], []),
            new("get, 2,000,000 keys", [], Encoding.ASCII.GetBytes(
                "get " + string.Concat(Enumerable.Repeat("a ", 2_000_000)) + "\r\n")),
            new("MGET, 1,000,000 keys", keys,
                Resp(["MGET", .. Enumerable.Range(0, 1_000_000).Select(i => $"key:{i % Keys}")])),
            new("DEL, 1,000,000 keys", [], Resp(["DEL", .. Enumerable.Range(0, 1_000_000).Select(i => $"key:{i}")])),
            new("MSET, 32,000 pairs", [], Resp(["MSET", .. Enumerable.Range(0, 32_000).SelectMany(
                i => (string[])[$"key:{i}", "v"])])),
            new("EXEC, 21,000 SETs", [], [.. Resp(["MULTI"]), .. Many(21_000, i => Resp(["SET", $"key:{i}", "v"])),
                .. Resp(["EXEC"])]),
            new("200 × KEYS, no match, 100,000 keys", keys, Many(200, _ => Resp(["KEYS", "*nobody*"]))),
            new("KEYS *, 100,000 keys", keys, Resp(["KEYS", "*"])),
            new("SCAN COUNT 2,000,000,000", keys, Resp(["SCAN", "0", "COUNT", "2000000000", "MATCH", "none"])),
            new("KEYS *a{1000}b, keys of 60 KB", longKeys, Many(20, _ => Resp(["KEYS", $"*{new string('a', 1000)}b"]))),
            new("KEYS *a{8000}b, keys of 60 KB", longKeys, Many(20, _ => Resp(["KEYS", $"*{new string('a', 8000)}b"]))),
            new("200 × SETRANGE at 100,000,000", [], Many(200, _ => Resp(["SETRANGE", "large", "100000000", "x"]))),
            new("SETRANGE, growing from 50,000,000", [],
                Many(200, i => Resp(["SETRANGE", "large", $"{50_000_000 + (i * 5000)}", "x"]))),
            new("PUBLISH a{1000}, 400 patterns *a{900}b", Resp(["PSUBSCRIBE", .. Enumerable.Range(0, 400).Select(
                i => $"*{new string('a', 900)}b{i}")]), Many(20, _ => Resp(["PUBLISH", new string('a', 1000), "x"])),
                IsOnTwo: true),
            new("SUBSCRIBE to 1,000,000 channels, RESET", [], [.. names, .. Resp(["RESET"])]),
            new("SUBSCRIBE to 1,000,000 channels, close", [], names) { IsClosedAfterwards = true },
            new("200 × INFO", keys, Many(200, _ => Resp(["INFO"]))),
            new("200 × FLUSHALL", [], Many(200, _ => Resp(["FLUSHALL"]))),
            new("a line of 3.9 MB, then byte by byte", [],
                Encoding.ASCII.GetBytes("get " + new string('a', 100) + string.Concat(
                    Enumerable.Repeat(" a", 1_950_000))), IsByteByByte: true),
            .. ScriptAttacks.All(),
        ];
    }

    /// <summary>The bytes of a RESP request.</summary>
    public static byte[] Resp(string[] words)
    {
        var wire = new StringBuilder($"*{words.Length}\r\n");
        foreach (string word in words)
            wire.Append('$').Append(word.Length).Append("\r\n").Append(word).Append("\r\n");
        return Encoding.ASCII.GetBytes(wire.ToString());
    }

    private static byte[] Many(int count, Func<int, byte[]> request) =>
        [.. Enumerable.Range(0, count).SelectMany(request)];
}
