using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Generators.Scenes;

/// <summary>
/// MULTI with a queue of anything, behind WATCH or not, while another connection writes or does not; ended by EXEC,
/// DISCARD, or both.
/// </summary>
internal sealed class TransactionScene(IRequestGenerator requests) : IScene
{
    private const int LongestQueue = 12;

    public IEnumerable<Step> Make(Random random, string main, string name)
    {
        if (random.OneIn(2))
            yield return new Step(name, ["> HELLO 3"]) { Normalise = ["hello"] };
        if (random.OneIn(2))
        {
            string keys = string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Key(random)));
            yield return new Step(name, [$"> WATCH {keys}"]);
            if (random.OneIn(2))
                yield return Played(main, [requests.Next(random)]);
            if (random.OneIn(2))
                yield return new Step(main, [$"> {random.Of("SET", "APPEND", "SADD", "DEL", "TYPE")} {Key(random)} 1"]);
            if (random.OneIn(6))
                yield return new Step(name, ["> UNWATCH"]);
        }

        List<string> lines = ["> MULTI"];
        for (int count = random.Next(LongestQueue); count > 0; count--)
        {
            bool isWrong = random.OneIn(25);
            lines.Add(isWrong ? random.Of("> MULTI", "> WATCH k1", "> NOSUCH", "> GET") : requests.Next(random));
        }

        lines.Add(random.Of("> EXEC", "> EXEC", "> EXEC", "> EXEC", "> DISCARD"));
        if (random.OneIn(10))
            lines.Add(random.Of("> EXEC", "> DISCARD"));
        yield return Played(name, lines);
    }

    private Step Played(string connection, List<string> lines) => new(connection, lines)
    {
        Normalise = [.. lines.Select(requests.NormaliserOf).OfType<string>().Distinct().Order()],
    };

    private static string Key(Random random) =>
        random.Of("k1", "k2", "h1", "s1", "z1", "l1", "b1", "Lh0", "Ls0", "Lz0", "Ll0");
}
