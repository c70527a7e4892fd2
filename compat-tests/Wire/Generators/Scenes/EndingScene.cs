using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Generators.Scenes;

/// <summary>Keys of every type get a short time to live in every way, and are asked for when it is over.</summary>
internal sealed class EndingScene : IScene
{
    private const int Milliseconds = 50;

    // Three times as long: a busy machine may set the time late on one of the two servers.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3 * Milliseconds);

    public IEnumerable<Step> Make(Random random, string main, string name)
    {
        yield return new Step(name, ["> DEL t0 t1 t2 t3 t4 t5", "> SET t0 x", "> HSET t1 a b", "> SADD t2 a",
            "> ZADD t3 1 a", "> RPUSH t4 a"]);
        yield return new Step(name, [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => "> " + random.Weighted(
            (4, () => $"PEXPIRE {Key(random)} {Milliseconds}"),
            (1, () => $"SET {Key(random)} v PX {Milliseconds}"),
            (1, () => $"PSETEX {Key(random)} {Milliseconds} v"),
            (1, () => $"GETEX t0 PX {Milliseconds}")))]);
        yield return new Step(name, [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => $"> {Use(random)}")])
        {
            Wait = Pause,
        };
        // So that no server has one that the other has already ended.
        yield return new Step(name, ["> EXISTS t0 t1 t2 t3 t4 t5", "> DEL t0 t1 t2 t3 t4 t5"]);
    }

    private static string Use(Random random) => random.Weighted(
        (4, () => $"{random.Of("GET", "TYPE", "EXISTS", "TTL", "PTTL", "STRLEN", "GETDEL")} {Key(random)}"),
        (3, () => random.Of(
            "HGETALL t1", "HLEN t1", "SISMEMBER t2 a", "SCARD t2", "ZCARD t3", "LLEN t4", "LRANGE t4 0 -1")),
        (2, () => random.Of("HSET t1 c d", "SADD t2 b", "ZADD t3 2 b", "RPUSH t4 b", "APPEND t0 y", "INCR t0")),
        (2, () => $"{random.Of("SET", "SETNX", "GETSET")} {Key(random)} n"),
        (1, () => $"SET {Key(random)} n {random.Of("NX", "XX", "KEEPTTL")}"),
        (2, () => $"{random.Of("RENAME", "RENAMENX", "COPY")} {Key(random)} t5"),
        (2, () => $"{random.Of("PERSIST", "EXPIRE", "PEXPIRE")} {Key(random)}{random.Of("", " 777000")}"),
        (1, () => random.Of("SUNIONSTORE t5 t2", "ZUNIONSTORE t5 1 t3", "LMOVE t4 t5 LEFT LEFT", "LPUSHX t4 x",
            "SMOVE t2 t5 a", "MSETNX t0 x t5 y", "MGET t0 t5", "BITOP NOT t5 t0")));

    private static string Key(Random random) => $"t{random.Next(5)}";
}
