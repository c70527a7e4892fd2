using System.Text;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// memcached text requests over a few keys. Expiry times are long, 0, negative or past, so that no reply depends on
/// when it is asked for. Left out are accidents of memcached: incr of a blank value reads what lies behind it, NUL ends
/// a line early, a too long key in a get takes the answers to earlier requests with it, and lines of more than 2048
/// bytes are refused or not depending on how they arrive (hence no long data after a header that may be refused). The
/// data of a refused line is marked (<see cref="RefusedData"/>).
/// </summary>
internal sealed class MemcachedTextGenerator : IRequestGenerator
{
    private const string LongValue = "{v*20000}";

    // Below 2^63 also when many are added: above, memcached 1.6.18 looks for a minus sign behind the end of the value.
    private static readonly string[] Numbers =
        ["0", "1", "2", "5", "9", "10", "99", "100", "1000", "65535", "4294967295", "4294967296", "1000000000000000"];

    private static readonly string[] BadNumbers =
        ["abc", "-1", "1x", "x1", "1.5", "0x1", "18446744073709551616", "--1"];

    public string Next(Random random) => random.Weighted(
        (28, () => Storage(random)),
        (2, () => LongStorage(random)),
        (25, () => Get(random)),
        (6, () => $"> gat {AnyExptime(random)} {Keys(random)}"),
        (4, () => $"> gats {Exptime(random)} {Keys(random)}"),
        (12, () => $"> {random.Of("incr", "decr")} {Key(random)} {Delta(random)}{NoReply(random)}"),
        (6, () => $"> delete {Key(random)}{random.Of("", "", "", " 0", " 5", " x")}{NoReply(random)}"),
        (6, () => $"> touch {Key(random)} {AnyExptime(random)}{NoReply(random)}"),
        (1, () => $"> flush_all{random.Of("", " 0", " noreply", " 0 noreply", " -1", " abc",
            " 4294967295", " 4294967296", " 9223372036854775808")}"),
        (1, () => $"> verbosity{random.Of("", " 0", " 0 noreply", " abc", " 4294967296", " -1")}"),
        (6, () => $"> {Broken(random)}"),
        (2, () => Mangled(random)));

    public bool MayFollow(string line, IReadOnlyList<string> before)
    {
        if (line.Contains(LongValue))
            return before.Count == 0;
        // A block before it that is announced too long would take its beginning, and then it is another line.
        if (line.Contains(RefusedData.Mark))
            return before.Count == 0 || !before[^1].Contains("\\r\\n");
        // memcached pads a shrunk number with blanks only when no earlier answer in the same write holds the item.
        bool changesNumber = line.StartsWith("> incr", StringComparison.Ordinal)
            || line.StartsWith("> decr", StringComparison.Ordinal);
        if (!changesNumber)
            return true;
        string key = line.Split(' ').ElementAtOrDefault(2) ?? "";
        return !before.Any(earlier => earlier.StartsWith("> g", StringComparison.Ordinal) && earlier.Contains(key));
    }

    public string NextBreaking(Random random) => random.Weighted(
        (3, () => $"> set {ShortKey(random)} 0 0 {random.Next(2000, 100000)}\\r\\n{Value(random).Text}"),
        (2, () => "> quit"),
        (1, () => "> quit now"),
        (1, () => $"> {random.Of("GET / HTTP/1.0", "POST /k1 HTTP/1.1", "foo HTTP/", "PUT k1 x HTTP/1.1  ")}"),
        (2, () => $">> get {Key(random)}"),
        (2, () => $">> set {ShortKey(random)} 0 0 3\\r\\nab"),
        (1, () => $">> {{a*{random.Next(2100, 9000)}}}"));

    private static string Storage(Random random)
    {
        string verb = random.Of("set", "set", "set", "set", "add", "add", "replace", "append", "prepend", "cas", "cas");
        (string text, int length) = Value(random);
        string announced = $"{length}";
        // One byte more or less than announced: the rest is read as a command.
        if (random.OneIn(50))
            announced = $"{Math.Max(0, length + random.Of(-2, -1, 1))}";
        else if (random.OneIn(20))
            announced =
                $"{random.Of("+", "00", "\\t", "\\x0b", "")}{announced}{random.Of("\\t", "\\tx", "\\x0c9", "")}";
        else if (random.OneIn(30))
            announced = $"{(1L << 32) + length}";
        string key = ShortKey(random);
        string cas = verb == "cas" ? $" {CasUnique(random, key)}" : "";
        string line = $"> {verb} {key} {Flags(random)} {Exptime(random)} {announced}{cas}{NoReply(random)}\\r\\n{text}";
        return random.OneIn(8) ? Refused(random, verb, text, length) : line;
    }

    /// <summary>A storage line that cannot be taken, although its length can be read.</summary>
    private static string Refused(Random random, string verb, string text, int length)
    {
        string unique = verb == "cas" ? " 5" : "";
        string noReply = random.OneIn(3) ? " noreply" : "";
        string data = random.OneIn(2) ? random.Of("flush_all", "flush_all noreply", "delete k1", "quit", "get k2")
            : text;
        int size = data == text ? length : data.Length;
        string line = random.Next(6) switch
        {
            0 => $"{verb} {{k*251}} 0 0 {size}{unique}{noReply}",
            1 => $"{verb} k1 {random.Of(BadFlags)} 0 {size}{unique}{noReply}",
            2 => $"{verb} k1 0 {random.Of(BadExptimes)} {size}{unique}{noReply}",
            3 => $"{verb} k1 0 0 {size}{unique}"
                + random.Of(" x y", " x 1", " x noreply", " noreply noreply x", " 1 2 x"),
            4 when verb == "cas" => $"cas k1 0 0 {size} {random.Of(BadNumbers)}{noReply}",
            4 => $"cas k1 0 0 {size}",
            _ => $"{verb} {{k*300}} abc x {size}{unique}{noReply}",
        };
        return $"> {line}{RefusedData.Mark}{data}";
    }

    private static string LongStorage(Random random) =>
        $"> {random.Of("set", "add", "replace", "append", "prepend")} k{random.Next(8)} {random.Next(9)} 0 20000"
        + $"{random.Of("", " noreply")}\\r\\n{LongValue}";

    private static string Get(Random random) => $"> {random.Of("get", "get", "gets")} {Keys(random)}";

    private static readonly string[] BadFlags = ["-1", "abc", "1.5", "1x", "18446744073709551616", "--1"];

    private static readonly string[] BadExptimes =
        ["abc", "1.5", "1x", "-", "9223372036854775808", "-9223372036854775809", "0x5"];

    private static string Key(Random random) => random.OneIn(40) ? "{k*251}" : ShortKey(random);

    private static string ShortKey(Random random) => random.Next(40) switch
    {
        0 => "{k*250}",
        2 => "\\x01\\x7f\\xff",
        3 => "noreply",
        _ => $"k{random.Next(8)}",
    };

    private static string Keys(Random random)
    {
        if (random.OneIn(2))
            return ShortKey(random);
        IEnumerable<string> keys = Enumerable.Range(0, random.Of(2, 3, 7, 9, 25)).Select(_ => ShortKey(random));
        return string.Join(random.OneIn(20) ? "  " : " ", keys);
    }

    private static string Flags(Random random) => random.Next(12) switch
    {
        0 => "4294967295",
        1 => "768",
        2 => random.Of("65536", "+5", "4294967297", "18446744073709551615", "-18446744073709551615", "\\t7\\tx"),
        _ => $"{random.Next(4)}",
    };

    private static string Exptime(Random random) => random.Next(16) switch
    {
        0 => "-1",
        1 => "2592001",
        2 => "2678400",
        3 => "2592000",
        4 => "2000000000",
        5 => "2147483647",
        6 => "-2147483648",
        7 => "1000000000",
        8 => random.Of("4294967295", "4294967296", "4294968296", "8589934591", "6442450944", "4292375296"),
        9 =>
            random.Of("9223372036854775807", "-9223372036854775808", "-2147483649", "-4294967296", "+1000",
                "\\t1000\\tx"),
        _ => random.Of("0", "1000", "100000"),
    };

    private static string AnyExptime(Random random) =>
        random.OneIn(20) ? random.Of([.. BadExptimes, ""]) : Exptime(random);

    private static string Delta(Random random) =>
        random.OneIn(10) ? random.Of(BadNumbers) : random.Of(Numbers);

    private static string CasUnique(Random random, string key) => random.Next(10) switch
    {
        0 => "0",
        1 => random.Of("+5", "\\t5", "-18446744073709551611", "5\\tx"),
        2 => "18446744073709551615",
        3 => $"{{cas{random.Next(1, 20)}}}",
        _ => key[0] == '{' ? "{cas1}" : $"{{cas:{key}}}",
    };

    private static string NoReply(Random random) => random.Next(12) switch
    {
        0 or 1 => " noreply",
        2 => random.OneIn(5) ? random.Of(" NOREPLY", " noreplyx", " x") : "",
        _ => "",
    };

    private static (string Text, int Length) Value(Random random)
    {
        byte[] bytes = random.Next(10) switch
        {
            0 => [],
            1 or 2 or 3 => Encoding.Latin1.GetBytes(random.Of(Numbers)),
            4 => Encoding.Latin1.GetBytes(random.Of(" 5", "5 ", "007", "+5", "-5", "1.5", "abc", "12abc",
                "18446744073709551616", "00000000000000000000001")),
            5 => Encoding.Latin1.GetBytes(random.Of("\r\n.", "END\r\n", "STORED\r\nget k1\r\n", "\0")),
            6 => Encoding.Latin1.GetBytes(new string('v', random.Of(50, 100, 1000))),
            _ => random.Noise(40),
        };
        return (Escapes.Encode(bytes), bytes.Length);
    }

    private static string Broken(Random random) => random.Of(
        "", " ", "get", "gets", "get\\s", "set", "set k1", "set k1 0 0", "add k1 0", "incr", "incr k1", "decr", "touch",
        "touch k1", "delete", "delete k1 0 0", "gat", "gat 0", "cas k1 0 0 1" + RefusedData.Mark + "a", "foo",
        "foo bar baz", "GET k1",
        "Set k1 0 0 1", "getx k1", "ge k1", "set k1 0 0 1 noreply x y" + RefusedData.Mark + "a",
        "set k1 0 0 abc", "add k1 0 0 -1", "cas k1 0 0 1x 5", "append k1 0 0 9223372036854775808", "set k1 abc 0",
        "Host: x", "foo HTTP", "HTTP/1.0 x", "touch k1 0 0 0", "incr k1 1 2 3",
        "\\x01\\x02", "0");

    /// <summary>A good line with one byte changed into another printable one.</summary>
    private static string Mangled(Random random)
    {
        char[] line = $"{random.Of("get", "gets", "incr", "touch", "delete")} k{random.Next(8)} 1".ToCharArray();
        line[random.Next(line.Length)] = (char)random.Next(0x21, 0x7b);
        return $"> {new string(line).Replace("\\", "/")}";
    }
}
