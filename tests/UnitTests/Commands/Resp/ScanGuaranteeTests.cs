using System.Globalization;
using System.Text;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>
/// What HSCAN, SSCAN, ZSCAN and SCAN promise, beside a model: what is there from the first call to the last is given,
/// what never was is not, whatever comes, goes, grows and is written again between the calls.
/// </summary>
public sealed class ScanGuaranteeTests : OwningTests
{
    private readonly ITestOutputHelper _output;
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public ScanGuaranteeTests(ITestOutputHelper output)
    {
        _output = output;
        _peer = new RespPeer(_host);
    }

    /// <summary>Each kind, from nothing over packed ones to many pages.</summary>
    public static TheoryData<string, int, int> Rounds
    {
        get
        {
            var rounds = new TheoryData<string, int, int>();
            foreach (string kind in new[] { "HSCAN", "SSCAN", "ZSCAN", "SCAN" })
            {
                foreach (int first in new[] { 0, 3, 60, 130, 400, 3000 })
                {
                    rounds.Add(kind, first, first + 1);
                    rounds.Add(kind, first, first + 2);
                }
            }

            return rounds;
        }
    }

    [Theory, MemberData(nameof(Rounds))]
    public void What_stays_is_given_and_what_never_was_is_not(string kind, int first, int seed) =>
        Play(kind, first, new Random(seed));

    [Theory, InlineData("HSCAN"), InlineData("SSCAN"), InlineData("ZSCAN"), InlineData("SCAN")]
    public void What_stays_is_given_in_rounds_of_a_fresh_seed(string kind)
    {
        var random = new Random(TestSeed.Take(_output));
        Play(kind, random.Next(600), random);
    }

    private void Play(string kind, int first, Random random)
    {
        HashSet<string> staying = [], ever = [];
        for (int i = 0; i < first; i++)
        {
            Add(kind, $"e{i}", random);
            staying.Add($"e{i}");
        }

        ever.UnionWith(staying);
        // Not the only one: what is emptied begins anew, and small.
        List<string> present = [.. staying];
        HashSet<string> seen = [];
        string cursor = "0";
        int calls = 0;
        do
        {
            cursor = Call(kind, cursor, random, seen);
            for (int changes = random.Next(60); changes > 0; changes--)
            {
                Change(kind, random, present, staying, ever);
            }

            Assert.True(++calls < 20_000, "the round does not end");
        }
        while (cursor != "0");

        Assert.Empty(staying.Except(seen));
        Assert.Empty(seen.Except(ever));
    }

    private string Call(string kind, string cursor, Random random, HashSet<string> seen)
    {
        string key = kind == "SCAN" ? "" : "k ";
        string[] words = _peer.Send($"{kind} {key}{cursor} COUNT {random.Next(1, 80)}").Split(' ');
        Assert.Equal("*2", words[0]);
        seen.UnionWith(words.Skip(3).Where(word => word[0] is 'e' or 'c'));
        return words[2];
    }

    private void Change(string kind, Random random, List<string> present, HashSet<string> staying, HashSet<string> ever)
    {
        int at = present.Count == 0 ? 0 : random.Next(present.Count);
        if (present.Count == 0 || random.Next(2) == 0)
        {
            string name = $"c{ever.Count}";
            Add(kind, name, random);
            ever.Add(name);
            present.Add(name);
        }
        else if (random.Next(3) == 0)
        {
            // Longer or shorter than before.
            Add(kind, present[at], random);
        }
        else
        {
            string name = present[at];
            present[at] = present[^1];
            present.RemoveAt(present.Count - 1);
            staying.Remove(name);
            _peer.Send(kind switch
            {
                "HSCAN" => $"HDEL k {name}",
                "SSCAN" => $"SREM k {name}",
                "ZSCAN" => $"ZREM k {name}",
                _ => $"DEL {name}",
            });
        }
    }

    private void Add(string kind, string name, Random random)
    {
        string value = new StringBuilder("v").Append('x', random.Next(120)).ToString();
        _peer.Send(kind switch
        {
            "HSCAN" => $"HSET k {name} {value}",
            "SSCAN" => $"SADD k {name}",
            "ZSCAN" => string.Create(CultureInfo.InvariantCulture, $"ZADD k {random.Next(50)} {name}"),
            _ => $"SET {name} {value}",
        });
    }
}
