using System.Text.RegularExpressions;

namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// Keys of every type under other names, and what is asked of the server. MULTI is left to scenes: in an open queue the
/// request that ends a batch is not answered.
/// </summary>
internal sealed class ServerGenerator : IRequestGenerator
{
    private static readonly string[] Containers =
    [
        "CLIENT", "COMMAND", "CONFIG", "OBJECT", "MEMORY", "LATENCY", "SLOWLOG", "PUBSUB", "SCRIPT", "CLUSTER",
    ];

    // Left out, since they differ on purpose: wrong passwords are answered late, redis shares small numbers
    // (REFCOUNT).
    private static readonly string[] Refused = ["SENTINEL MASTERS", "NOSUCH a b", "NOSUCH"];

    // What tells of the server itself: that it answers, with as many values of the same types.
    private static readonly string[] Own = ["CLIENT ID", "TIME", "LASTSAVE"];

    private static readonly Regex Draws = new("^> [SHZ]RAND[A-Z]+ [^ ]+$");

    public string Next(Random random) => "> " + random.Weighted(
        (10, () => Fill(random)),
        (6, () => $"{random.Of("RENAME", "RENAMENX", "rename")} {Key(random)} {Key(random)}"),
        (6, () => $"COPY {Key(random)} {Key(random)}{CopyOptions(random)}"),
        (3, () => $"MOVE {Key(random)} {Database(random)}"),
        (2, () => $"SELECT {random.Of("0", "0", "1", "2", "16", "-1", "x")}"),
        (4, () => $"{random.Of("TYPE", "EXISTS", "TTL", "PERSIST", "DEL", "UNLINK", "TOUCH")} {Key(random)}"),
        (4, () => $"OBJECT {random.Of("ENCODING", "FREQ", "encoding")} {Key(random)}"),
        (2, () => $"EXPIRE {Key(random)} {random.Of("777000", "0", "-1", "x")}{random.Of("", " NX", " XX", " GT LT")}"),
        (2, () => $"DBSIZE{random.Of("", "", " x")}"),
        (3, () => random.Of("EXEC", "DISCARD", $"WATCH {Key(random)}", "UNWATCH")),
        (1, () => random.Of("FLUSHDB", "FLUSHALL", "FLUSHDB FOO")),
        (2, () => $"{random.Of(Containers)} {random.Of("NOSUCH", "HELP x", "\"\"")}"),
        (3, () => Client(random)),
        (3, () => Command(random)),
        (1, () => random.Of("PING", "PING a", "PING a b", "ECHO a", "ECHO", "TIME a", "ROLE", "LASTSAVE a")),
        (1, () => random.Of("CLUSTER KEYSLOT a", "CLUSTER INFO", "READONLY", "READWRITE", "WAIT 0 0", "WAIT x 0")),
        (2, () => $"PUBSUB {random.Of("CHANNELS", "NUMSUB", "NUMPAT", "SHARDCHANNELS", "SHARDNUMSUB")}"
            + random.Of("", " a", " a b")),
        (1, () => random.Of("LATENCY LATEST", "LATENCY HISTORY x", "LATENCY RESET", "SLOWLOG GET x", "SLOWLOG LEN a")),
        (1, () => $"{random.Of("SUBSCRIBE", "SSUBSCRIBE", "PSUBSCRIBE", "PUBLISH a b c", "SPUBLISH a")}"),
        (1, () => random.Of(
            "HELLO", "HELLO x", "HELLO 1", "HELLO 3 FOO", "HELLO 2 AUTH a", "HELLO 3 SETNAME \"a b\"")),
        (1, () => random.Of("AUTH", "AUTH a b c", "RESET")),
        (1, () => random.Of(Own)),
        (1, () => $"EVALSHA_RO {random.Of("abc", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db")} 0"),
        (2, () => $"{random.Of("RANDOMKEY", "KEYS k*", "SCAN 0 COUNT 1000", "SCAN 0 MATCH k1 COUNT 1000", "SCAN x")}"),
        (1, () => $"SCAN 0 COUNT 1000 TYPE {random.Of("hash", "STRING", "list", "nosuch")}"),
        (2, () => $"{random.Of("OBJECT IDLETIME", "MEMORY USAGE", "SRANDMEMBER", "HRANDFIELD", "ZRANDMEMBER")}"
            + $" {Key(random)}"),
        (2, () => random.Of(Refused)));

    public string? NormaliserOf(string line) => line switch
    {
        "> CLIENT ID" => "id",
        "> CLIENT INFO" or "> CLIENT LIST" => "client-info",
        "> TIME" or "> LASTSAVE" or "> COMMAND COUNT" or "> INFO keyspace" => "number",
        "> RANDOMKEY" => "random",
        "> HELLO" => "hello",
        _ when line.StartsWith("> MEMORY USAGE", StringComparison.Ordinal) => "number",
        _ when line.StartsWith("> OBJECT IDLETIME", StringComparison.Ordinal) => "number",
        _ when Draws.IsMatch(line) => "random",
        _ when line.StartsWith("> KEYS", StringComparison.Ordinal) => "unordered",
        _ when line.StartsWith("> SCAN", StringComparison.Ordinal) => "unordered",
        _ when line.StartsWith("> COMMAND INFO", StringComparison.Ordinal) => "subcommands",
        _ => null,
    };

    public (string Line, string Normaliser)? Opening(Random random) => random.OneIn(2) ? ("> HELLO 3", "hello") : null;

    public bool MayFollow(string line, IReadOnlyList<string> before) => true;

    public string NextBreaking(Random random) => random.Of("> QUIT", "> RESET a", ">> *1\\r\\n$-5\\r\\n");

    private static string Fill(Random random) => random.Weighted(
        (2, () => $"SET {Key(random)} {random.Of("text", "1", "{v*70}", "\"\"")}"),
        (1, () => $"APPEND {Key(random)} x"),
        (2, () => $"HSET {Key(random)} f{random.Next(4)} {random.Of("v", "{v*70}")}"),
        (2, () => $"SADD {Key(random)} {random.Of("1", "2", "a", "{v*70}")}"),
        (2, () => $"ZADD {Key(random)} {random.Next(5)} {random.Of("a", "b", "{v*70}")}"),
        (2, () => $"RPUSH {Key(random)} {random.Of("a", "b", "c")}"));

    private static string CopyOptions(Random random)
    {
        string options = "";
        for (int count = random.Of(0, 0, 1, 1, 2); count > 0; count--)
        {
            options += " " + random.Of("REPLACE", "replace", $"DB {Database(random)}", "DB", "FOO");
        }

        return options;
    }

    private static string Database(Random random) => random.Of("0", "1", "1", "2", "16", "-1", "x", "99999999999");

    private static string Client(Random random) => random.Of(
        "CLIENT GETNAME", "CLIENT SETNAME a", "CLIENT SETNAME \"a b\"", "CLIENT SETNAME", "CLIENT REPLY x",
        "CLIENT NO-EVICT on", "CLIENT NO-EVICT x", "CLIENT PAUSE x", "CLIENT PAUSE -1", "CLIENT PAUSE 0 x",
        "CLIENT PAUSE 0", "CLIENT UNPAUSE", "CLIENT UNPAUSE x", "CLIENT CACHING yes", "CLIENT TRACKINGINFO",
        "CLIENT GETREDIR", "CLIENT UNBLOCK x", "CLIENT UNBLOCK 99999", "CLIENT UNBLOCK 99999 x", "CLIENT KILL x",
        "CLIENT KILL ID x", "CLIENT KILL ID 0", "CLIENT KILL TYPE x", "CLIENT KILL SKIPME x", "CLIENT KILL USER x",
        "CLIENT KILL ADDR 1.2.3.4:5", "CLIENT KILL LADDR 1.2.3.4:5", "CLIENT KILL ID 99999 ADDR 1.2.3.4:5",
        "CLIENT LIST TYPE x", "CLIENT LIST ID x", "CLIENT LIST ID", "CLIENT LIST ID 99999", "CLIENT PAUSE 1 2 3",
        "CLIENT LIST TYPE master");

    private static string Command(Random random) => random.Weighted(
        (3, () => $"COMMAND GETKEYS {Any(random)}"),
        (3, () => $"COMMAND GETKEYSANDFLAGS {Any(random)}"),
        (1, () => "COMMAND INFO nosuch"),
        (1, () => $"COMMAND INFO {random.Of("get", "mset", "eval", "zunionstore", "nosuch get", "client|id")}"),
        (1, () => "COMMAND DOCS nosuch"),
        (1, () => $"COMMAND LIST FILTERBY {random.Of("MODULE x", "ACLCAT x", "PATTERN append*", "FOO x", "PATTERN")}"));

    private static string Any(Random random) => random.Of(
        "GET a", "SET a b", "MSET a 1 b 2", "EVAL x 2 a b c", "EVAL x 9 a", "EVAL x a", "ZUNIONSTORE d 2 a b",
        "ZUNION 2 a b", "PING", "NOSUCH a", "GET", "BLPOP a b 0", "SINTERCARD 2 a b", "LMPOP 1 a LEFT",
        "OBJECT ENCODING a",
        "SUBSCRIBE a", "BITOP AND d a b", "BITFIELD a GET u8 0", "COPY a b", "RENAME a b", "MEMORY USAGE a",
        "SETEX a 1 b", "HSET a b c", "ZADD a 1 b", "SMOVE a b c", "LMOVE a b LEFT LEFT", "ZRANGESTORE d a 0 1");

    private static string Key(Random random) => $"k{random.Next(6)}";
}
