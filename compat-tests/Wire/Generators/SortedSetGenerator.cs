namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>Requests over a few sorted sets, one in which all scores are 0, and a set.</summary>
internal sealed class SortedSetGenerator : CollectionGenerator
{
    private static readonly string[] Scores =
    [
        "0", "1", "2", "-1", "1.5", "0.1", "3", "1e20", "-1e-5", "inf", "-inf", "nan", "abc", "\"\"", "1e400",
        "1e-400", "5.", ".5",
        "+7", "\" 1\"", "0.30000000000000004", "9007199254740993", "-0", "infinity",
    ];

    private static readonly string[] Bounds =
    [
        "-inf", "+inf", "0", "1", "(1", "2", "(2", "-1", "1.5", "(0.1", "abc", "(", "\"\"", "\" 1\"", "nan", "1e400",
    ];

    public override string? NormaliserOf(string line) =>
        line.StartsWith("> ZRANDMEMBER", StringComparison.Ordinal) ? "unordered" : null;

    protected override string Letter => "z";

    protected override string[] Verbs { get; } =
    [
        "ZADD", "ZREM", "ZSCORE", "ZMSCORE", "ZINCRBY", "ZCARD", "ZCOUNT", "ZLEXCOUNT", "ZRANGE", "ZREVRANGE",
        "ZRANGEBYSCORE",
        "ZREVRANGEBYSCORE", "ZRANGEBYLEX", "ZREVRANGEBYLEX", "ZRANGESTORE", "ZREMRANGEBYRANK", "ZREMRANGEBYSCORE",
        "ZREMRANGEBYLEX", "ZPOPMIN", "ZPOPMAX", "ZMPOP", "ZUNION", "ZINTER", "ZDIFF", "ZUNIONSTORE", "ZINTERSTORE",
        "ZDIFFSTORE",
        "ZINTERCARD",
    ];

    public override string Next(Random random) => "> " + random.Weighted(
        (14, () => $"ZADD {Key(random)}{Flags(random)} {Several(random, Pair)}{(random.OneIn(20) ? " 1" : "")}"),
        (6, () => $"ZADD zlex {Several(random, r => $"0 {Name(r)}")}"),
        (1, () => $"SADD zset {Several(random, Name)}"),
        (3, () => $"ZREM {random.Of(Key(random), "zlex")} {Several(random, Name)}"),
        (4, () => $"{random.Of("ZSCORE", "ZRANK", "ZREVRANK")} {Key(random)} {Name(random)}"),
        (2, () => $"ZMSCORE {Key(random)} {Several(random, Name)}"),
        (4, () => $"ZINCRBY {Key(random)} {random.Of(Scores)} {Name(random)}"),
        (2, () => $"ZCARD {Key(random)}"),
        (3, () => $"ZCOUNT {Key(random)} {random.Of(Bounds)} {random.Of(Bounds)}"),
        (3, () => $"ZLEXCOUNT zlex {Lex(random)} {Lex(random)}"),
        (6, () => $"ZRANGE {Key(random)} {Rank(random)} {Rank(random)}{Options(random)}"),
        (3, () => $"ZREVRANGE {Key(random)} {Rank(random)} {Rank(random)}"
            + random.Of("", " WITHSCORES", " LIMIT 0 1", " REV")),
        (5, () => $"ZRANGE {Key(random)} {random.Of(Bounds)} {random.Of(Bounds)} BYSCORE{Options(random)}"),
        (4, () => $"ZRANGE zlex {Lex(random)} {Lex(random)} BYLEX{Options(random)}"),
        (4, () => $"{random.Of("ZRANGEBYSCORE", "ZREVRANGEBYSCORE")} {Key(random)}"
            + $" {random.Of(Bounds)} {random.Of(Bounds)}"
            + random.Of("", " WITHSCORES", " LIMIT 1 2", " LIMIT -1 2 WITHSCORES", " LIMIT 0 -1", " LIMIT 1", " REV")),
        (3, () => $"{random.Of("ZRANGEBYLEX", "ZREVRANGEBYLEX")} zlex {Lex(random)} {Lex(random)}"
            + random.Of("", " LIMIT 1 2", " WITHSCORES")),
        (3, () => $"ZRANGESTORE {Key(random)} {Key(random)} {Rank(random)} {Rank(random)}{Options(random)}"),
        (2, () => $"ZREMRANGEBYRANK {Key(random)} {Rank(random)} {Rank(random)}"),
        (2, () => $"ZREMRANGEBYSCORE {Key(random)} {random.Of(Bounds)} {random.Of(Bounds)}"),
        (1, () => $"ZREMRANGEBYLEX zlex {Lex(random)} {Lex(random)}"),
        (3, () => $"{random.Of("ZPOPMIN", "ZPOPMAX")} {Key(random)}"
            + random.Of("", "", " 2", " 0", " -1", " abc", " 1 2")),
        (3, () => $"ZMPOP {random.Of("1", "2", "0", "abc", "5")} {Several(random, Key, 4)}"
            + random.Of(" MIN", " MAX", " FOO") + random.Of("", " COUNT 2", " COUNT 0", " COUNT", " COUNT 1 COUNT 1")),
        (2, () => $"{random.Of("BZPOPMIN", "BZPOPMAX")} {Several(random, Key, 3)} {random.Of("0.001", "-1", "abc")}"),
        (1, () => $"BZMPOP 0.001 {random.Of("1", "2", "0")} {Several(random, Key, 3)} MIN{random.Of("", " COUNT 2")}"),
        (5, () => $"{random.Of("ZUNION", "ZINTER")} {Sources(random)}{Weighing(random)}{random.Of("", " WITHSCORES")}"),
        (2, () => $"ZDIFF {Sources(random)}{random.Of("", " WITHSCORES", " WEIGHTS 1 1")}"),
        (5, () => $"{random.Of("ZUNIONSTORE", "ZINTERSTORE")} {Key(random)} {Sources(random)}{Weighing(random)}"),
        (2, () => $"ZDIFFSTORE {Key(random)} {Sources(random)}{random.Of("", " WITHSCORES")}"),
        (2, () => $"ZINTERCARD {Sources(random)}{random.Of("", " LIMIT 1", " LIMIT -1", " LIMIT")}"),
        (2, () => $"ZRANDMEMBER {Key(random)} {random.Of("100", "0", "abc", "100 WITHSCORES", "1 FOO")}"),
        (2, () => $"ZSCAN {Key(random)} {random.Of("0", "abc")}{random.Of("", " MATCH e*", " COUNT 0")}"),
        (9, () => Common(random)));

