namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>Requests over a few lists.</summary>
internal sealed class ListGenerator : CollectionGenerator
{
    protected override string Letter => "l";

    protected override string[] Verbs { get; } =
    [
        "LPUSH", "RPUSH", "LPUSHX", "RPUSHX", "LPOP", "RPOP", "LLEN", "LRANGE", "LINDEX", "LSET", "LINSERT", "LREM",
        "LTRIM",
        "LPOS", "LMOVE", "RPOPLPUSH", "LMPOP",
    ];

    public override string Next(Random random) => "> " + random.Weighted(
        (10, () => $"{random.Of("LPUSH", "RPUSH")} {Key(random)} {Several(random, Name)}"),
        (2, () => $"{random.Of("LPUSHX", "RPUSHX")} {Key(random)} {Several(random, Name)}"),
        (5, () => $"{random.Of("LPOP", "RPOP")} {Key(random)}{random.Of("", "", " 2", " 0", " -1", " abc", " 1 2")}"),
        (2, () => $"LLEN {Key(random)}"),
        (6, () => $"LRANGE {Key(random)} {Index(random)} {Index(random)}"),
        (3, () => $"LINDEX {Key(random)} {Index(random)}"),
        (3, () => $"LSET {Key(random)} {Index(random)} {Name(random)}"),
        (3, () => $"LINSERT {Key(random)} {random.Of("BEFORE", "after", "FOO")} {Name(random)} {Name(random)}"),
        (3, () => $"LREM {Key(random)} {Integer(random)} {Name(random)}"),
        (2, () => $"LTRIM {Key(random)} {Index(random)} {Index(random)}"),
        (4, () => $"LPOS {Key(random)} {Name(random)}{Options(random)}"),
        (4, () => $"LMOVE {Key(random)} {Key(random)}"
            + random.Of(" LEFT", " RIGHT", " FOO") + random.Of(" left", " RIGHT")),
        (2, () => $"RPOPLPUSH {Key(random)} {Key(random)}"),
        (3, () => $"LMPOP {random.Of("1", "2", "0", "abc", "5")} {Several(random, Key, 4)}"
            + random.Of(" LEFT", " RIGHT", " FOO") + random.Of("", " COUNT 2", " COUNT 0", " COUNT")),
        (2, () => $"{random.Of("BLPOP", "BRPOP")} {Several(random, Key, 3)} {random.Of("0.001", "-1", "abc")}"),
        (1, () => $"BLMOVE {Key(random)} {Key(random)} LEFT {random.Of("LEFT", "FOO")} {random.Of("0.001", "abc")}"),
        (1, () => $"BRPOPLPUSH {Key(random)} {Key(random)} 0.001"),
        (1, () => $"BLMPOP 0.001 {random.Of("1", "2", "0")} {Several(random, Key, 3)} LEFT{random.Of("", " COUNT 2")}"),
        (7, () => Common(random)));

    private static string Index(Random random) =>
        random.Of("0", "-1", "1", "2", "-2", "3", "-100", "100", "abc", "0", "-1");

    private static string Options(Random random)
    {
        string options = "";
        for (int i = random.Of(0, 1, 1, 2); i > 0; i--)
        {
            options += " " + random.Of(
                "RANK 1", "RANK -1", "RANK 2", "RANK 0", "COUNT 0", "COUNT 2", "COUNT -1", "MAXLEN 2", "MAXLEN -1",
                "MAXLEN 0", "FOO", "RANK");
        }
        return options;
    }
}
