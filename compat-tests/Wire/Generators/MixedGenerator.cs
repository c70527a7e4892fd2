using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// Requests of all families over the keys of all families, now and then from a script, or with the keys of another
/// family. Queues of MULTI are left to scenes: an open one would answer for all requests behind it.
/// </summary>
internal sealed class MixedGenerator : IRequestGenerator
{
    private static readonly string[] Prefixes = ["redis.call", "redis.pcall", "redis.setresp(3); return redis.call"];

    // Inside scripts: these decide about the connection, and about scripts themselves.
    private static readonly string[] Outside = ["> EVAL", "> SCRIPT", "> FCALL", "> DUMP", "> CLIENT"];

    private readonly IRequestGenerator[] _families =
    [
        new RespGenerator(), new HashGenerator(), new SetGenerator(), new SortedSetGenerator(), new ListGenerator(),
        new BitGenerator(), new ServerGenerator(), new LargeGenerator(), new RestoreGenerator(),
    ];

    public string Next(Random random)
    {
        string line = random.Of(_families).Next(random);
        if (random.OneIn(15))
            line = WithForeignKey(line, random);
        return random.OneIn(20) && !Outside.Any(verb => Begins(line, verb)) ? InScript(line, random) : line;
    }

    public (string Line, string Normaliser)? Opening(Random random) => random.OneIn(2) ? ("> HELLO 3", "hello") : null;

    public bool MayFollow(string line, IReadOnlyList<string> before) => true;

    public string? NormaliserOf(string line)
    {
        // A map of RESP3 is a table of Lua, which has no order.
        if (line.Contains("setresp(3)", StringComparison.Ordinal))
            return "unordered";
        if (line.StartsWith("> EVAL", StringComparison.Ordinal))
            line = Inner(line);
        return _families.Select(family => family.NormaliserOf(line)).FirstOrDefault(name => name is not null);
    }

    public string NextBreaking(Random random) => random.Of(_families).NextBreaking(random);

    /// <summary>The same request by a script.</summary>
    private static string InScript(string line, Random random)
    {
        string script = $"\"return {random.Of(Prefixes)}(unpack(ARGV))\"";
        return $"> {random.Of("EVAL", "EVAL", "EVAL", "EVAL_RO")} {script} 1 {{k*3}} {line[2..]}";
    }

    // What a script sends is what follows its key.
    private static string Inner(string line)
    {
        int at = line.IndexOf("{k*3} ", StringComparison.Ordinal);
        return at < 0 ? line : $"> {line[(at + 6)..]}";
    }

    private static string WithForeignKey(string line, Random random)
    {
        List<string> words = RespDialect.Words(line[2..]);
        if (words.Count < 2 || line.Contains('"'))
            return line;
        string key = random.Of("k1", "h1", "s1", "z1", "l1", "b1", "str", "zset", "none");
        // Fields of large ones come in no order: their keys stay among themselves.
        if (line.Contains(" L", StringComparison.Ordinal))
            return line;
        words[1] = key;
        return $"> {string.Join(' ', words)}";
    }

    private static bool Begins(string line, string verb) => line.StartsWith(verb, StringComparison.OrdinalIgnoreCase);
}