    private static string Pair(Random random) => $"{random.Of(Scores)} {Name(random)}";

    private static string Flags(Random random)
    {
        string flags = "";
        for (int i = random.Of(0, 0, 1, 1, 2, 3); i > 0; i--)
            flags += " " + random.Of("NX", "XX", "GT", "LT", "CH", "INCR", "ch");
        return flags;
    }

    private static string Options(Random random)
    {
        string options = "";
        for (int i = random.Of(0, 0, 1, 1, 2); i > 0; i--)
        {
            options += " " + random.Of(
                "WITHSCORES", "REV", "rev", "LIMIT 0 2", "LIMIT 1 -1", "LIMIT -1 1", "BYSCORE", "BYLEX", "LIMIT x 1",
                "FOO");
        }
        return options;
    }

    private static string Rank(Random random) => random.Of("0", "-1", "1", "2", "-2", "-100", "100", "abc", "0", "-1");

    private static string Lex(Random random) =>
        random.Of("-", "+", "[e1", "(e1", "[e5", "(e5", "[", "(", "e1", "[zzz", "-", "+", "--", "\"\"");

    private string Sources(Random random)
    {
        int count = random.OneIn(5) ? random.Of(5, 6, 12) : random.Next(1, 4);
        string keys = string.Join(' ', Enumerable.Range(0, count).Select(_ => random.OneIn(8) ? "zset" : Key(random)));
        return $"{(random.OneIn(12) ? random.Of("0", "9", "abc") : $"{count}")} {keys}";
    }

    private static string Weighing(Random random) => random.Of(
        "", "", " WEIGHTS 2", " WEIGHTS 2 0.5", " WEIGHTS 1 -1 3", " WEIGHTS x", " AGGREGATE MIN", " AGGREGATE MAX",
        " AGGREGATE SUM", " AGGREGATE FOO",
        " WEIGHTS inf", " WEIGHTS 2 inf -1 0.1 -inf",
        " WEIGHTS 1 2 3 0.3 0 -1 AGGREGATE MAX", " WEIGHTS 2 2 AGGREGATE MIN");
}
