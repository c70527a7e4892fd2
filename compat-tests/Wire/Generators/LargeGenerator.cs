namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>
/// Requests over collections and strings that grow beyond what is kept packed, here and in redis, and shrink again.
/// Fields and members of large ones come in no promised order; scores and places of lists have one.
/// </summary>
internal sealed class LargeGenerator : IRequestGenerator
{
    private static readonly string[] Unordered =
        ["> HGETALL", "> HKEYS", "> HVALS", "> HSCAN", "> HRANDFIELD", "> SMEMBERS", "> SSCAN", "> SINTER ",
         "> SUNION ", "> SDIFF ", "> SPOP", "> SRANDMEMBER", "> ZSCAN", "> ZRANDMEMBER"];

    // Redis counts 128 members, 512 fields and numbers, and 64 bytes as small, the gateway 2 KB.
    private static readonly int[] Counts = [1, 5, 30, 100, 127, 128, 129, 300, 512, 513, 700];

    public string Next(Random random) => "> " + random.Weighted(
        (4, () => $"HSET L{Own(random, 'h')} {Many(random, (r, i) => $"f{i} {Value(r, i)}")}"),
        (2, () => $"HDEL L{Own(random, 'h')} {Many(random, (_, i) => $"f{i}")}"),
        (3, () => $"{random.Of("HGETALL", "HKEYS", "HVALS", "HLEN")} L{Own(random, 'h')}"),
        (2, () => $"HMGET L{Own(random, 'h')} {Many(random, (_, i) => $"f{i}")}"),
        (1, () => $"HINCRBY L{Own(random, 'h')} n{random.Next(9)} {random.Next(99)}"),
        (1, () => $"HSCAN L{Own(random, 'h')} 0 COUNT 100000{random.Of("", " MATCH f1*", " MATCH *9")}"),
        (1, () => $"HRANDFIELD L{Own(random, 'h')} 100000{random.Of("", " WITHVALUES")}"),
        (4, () => $"SADD L{Own(random, 's')} {Many(random, (r, i) => Member(r, i))}"),
        (2, () => $"SREM L{Own(random, 's')} {Many(random, (_, i) => $"{i}")}"),
        (3, () => $"{random.Of("SMEMBERS", "SCARD")} L{Own(random, 's')}"),
        (2, () => $"{random.Of("SINTER", "SUNION", "SDIFF")} L{Own(random, 's')} L{Own(random, 's')}"),
        (2, () => $"{random.Of("SINTERSTORE", "SUNIONSTORE", "SDIFFSTORE")} Ls2 Ls0 Ls1"),
        (1, () => $"SMISMEMBER L{Own(random, 's')} {Many(random, (_, i) => $"{i}")}"),
        (1, () => $"SPOP L{Own(random, 's')} 100000"),
        (1, () => $"SSCAN L{Own(random, 's')} 0 COUNT 100000"),
        (4, () => $"ZADD L{Own(random, 'z')} {Many(random, (r, i) => $"{r.Next(50)} {Member(r, i)}")}"),
        (2, () => $"ZREM L{Own(random, 'z')} {Many(random, (_, i) => $"{i}")}"),
        (3, () => $"ZRANGE L{Own(random, 'z')} {Place(random)} {Place(random)}{random.Of("", " WITHSCORES", " REV")}"),
        (2, () => $"ZRANGEBYSCORE L{Own(random, 'z')} {random.Next(50)} {random.Next(50)} WITHSCORES"
            + random.Of("", " LIMIT 3 40", " LIMIT 100 10")),
        (1, () => $"ZCOUNT L{Own(random, 'z')} {random.Next(50)} ({random.Next(50)}"),
        (2, () => $"{random.Of("ZRANK", "ZREVRANK", "ZSCORE")} L{Own(random, 'z')} {random.Next(300)}"),
        (1, () => $"{random.Of("ZREMRANGEBYSCORE", "ZREMRANGEBYRANK")} L{Own(random, 'z')} {random.Next(50)} 40"),
        (1, () => $"{random.Of("ZPOPMIN", "ZPOPMAX")} L{Own(random, 'z')} {random.Of(1, 50, 400)}"),
        (2, () => $"{random.Of("ZUNIONSTORE", "ZINTERSTORE", "ZDIFFSTORE")} Lz2 2 Lz0 {random.Of("Lz1", "Ls0")}"),
        (2, () => $"ZRANGESTORE Lz2 L{Own(random, 'z')} {Place(random)} {Place(random)}"),
        (4, () => $"{random.Of("RPUSH", "LPUSH")} L{Own(random, 'l')} {Many(random, (r, i) => Member(r, i))}"),
        (3, () => $"LRANGE L{Own(random, 'l')} {Place(random)} {Place(random)}"),
        (2, () => $"{random.Of("LPOP", "RPOP")} L{Own(random, 'l')} {random.Of(1, 50, 400)}"),
        (2, () => $"LINDEX L{Own(random, 'l')} {Place(random)}"),
        (2, () => $"LSET L{Own(random, 'l')} {Place(random)} {Member(random, 7)}"),
        (2, () => $"LINSERT L{Own(random, 'l')} {random.Of("BEFORE", "AFTER")} {random.Next(300)} new"),
        (2, () => $"LREM L{Own(random, 'l')} {random.Of("0", "2", "-3")} {random.Next(20)}"),
        (1, () => $"LTRIM L{Own(random, 'l')} {Place(random)} {Place(random)}"),
        (1, () => $"LPOS L{Own(random, 'l')} {random.Next(300)}{random.Of("", " RANK -1", " COUNT 0", " MAXLEN 90")}"),
        (1, () => $"LMOVE L{Own(random, 'l')} L{Own(random, 'l')} LEFT RIGHT"),
        (2, () => $"APPEND Lk{random.Next(2)} {{v*{random.Of(1, 1000, 30000)}}}"),
        (1, () => $"SETRANGE Lk{random.Next(2)} {random.Of(0, 100, 40000)} {{w*{random.Of(1, 1000)}}}"),
        (1, () => $"{random.Of("GET", "STRLEN", "BITCOUNT")} Lk{random.Next(2)}"),
        (2, () => $"OBJECT ENCODING L{Any(random)}"),
        (2, () => $"{random.Of("COPY", "RENAME")} L{Any(random)} L{Any(random)}"),
        (2, () => $"{random.Of("DEL", "UNLINK", "TYPE", "PERSIST")} L{Any(random)}"));

    public bool MayFollow(string line, IReadOnlyList<string> before) => true;

    public string? NormaliserOf(string line) =>
        line.Contains(" L", StringComparison.Ordinal)
            && Unordered.Any(verb => line.StartsWith(verb, StringComparison.OrdinalIgnoreCase)) ? "unordered" : null;

    public string NextBreaking(Random random) => "> QUIT";

    private static string Own(Random random, char letter) => $"{letter}{random.Next(2)}";

    private static string Any(Random random) => Own(random, random.Of('h', 's', 'z', 'l', 'k'));

    private static string Many(Random random, Func<Random, int, string> one)
    {
        int from = random.Of(0, 0, 40, 200);
        return string.Join(' ', Enumerable.Range(from, random.Of(Counts)).Select(i => one(random, i)));
    }

    private static string Member(Random random, int number) => random.Next(60) switch
    {
        0 => $"m{number}{{m*70}}",
        1 => $"m{number}",
        _ => $"{number}",
    };

    private static string Value(Random random, int number) =>
        random.OneIn(60) ? $"v{number}{{v*{random.Of(60, 64, 65, 500)}}}" : $"v{number}";

    private static string Place(Random random) => random.Of("0", "-1", "5", "-5", "100", "128", "-130", "600");
}
