using System.Text;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// memcached binary requests over a few keys. The opaque is the key's number, so that {cas:n} means that key's last cas
/// unique. Unknown opcodes carry neither key nor extras: memcached 1.6 swallows as many bytes too much as they have.
/// </summary>
internal sealed class MemcachedBinaryGenerator : IRequestGenerator
{
    // Below 2^63 also when many are added: above, memcached 1.6.18 looks for a minus sign behind the end of the value.
    private static readonly string[] Numbers = ["0", "1", "2", "5", "10", "99", "100", "65535", "1000000000000000"];

    public string Next(Random random) => random.Weighted(
        (25, () => Get(random)),
        (30, () => Storage(random)),
        (12, () => Arithmetic(random)),
        (6, () => Delete(random)),
        (8, () => Touch(random)),
        (6, () => $"> {random.Of("append", "append", "prepend", "appendq", "prependq")} {Key(random)} {Value(random)}"
            + Cas(random)),
        (3, () => $"> noop opaque={random.Next()}"),
        (1, () => $"> {random.Of("flush", "flushq")} opaque=9"),
        (2, () => $"> {random.Of("0x1f", "0x25", "0x55", "0xff", "0x3f")} {Value(random)} opaque=77"));

    // memcached pads a shrunk number with blanks only when no earlier answer in the same write holds the item.
    public bool MayFollow(string line, IReadOnlyList<string> before)
    {
        bool changesNumber = line.StartsWith("> incr", StringComparison.Ordinal)
            || line.StartsWith("> decr", StringComparison.Ordinal);
        if (!changesNumber)
            return true;
        string key = line.Split(' ')[2];
        return !before.Any(earlier => earlier.StartsWith("> g", StringComparison.Ordinal) && earlier.Contains(key));
    }

    public string NextBreaking(Random random) => random.Weighted(
        (2, () => $"> {random.Of("quit", "quitq")} opaque=8"),
        (2, () => $"> {random.Of("get", "getq", "getk", "delete", "deleteq")} {Key(random)} extras=00000000"),
        (2, () => $"> {random.Of("set", "add", "replace", "setq")} {Key(random)} value=a"
            + $" extras={random.Of("", "00", "00000000")}"),
        (2, () => $"> {random.Of("increment", "decrementq")} {Key(random)} extras={random.Of("", "0000000000000001")}"),
        (2, () => $"> {random.Of("touch", "gat", "gatq")} {Key(random)} extras={random.Of("", "0000")}"),
        (2, () => $"> {random.Of("get", "set", "delete", "increment", "touch", "append", "gat")} opaque=4"),
        (2, () => $"> {random.Of("get", "set", "delete", "increment", "touch")} key={{k*251}}"),
        (1, () => $"> {random.Of("noop", "version")} value=abc"),
        (1, () => $"> noop magic={random.Of("0x81", "0x00", "0x67")}"),
        (1, () => $"> set {Key(random)} value=abc bodylen={random.Next(100, 5000)}"),
        (1, () => ">> \\x80\\x00\\0\\x02"),
        (1, () => $"> get {Key(random)} value=abc"));

    private static string Get(Random random) =>
        $"> {random.Of("get", "get", "getk", "getq", "getkq")} {Key(random)}{(random.OneIn(20) ? " cas=5" : "")}";

    private static string Storage(Random random) =>
        $"> {random.Of("set", "set", "set", "setq", "add", "addq", "replace", "replaceq")} {Key(random)}"
        + $" {Value(random)} flags={random.Of("0", "1", "768", "0xffffffff")} exp={Exptime(random)}{Cas(random)}"
        + (random.OneIn(30) ? $" datatype={random.Next(6)}" : "") + (random.OneIn(30) ? " vbucket=3" : "");

    private static string Arithmetic(Random random) =>
        $"> {random.Of("increment", "decrement", "incrementq", "decrementq")} {Key(random)} delta={random.Of(Numbers)}"
        + $" initial={random.Of(Numbers)} exp={(random.OneIn(3) ? "0xffffffff" : Exptime(random))}{Cas(random)}";

    private static string Delete(Random random) => $"> {random.Of("delete", "deleteq")} {Key(random)}{Cas(random)}";

    private static string Touch(Random random) =>
        $"> {random.Of("touch", "gat", "gatq", "gatk", "gatkq")} {Key(random)} exp={Exptime(random)}";

    private static string Key(Random random)
    {
        int number = random.Next(8);
        string key = number switch
        {
            6 => "{k*250}",
            7 => "\\0\\s\\r\\n\\xff",
            _ => $"k{number}",
        };
        return $"key={key} opaque={number}";
    }

    private static string Value(Random random)
    {
        byte[] bytes = random.Next(8) switch
        {
            0 => [],
            1 or 2 or 3 => Encoding.Latin1.GetBytes(random.Of(Numbers)),
            4 => Encoding.Latin1.GetBytes(random.Of("007", "-5", "1.5", "abc", "12abc")),
            5 => Encoding.Latin1.GetBytes(new string('v', random.Of(100, 1000, 5000, 20000))),
            _ => random.Noise(40),
        };
        return $"value={Escapes.Encode(bytes).Replace(" ", "\\s")}";
    }

    private static string Cas(Random random) => random.Next(12) switch
    {
        0 => " cas=5",
        1 => $" cas={{cas{random.Next(1, 20)}}}",
        2 or 3 => $" cas={{cas:{random.Next(8)}}}",
        _ => "",
    };

    private static string Exptime(Random random) => random.Next(10) switch
    {
        0 => "2592001",
        1 => "2678400",
        2 => "2592000",
        3 => "2000000000",
        4 => "1000000000",
        _ => random.Of("0", "1000", "100000"),
    };
}
