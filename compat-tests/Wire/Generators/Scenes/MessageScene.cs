using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Generators.Scenes;

/// <summary>A connection listens to channels and patterns, another one sends messages and asks who listens.</summary>
internal sealed class MessageScene : IScene
{
    public IEnumerable<Step> Make(Random random, string main, string name)
    {
        if (random.OneIn(2))
            yield return new Step(name, ["> HELLO 3"]) { Normalise = ["hello"] };
        for (int rounds = random.Next(1, 4); rounds > 0; rounds--)
        {
            yield return Heard(name, Several(random, () => Listen(random)));
            yield return new Step(main, Several(random, () => Send(random)));
            yield return Heard(name, [.. Several(random, () => Ask(random)), "> ECHO end"]);
        }

        yield return Heard(name, ["> UNSUBSCRIBE", "> PUNSUBSCRIBE", "> SUNSUBSCRIBE", "> GET none"]);
        yield return new Step(main, ["> PUBSUB NUMPAT", "> PUBSUB CHANNELS", "> PUBSUB SHARDCHANNELS"]);
    }

    // Redis has its channels and patterns in no order.
    private static Step Heard(string connection, List<string> lines) =>
        new(connection, lines) { Normalise = ["unordered"] };

    private static List<string> Several(Random random, Func<string> one) =>
        [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"> {one()}")];

    private static string Ask(Random random) => random.Of(
        "PING", "PING x", "UNSUBSCRIBE a", "PUNSUBSCRIBE *", "GET k1", "PUBLISH a x", "MULTI x", "SUNSUBSCRIBE");

    private static string Listen(Random random) => random.Of(
        "SUBSCRIBE a", "SUBSCRIBE a b", "SUBSCRIBE a a", "PSUBSCRIBE *", "PSUBSCRIBE a* [ab]", "SSUBSCRIBE a",
        "SSUBSCRIBE b c", "UNSUBSCRIBE b", "SUNSUBSCRIBE b", "PUNSUBSCRIBE x", "SUBSCRIBE", "SUBSCRIBE \"\"");

    private static string Send(Random random) => random.Of(
        "PUBLISH a x", "PUBLISH b {v*300}", "PUBLISH \"\" x", "SPUBLISH a x", "SPUBLISH b y", "PUBLISH a",
        "PUBLISH c x",
        "PUBSUB NUMSUB a b c", "PUBSUB SHARDNUMSUB a b", "PUBSUB NUMPAT",
        "EVAL \"return redis.call('PUBLISH','a','l')\" 0");
}
