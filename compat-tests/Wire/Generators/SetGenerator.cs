namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// Requests over a few sets. Which members come at random is not compared: only draws of all of them.
/// </summary>
internal sealed class SetGenerator : CollectionGenerator
{
    private static readonly string[] Unordered =
        ["> SMEMBERS", "> SINTER ", "> SUNION ", "> SDIFF ", "> SPOP", "> SRANDMEMBER", "> SSCAN"];

    protected override string Letter => "s";

    protected override string[] Verbs { get; } =
    [
        "SADD", "SREM", "SISMEMBER", "SMISMEMBER", "SCARD", "SMOVE", "SINTERCARD", "SINTERSTORE", "SUNIONSTORE",
        "SDIFFSTORE",
    ];

    public override string? NormaliserOf(string line) => Unordered.Any(verb =>
        line.StartsWith(verb, StringComparison.OrdinalIgnoreCase)) ? "unordered" : null;

    public override string Next(Random random) => "> " + random.Weighted(
        (10, () => $"SADD {Key(random)} {Several(random, Name)}"),
        (4, () => $"SREM {Key(random)} {Several(random, Name)}"),
        (3, () => $"SMEMBERS {Key(random)}"),
        (3, () => $"{random.Of("SISMEMBER", "SMISMEMBER")} {Key(random)} {Name(random)}"),
        (2, () => $"SMISMEMBER {Key(random)} {Several(random, Name)}"),
        (2, () => $"SCARD {Key(random)}"),
        (2, () => $"SPOP {Key(random)} {random.Of("100", "0", "-1", "abc", "9223372036854775807", "1 2")}"),
        (2, () => $"SRANDMEMBER {Key(random)} {random.Of("100", "0", "abc", "-9223372036854775808", "1 2")}"),
        (4, () => $"SMOVE {Key(random)} {Key(random)} {Name(random)}"),
        (5, () => $"{random.Of("SINTER", "SUNION", "SDIFF")} {Sources(random)}"),
        (5, () => $"{random.Of("SINTERSTORE", "SUNIONSTORE", "SDIFFSTORE")} {Key(random)} {Sources(random)}"),
        (3, () => $"SINTERCARD {random.Of("1", "2", "2", "0", "-1", "abc", "5")} {Several(random, Key, 4)}"
            + random.Of("", " LIMIT 1", " LIMIT 0", " LIMIT -1", " LIMIT", " LIMIT x", " FOO 1")),
        (2, () => $"SSCAN {Key(random)} {random.Of("0", "0", "abc")} COUNT 1000"
            + random.Of("", " MATCH e*", " COUNT 0", " FOO 1")),
        (7, () => Common(random)));

    private string Sources(Random random) => Several(random, Key, random.OneIn(5) ? 12 : 4);
}
