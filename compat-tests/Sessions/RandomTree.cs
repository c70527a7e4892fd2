namespace SessionGateway.CompatTests.Sessions;

/// <summary>Seeded sessions of all kinds of values.</summary>
/// <param name="random">The source; the same seed gives the same sessions.</param>
/// <param name="plain">Whether to leave out what only PHP has: references, objects, enums.</param>
internal sealed class RandomTree(Random random, bool plain)
{
    private static readonly double[] Doubles = [0, -0.0, 1, -1.5, 0.1, 1e15, 1e17, 1e-5, 1e300, 5e-324, 123456.789];
    private static readonly long[] Integers = [0, 1, -1, 9, 10, 255, 256, -256, 65535, 65536, int.MaxValue,
        int.MinValue, 1L << 40, long.MaxValue, long.MinValue];
    private static readonly string[] Texts = ["", "a", "alice", "Grüße 名前 😀", "x|y;\"{}", "a\0b", "07", "12", "\u0080",
        "long " + new string('z', 300)];

    private readonly List<SessionValue> _places = [];

    public SessionTree Next()
    {
        var tree = new SessionTree();
        _places.Clear();
        for (int i = random.Next(1, 8); i > 0; i--)
        {
            Fill(tree.Variables.Put("v" + random.Next(1000)), 0);
        }

        return tree;
    }

    private void Fill(SessionValue place, int depth)
    {
        switch (random.Next(plain ? 9 : 12))
        {
            case 0:
                place.SetNull();
                break;
            case 1:
                place.Set(random.Next(2) == 0);
                break;
            case 2 or 3:
                place.Set(random.Next(2) == 0 ? Integers[random.Next(Integers.Length)] : random.Next(-1000, 1000));
                break;
            case 4:
                place.Set(Doubles[random.Next(Doubles.Length)]);
                break;
            case 5 or 6:
                place.Set(Texts[random.Next(Texts.Length)]);
                break;
            case 7 or 8 when depth < 4:
                FillMap(place.SetMap(), depth);
                break;
            case 9 when _places.Count > 0:
                place.SetReferenceTo(_places[random.Next(_places.Count)]);
                return;
            case 10 when depth < 4:
                FillMap(place.SetObject("Thing" + random.Next(3)).Properties, depth, onlyNames: true);
                break;
            case 11:
                place.SetEnum(@"App\Model\Suit", random.Next(2) == 0 ? "Hearts" : "Spades");
                break;
            default:
                place.Set(new byte[] { 0xff, 0xfe, 0, (byte)random.Next(256) });
                break;
        }

        if (depth < 3)
        {
            _places.Add(place);
        }
    }

    private void FillMap(SessionMap map, int depth, bool onlyNames = false)
    {
        bool isList = !onlyNames && random.Next(2) == 0;
        for (int i = random.Next(5); i > 0; i--)
        {
            Fill(isList ? map.Append() : map.Put("k" + random.Next(50)), depth + 1);
        }

        if (!isList && !onlyNames && random.Next(3) == 0)
        {
            Fill(map.Put(random.Next(-5, 500)), depth + 1);
        }
    }
}
