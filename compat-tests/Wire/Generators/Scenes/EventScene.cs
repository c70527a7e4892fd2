using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Generators.Scenes;

/// <summary>A connection hears of every change that requests of all kinds make to keys.</summary>
internal sealed class EventScene(IRequestGenerator requests) : IScene
{
    private const int MostRequests = 12;

    public IEnumerable<Step> Make(Random random, string main, string name)
    {
        if (random.OneIn(2))
            yield return new Step(name, ["> HELLO 3"]) { Normalise = ["hello"] };
        yield return new Step(name, [
            $"> CONFIG SET notify-keyspace-events {random.Of("KEA", "KEA", "Kg$", "Elsh", "KExze", "KEAn")}",
            "> PSUBSCRIBE __key*"]);
        for (int count = random.Next(1, MostRequests); count > 0; count--)
        {
            string line = requests.Next(random);
            yield return new Step(main, [line])
            {
                Normalise = requests.NormaliserOf(line) is { } normaliser ? [normaliser] : [],
            };
        }

        yield return new Step(name, ["> PUNSUBSCRIBE"]);
        yield return new Step(name, ["> CONFIG SET notify-keyspace-events \"\""]);
    }
}
