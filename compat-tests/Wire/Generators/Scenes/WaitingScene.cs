using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Generators.Scenes;

/// <summary>
/// One or two connections wait for elements; another one writes, which wakes them or not, and in the end writes what
/// wakes everybody. They wait without a deadline: nothing depends on the clock.
/// </summary>
internal sealed class WaitingScene : IScene
{
    public IEnumerable<Step> Make(Random random, string main, string name)
    {
        bool ofScores = random.OneIn(3);
        yield return new Step(main, ["> DEL w0 w1 w2"]);
        if (random.OneIn(4))
            yield return new Step(main, [random.Of("> SET w1 x", "> SADD w2 x", "> ZADD w1 1 a", "> RPUSH w1 a")]);
        List<string> waiting = [];
        int clients = random.Of(1, 1, 2);
        for (int count = clients; count > 0; count--)
        {
            string one = $"{name}.{count}";
            waiting.Add(one);
            if (random.OneIn(2))
                yield return new Step(one, ["> HELLO 3"]) { Normalise = ["hello"] };
            string request = ofScores ? OfScores(random) : OfElements(random, clients == 1);
            yield return new Step(one, [$"> {request}"]) { Parks = true };
        }

        for (int count = random.Of(0, 1, 1, 2); count > 0; count--)
            yield return new Step(main, [$"> {Write(random)}"]) { Settles = true };
        yield return new Step(main, ["> DEL w0"]) { Settles = true };
        string last = ofScores ? "ZADD w0 1 x 2 y 3 z 4 u" : "RPUSH w0 x y z u";
        yield return new Step(main, [$"> {last}"]) { Settles = true };
        foreach (string one in waiting)
            yield return new Step(one, ["> ECHO end"]);
        yield return new Step(main, ["> TYPE w0", "> TYPE w1", "> LRANGE w0 0 -1", "> ZRANGE w0 0 -1 WITHSCORES",
            "> LRANGE w1 0 -1", "> ZRANGE w1 0 -1", "> LRANGE w2 0 -1", "> DEL w0 w1 w2"]);
    }

    // All of them wait for w0, too. What one moves nobody else waits for: who is woken by w0 takes from the first of
    // its keys that has something by then, in redis from w0.
    private static string OfElements(Random random, bool isAlone) => random.Weighted(
        (3, () => $"{random.Of("BLPOP", "BRPOP")} {random.Of("w0", "w0 w1", "w1 w0", "w0 w0")} 0"),
        (2, () => $"BLMOVE w0 {random.Of(isAlone ? "w1" : "w2", "w2", "w0")} {Side(random)} {Side(random)} 0"),
        (1, () => $"BRPOPLPUSH w0 {random.Of(isAlone ? "w1" : "w2", "w2", "w0")} 0"),
        (2, () => $"BLMPOP 0 {random.Of("1 w0", "2 w1 w0", "2 w0 w1")} {Side(random)}{random.Of("", " COUNT 2")}"));

    private static string OfScores(Random random) => random.Weighted(
        (2, () => $"{random.Of("BZPOPMIN", "BZPOPMAX")} {random.Of("w0", "w0 w1", "w1 w0")} 0"),
        (2, () => $"BZMPOP 0 {random.Of("1 w0", "2 w1 w0")} {random.Of("MIN", "MAX")}{random.Of("", " COUNT 2")}"));

    private static string Side(Random random) => random.Of("LEFT", "RIGHT");

    private static string Write(Random random) => random.Weighted(
        (3, () => $"{random.Of("RPUSH", "LPUSH")} {Key(random)} {random.Of("a", "a b", "a b c")}"),
        (2, () => $"ZADD {Key(random)} {random.Of("1 a", "2 a 1 b", "1 a 1 b 5 c")}"),
        (1, () => $"{random.Of("RPUSHX", "LPUSHX")} {Key(random)} a"),
        (1, () => $"ZINCRBY {Key(random)} 2 a"),
        (1, () => $"SET {Key(random)} x"),
        (1, () => $"SADD {Key(random)} x"),
        (1, () => $"EVAL \"return redis.call('RPUSH', KEYS[1], 'a', 'b')\" 1 {Key(random)}"),
        (1, () => $"LINSERT {Key(random)} BEFORE a b"),
        (1, () => $"SUNIONSTORE {Key(random)} {Key(random)}"),
        (1, () => $"ZUNIONSTORE {Key(random)} 1 {Key(random)}"),
        (1, () => $"DEL {Key(random)}"));

    private static string Key(Random random) => random.Of("w0", "w0", "w1", "w2");
}
