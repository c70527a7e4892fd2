using System.Text;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// RESP requests over a few keys and databases. Relative expiry times are 777,000 seconds, which the normaliser
/// "long-ttl" knows; absolute ones lie far ahead or in the past. SET with a past time is left out: redis keeps such a
/// key until it looks at it, so that DBSIZE depends on when it is asked.
/// </summary>
internal sealed class RespGenerator : IRequestGenerator
{
    private const string Script = "\"if redis.call(\\\"get\\\",KEYS[1]) == ARGV[1] then"
        + " return redis.call(\\\"del\\\",KEYS[1]) else return 0 end\"";
    private const string ScriptSha = "b70c2384248f88e6b75b9f89241a180f856ad852";

    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "5", "10", "-100", "9223372036854775807", "-9223372036854775808", "9223372036854775806",
    ];

    private static readonly string[] BadNumbers =
        ["abc", "1.5", "\"\"", "\" 1\"", "\"1 \"", "+1", "007", "-0", "9223372036854775808", "99999999999999999999"];

    private static readonly string[] Verbs =
    [
        "GET", "SET", "SETEX", "PSETEX", "SETNX", "GETSET", "GETDEL", "GETEX", "MGET", "MSET", "DEL", "UNLINK",
        "EXISTS", "TYPE", "EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT", "TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME",
        "PERSIST", "TOUCH", "APPEND", "STRLEN", "INCR", "DECR", "INCRBY", "DECRBY", "ECHO", "SELECT", "DBSIZE",
        "PUBLISH", "EVAL", "EVALSHA",
    ];

    public string Next(Random random) => "> " + random.Weighted(
        (16, () => Set(random)),
        (10, () => $"GET {Key(random)}"),
        (2, () => $"SETEX {Key(random)} {Ttl(random, false)} {Value(random)}"),
        (2, () => $"PSETEX {Key(random)} {Ttl(random, true)} {Value(random)}"),
        (3, () => $"SETNX {Key(random)} {Value(random)}"),
        (2, () => $"GETSET {Key(random)} {Value(random)}"),
        (2, () => $"GETDEL {Key(random)}"),
        (6, () => GetEx(random)),
        (3, () => $"MGET {Keys(random)}"),
        (3, () => MSet(random)),
        (6, () => $"{random.Of("DEL", "UNLINK", "EXISTS", "TOUCH")} {Keys(random)}"),
        (6, () => $"{random.Of("TYPE", "PERSIST", "STRLEN", "EXPIRETIME", "PEXPIRETIME")} {Key(random)}"),
        (4, () => $"{random.Of("TTL", "PTTL")} {Key(random)}"),
        (8, () => Expire(random)),
        (4, () => $"APPEND {Key(random)} {Value(random)}"),
        (5, () => $"{random.Of("INCR", "DECR")} {Key(random)}"),
        (6, () => $"{random.Of("INCRBY", "DECRBY")} {Key(random)} {Number(random)}"),
        (2, () => $"SELECT {random.Of("0", "0", "0", "1", "15", "16", "-1", "abc")}"),
        (1, () => random.Of("PING", "PING x", "ECHO hello", "DBSIZE", "CLIENT GETNAME", "CLIENT SETNAME joe",
            "CLIENT FOO")),
        (1, () => random.Of("FLUSHDB", "FLUSHALL", "FLUSHDB ASYNC", "FLUSHALL FOO")),
        (2, () => $"{random.Of($"EVAL {Script}", $"EVALSHA {ScriptSha}")} 1 {Key(random)} {Value(random)}"),
        (1, () => random.Of($"SCRIPT LOAD {Script}", $"SCRIPT EXISTS {ScriptSha} 00", "SCRIPT FLUSH")),
        (1, () => $"PUBLISH news {Value(random)}"),
        (2, () => $"KEYS {random.Of("k1", "nokey*", "x?", "\"\"", "k1[")}"),
        (4, () => WrongArity(random)),
        (2, () => Unknown(random)));

    public (string Line, string Normaliser)? Opening(Random random) =>
        random.OneIn(3) ? ("> HELLO 3", "hello") : null;

    public bool MayFollow(string line, IReadOnlyList<string> before) => true;

    public string NextBreaking(Random random) => random.Weighted(
        (1, () => "> QUIT"),
        (1, () => ">> *abc\\r\\n"),
        (1, () => ">> *1\\r\\n:1\\r\\n"),
        (1, () => ">> *1\\r\\nPING\\r\\n"),
        (1, () => ">> *2\\r\\n$3\\r\\nGET\\r\\n$abc\\r\\n"),
        (1, () => ">> *2\\r\\n$3\\r\\nGET\\r\\n$-1\\r\\n"),
        (1, () => ">> *2\\r\\n$3\\r\\nGET\\r\\n$999999999999\\r\\n"),
        (1, () => ">> *3\\r\\n$3\\r\\nSET\\r\\n$2\\r\\nk1\\r\\n$10\\r\\nabc"),
        (1, () => ">> *2\\r\\n$3\\r\\nGE"),
        (1, () => ">> *99999999999\\r\\n"),
        (1, () => ">> *2\\r\\n"));

    private static string Set(Random random)
    {
        string line = $"{random.Of("SET", "SET", "set", "Set")} {Key(random)} {Value(random)}";
        for (int options = random.Of(0, 0, 0, 1, 1, 2, 3); options > 0; options--)
        {
            line += " " + random.Of("NX", "XX", "GET", "KEEPTTL", "nx", "EX 777000", "PX 777000000", "EXAT 4102444800",
                "PXAT 4102444800123", "EX 0", "EX -1", "PX abc", "EX", "FOO", "EX 9223372036854775807", "EXAT 0");
        }
        return line;
    }

    private static string GetEx(Random random)
    {
        string line = $"GETEX {Key(random)}";
        for (int options = random.Of(0, 1, 1, 1, 2); options > 0; options--)
        {
            line += " " + random.Of("EX 777000", "PX 777000000", "EXAT 4102444800", "PXAT 4102444800123", "PERSIST",
                "persist", "EX 0", "EX abc", "PX", "FOO", "EXAT 1", "NX");
        }
        return line;
    }

    private static string MSet(Random random)
    {
        IEnumerable<string> pairs = Enumerable.Range(0, random.Next(1, 5))
            .Select(_ => $"{Key(random)} {Value(random)}");
        return $"MSET {string.Join(' ', pairs)}{(random.OneIn(10) ? " k1" : "")}";
    }

    private static string Expire(Random random)
    {
        string line = random.Weighted(
            (3, () => $"EXPIRE {Key(random)} {Ttl(random, false)}"),
            (3, () => $"PEXPIRE {Key(random)} {Ttl(random, true)}"),
            (3, () => $"EXPIREAT {Key(random)} "
                + random.Of("4102444800", "4102444801", "1", "abc", "9223372036854775807")),
            (3, () => $"PEXPIREAT {Key(random)} {random.Of("4102444800123", "4102444900000", "1000", "\"\"")}"));
        // Whether now + 777000 is later than an earlier now + 777000 depends on the clock.
        string[] conditions = line.Contains(" 777000")
            ? ["NX", "XX", "xx", "FOO"]
            : ["NX", "XX", "GT", "LT", "gt", "FOO"];
        for (int options = random.Of(0, 0, 1, 1, 2); options > 0; options--)
            line += " " + random.Of(conditions);
        return line;
    }

    private static string Ttl(Random random, bool milliseconds) => random.Next(8) switch
    {
        0 => random.Of("0", "-1", "-100"),
        1 => random.Of(BadNumbers.Where(bad => !bad.All(char.IsAsciiDigit)).ToArray()),
        2 => random.Of("9223372036854775807", "-9223372036854775808"),
        _ => milliseconds ? "777000000" : "777000",
    };

    private static string Number(Random random) => random.OneIn(4) ? random.Of(BadNumbers) : random.Of(Numbers);

    private static string Key(Random random) => random.Next(30) switch
    {
        0 => "\"\"",
        1 => "\"\\0 \\r\\n\\xff\"",
        2 => "{k*300}",
        _ => $"k{random.Next(8)}",
    };

    private static string Keys(Random random) =>
        string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => Key(random)));

    private static string Value(Random random) => random.Next(8) switch
    {
        0 => "\"\"",
        1 or 2 or 3 => random.Of(Numbers),
        4 => random.Of(BadNumbers),
        5 => $"{{v*{random.Of(100, 1000, 5000, 20000)}}}",
        _ => $"\"{Escapes.Encode(random.Noise(30))}\"",
    };

    private static string WrongArity(Random random)
    {
        IEnumerable<string> words = Enumerable.Range(0, random.Of(0, 0, 1, 2, 5))
            .Select(_ => random.Of("k1", "abc", "\"\""));
        return $"{random.Of(Verbs)} {string.Join(' ', words)}";
    }

    private static string Unknown(Random random) => random.Of(
        "FOO", "FOO a b c", "\"\"", "GETT k1", "\"FOO\\r\\nBAR\" x", "FOO {a*200}", "\"\\xff\\0\"", "FOO \"\" \"\"",
        "NOSUCHCOMMAND k1");
}
