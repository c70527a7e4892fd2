namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// Requests over a few small hashes: so small that redis keeps their fields in the order of their coming, which then is
/// compared, too.
/// </summary>
internal sealed class HashGenerator : CollectionGenerator
{
    protected override string Letter => "h";

    protected override string[] Verbs { get; } =
    [
        "HSET", "HMSET", "HSETNX", "HGET", "HMGET", "HGETALL", "HKEYS", "HVALS", "HDEL", "HEXISTS", "HLEN", "HSTRLEN",
        "HINCRBY",
        "HINCRBYFLOAT", "HSCAN",
    ];

    public override string Next(Random random) => "> " + random.Weighted(
        (10, () => $"{random.Of("HSET", "HSET", "HMSET", "hset")} {Key(random)} {Several(random, Pair)}"
            + (random.OneIn(20) ? " e1" : "")),
        (3, () => $"HSETNX {Key(random)} {Pair(random)}"),
        (5, () => $"{random.Of("HGET", "HEXISTS", "HSTRLEN")} {Key(random)} {Name(random)}"),
        (3, () => $"HMGET {Key(random)} {Several(random, Name)}"),
        (5, () => $"{random.Of("HGETALL", "HKEYS", "HVALS", "HLEN")} {Key(random)}"),
        (4, () => $"HDEL {Key(random)} {Several(random, Name)}"),
        (4, () => $"HINCRBY {Key(random)} {Name(random)} {Integer(random)}"),
        (4, () => $"HINCRBYFLOAT {Key(random)} {Name(random)} {Float(random)}"),
        (2, () => $"HRANDFIELD {Key(random)} {random.Of("100", "0", "abc", "100 WITHVALUES", "1 FOO",
            "-9223372036854775808", "9223372036854775807 WITHVALUES", "1 WITHVALUES x")}"),
        (2, () => $"HSCAN {Key(random)} {random.Of("0", "0", "abc", "\"\"")}{random.Of("", " MATCH e*",
            " COUNT 5", " COUNT 0", " COUNT x", " MATCH", " TYPE hash", " MATCH * COUNT 1", " FOO 1")}"),
        (7, () => Common(random)));

    private static string Pair(Random random) => $"{Name(random)} {Value(random)}";

    private static string Value(Random random) => random.Next(6) switch
    {
        0 => "\"\"",
        1 => Integer(random),
        2 => Float(random),
        3 => "{v*64}",
        _ => $"v{random.Next(100)}",
    };

    private static string Float(Random random) => random.Of(
        "1", "0.1", "-2.5", "1e3", "abc", "\"\"", "3.0", "inf", "-inf", "nan", "0.30000000000000004", "5.", ".5",
        "1e-5",
        "\" 1\"", "100000000000000000000");
}
