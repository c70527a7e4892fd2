namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// What generators of one type of collection share: a few keys of the type, some of others, names of elements, numbers,
/// and commands of keys in between.
/// </summary>
internal abstract class CollectionGenerator : IRequestGenerator
{
    private static readonly string[] Integers =
    [
        "0", "1", "-1", "2", "5", "10", "-3", "9223372036854775807", "-9223372036854775808", "abc", "1.5", "\"\"",
        "\" 1\"", "+1",
    ];

    public abstract string Next(Random random);

    public virtual string? NormaliserOf(string line) => null;

    public (string Line, string Normaliser)? Opening(Random random) => random.OneIn(2) ? ("> HELLO 3", "hello") : null;

    public bool MayFollow(string line, IReadOnlyList<string> before) => true;

    public string NextBreaking(Random random) => "> QUIT";

    /// <summary>Letter of the keys.</summary>
    protected abstract string Letter { get; }

    /// <summary>Commands of the type.</summary>
    protected abstract string[] Verbs { get; }

    /// <summary>A key; now and then one that holds a string.</summary>
    protected string Key(Random random) => random.Next(20) == 0 ? "str" : $"{Letter}{random.Next(4)}";

    /// <summary>Name of an element.</summary>
    protected static string Name(Random random) => random.Next(16) switch
    {
        0 => "\"\"",
        1 => "\"\\x00\\xff \\r\\n\"",
        2 => "{e*40}",
        3 => $"{random.Next(100)}",
        _ => $"e{random.Next(8)}",
    };

    /// <summary>A number, or what is none.</summary>
    protected static string Integer(Random random) => random.Of(Integers);

    /// <summary>Several of something.</summary>
    protected static string Several(Random random, Func<Random, string> one, int most = 5) =>
        string.Join(' ', Enumerable.Range(0, random.Next(1, most)).Select(_ => one(random)));

    /// <summary>What every type has beside its own commands.</summary>
    protected string Common(Random random) => random.Weighted(
        (2, () => $"{random.Of("TYPE", "EXISTS", "TTL", "PERSIST", "OBJECT ENCODING", "GET", "STRLEN")} {Key(random)}"),
        (2, () => $"DEL {Key(random)}"),
        (1, () => $"EXPIRE {Key(random)} 777000"),
        (1, () => "SET str text"),
        (2, () => $"{random.Of(Verbs)} {string.Join(' ', Enumerable.Range(0, random.Of(0, 1, 2, 3, 4, 5)).Select(_ =>
            random.Of(Key(random), "str", "abc", "1", "0", "\"\"")))}"));
}
