using System.Buffers;

namespace SessionGateway.SessionsTests.Hostile;

/// <summary>A session that was written can be read with the same limits; what could not is refused before it is
/// stored.</summary>
public sealed class ReadBackTests
{
    public static TheoryData<string> Formats() => [.. SessionFormats.All.Select(format => format.Name), "value"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_written_is_read_with_the_same_limits(string name)
    {
        ISessionFormat format = name == "value" ? SessionFormats.PhpValue : SessionFormats.ByName(name)!;
        var random = new Random(30);
        var seen = new Dictionary<SessionErrorCode, int>();
        for (int i = 0; i < 3000; i++)
        {
            SessionTree tree = RandomSession(random);
            var limits = new SessionLimits
            {
                MaxBytes = random.Next(4) == 0 ? random.Next(1, 2000) : 100_000,
                MaxDepth = random.Next(4) == 0 ? random.Next(0, 12) : 64,
                MaxNodes = random.Next(4) == 0 ? random.Next(0, 100) : 2000,
                MaxNameBytes = random.Next(4) == 0 ? random.Next(0, 50) : 255,
                MaxExpandedBytes = random.Next(8) == 0 ? random.Next(1, 2000) : 100_000,
            };
            var options = new SessionEncodeOptions { Limits = limits, Omitted = random.Next(2) == 0 ? [] : null };
            var output = new ArrayBufferWriter<byte>();
            bool isWritten = format.TryEncode(tree, output, options, out SessionError error);
            seen[error.Code] = seen.GetValueOrDefault(error.Code) + 1;
            Assert.Equal(isWritten, error.IsNone);
            if (!isWritten)
            {
                Assert.Equal(0, output.WrittenCount);
                Assert.True(
                    !error.IsLimit || error.Detail!.StartsWith("over SessionLimits.Max", StringComparison.Ordinal),
                    error.ToString());
                continue;
            }

            Assert.True(format.TryDecode(output.WrittenSpan, new SessionTree(), limits, out error),
                $"{error}, {limits}: {Convert.ToHexString(output.WrittenSpan)}");
        }

        Assert.True(seen[SessionErrorCode.None] > 300, string.Join(' ', seen));
        Assert.True(seen.Where(pair => new SessionError(pair.Key, 0).IsLimit).Sum(pair => pair.Value) > 300,
            string.Join(' ', seen));
    }

    [Fact]
    public void A_name_of_256_bytes_is_refused_before_it_is_written()
    {
        var tree = new SessionTree();
        tree.Variables.Set(new string('n', 256), 1);
        foreach (ISessionFormat? format in SessionFormats.All.Where(
            format => format.Name is not ("php_binary" or "java")))
        {
            Assert.False(
                format.TryEncode(tree, new ArrayBufferWriter<byte>(), SessionEncodeOptions.Default,
                    out SessionError error),
                format.Name);
            Assert.Equal(SessionErrorCode.NameTooLong, error.Code);
            Assert.Contains("SessionLimits.MaxNameBytes, 255", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_session_over_a_megabyte_is_refused_before_it_is_written_and_may_still_be_looked_at()
    {
        var tree = new SessionTree();
        tree.Variables.Set("big", new string('x', 1_055_000));
        foreach (ISessionFormat format in SessionFormats.All)
        {
            Assert.False(
                format.TryEncode(tree, new ArrayBufferWriter<byte>(), SessionEncodeOptions.Default,
                    out SessionError error),
                format.Name);
            Assert.Equal(SessionErrorCode.TooLarge, error.Code);
            Assert.Contains("over SessionLimits.MaxBytes, 1048576", error.ToString(), StringComparison.Ordinal);
        }

        Assert.True(SessionFormats.Json.TryEncode(
            tree, new ArrayBufferWriter<byte>(), new SessionEncodeOptions { IsReadBack = false }, out _));
    }

    private static SessionTree RandomSession(Random random)
    {
        var tree = new SessionTree();
        if (random.Next(20) == 0)
        {
            tree.Root.SetMap(SessionHint.List);
        }

        var places = new List<SessionValue>();
        for (int i = random.Next(0, 6); i > 0; i--)
        {
            Fill(Place(tree.Variables, random, isVariable: true), random, places, 0);
        }

        return tree;
    }

    private static SessionValue Place(SessionMap map, Random random, bool isVariable = false) =>
        random.Next(isVariable ? 12 : 3) switch
        {
            0 => map.Put(random.Next(-2, 5)),
            1 => map.Put(random.Next(3) == 0 ? new string('ü', random.Next(1, 140)) : "k" + random.Next(20)),
            _ =>
                map.Put(new string((char)('a' + random.Next(26)),
                    random.Next(5) == 0 ? random.Next(1, 300) : random.Next(1, 9))),
        };

    private static void Fill(SessionValue place, Random random, List<SessionValue> places, int depth)
    {
        switch (random.Next(12))
        {
            case 0:
                place.SetNull();
                break;
            case 1:
                place.Set(random.Next(2) == 0);
                break;
            case 2:
                place.Set(random.NextInt64());
                break;
            case 3:
                place.Set(random.NextDouble());
                break;
            case 4:
                place.Set(new string('t', random.Next(0, 400)));
                break;
            case 5:
                place.Set([0xff, (byte)random.Next(256)], SessionHint.Binary);
                break;
            case 6 when places.Count > 0:
                place.SetReferenceTo(places[random.Next(places.Count)]);
                return;
            case 7 when depth < 9:
                SessionMap properties = place.SetObject("Thing" + random.Next(3)).Properties;
                for (int i = random.Next(3); i > 0; i--)
                {
                    Fill(properties.Put("p" + random.Next(9)), random, places, depth + 1);
                }

                break;
            case > 7 when depth < 9:
                SessionMap map = place.SetMap();
                for (int i = random.Next(4); i > 0; i--)
                {
                    Fill(random.Next(2) == 0 ? map.Append() : Place(map, random), random, places, depth + 1);
                }

                break;
            default:
                place.Set(random.Next(100));
                break;
        }

        places.Add(place);
    }
}
