using System.Globalization;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>
/// SET IFEQ and its kin, DELEX, DELIFEQ, DIGEST and MSETEX, which redis-server 7.0 does not have, beside a naive model.
/// </summary>
public sealed class ConditionalModelTests(ITestOutputHelper output) : OwningTests
{
    private const int Requests = 10_000;

    private static readonly string[] Values = ["a", "b", "10", "010", new string('l', 300)];

    private readonly CommandHost _host = new();
    private readonly ConditionalModel _model = new();

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Every_answer_is_that_of_the_model(int seed) => Play(seed);

    [Fact]
    public void Every_answer_to_requests_of_a_fresh_seed_is_that_of_the_model() => Play(TestSeed.Take(output));

    private void Play(int seed)
    {
        var peer = new RespPeer(_host);
        var random = new Random(seed);
        for (int i = 0; i < Requests; i++)
        {
            _model.Now = _host.Clock.Now;
            (string request, string reply) = Next(random);
            Assert.Equal($"{seed} {i} {request}: {reply}", $"{seed} {i} {request}: {peer.Send(request)}");
            foreach (string key in (string[])["k0", "k1", "k2"])
            {
                Assert.Equal(
                    $"{seed} {i} {request}: {key} {_model.Get(key)} {_model.ExpireTime(key)}",
                    $"{seed} {i} {request}: {key} {peer.Send($"GET {key}")} {peer.Send($"PEXPIRETIME {key}")}");
            }

            _host.Clock.Now += random.Next(3) == 0 ? random.Next(500) : 0;
        }

        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    private (string Request, string Reply) Next(Random random)
    {
        string key = Key(random);
        switch (random.Next(10))
        {
            case 0:
                return ($"DIGEST {key}", _model.Digest(key));
            case 1:
                string value = Of(random, Values);
                return ($"DELIFEQ {key} {value}", _model.DelIfEq(key, value));
            case 2:
            case 3:
                return DelEx(random, key);
            case 4:
            case 5:
                return MSetEx(random);
            case 6 when random.Next(4) == 0:
                _model.Delete(key);
                new RespPeer(_host).Send($"DEL {key}");
                return ($"HSET {key} f v", _model.MakeHash(key));
            default:
                return Set(random, key);
        }
    }

    private (string, string) Set(Random random, string key)
    {
        string condition = Of(random, "", "NX", "XX", "IFEQ", "IFEQ", "IFNE", "IFDEQ", "IFDNE");
        string operand = Operand(random, condition);
        string compared = condition.Length > 2 ? $"{condition} {operand}" : condition;
        bool isGet = random.Next(3) == 0;
        (string time, long ends) = Time(random);
        string[] words = [compared, isGet ? "GET" : "", time];
        random.Shuffle(words);
        string value = Of(random, Values);
        return (Joined($"SET {key} {value}", words), _model.Set(key, value, condition, operand, isGet, ends));
    }

    private (string, string) DelEx(Random random, string key)
    {
        string condition = Of(random, "", "IFEQ", "IFNE", "IFDEQ", "IFDNE", "FOO");
        string operand = Operand(random, condition);
        return (Joined($"DELEX {key}", condition, condition.Length > 0 ? operand : ""),
            _model.DelEx(key, condition, operand));
    }

    private (string, string) MSetEx(Random random)
    {
        (string Key, string Value)[] pairs =
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Key(random), Of(random, Values)))];
        string condition = Of(random, "", "NX", "XX");
        (string time, long ends) = Time(random);
        string[] words = [condition, time];
        random.Shuffle(words);
        string list = string.Join(' ', pairs.Select(pair => $"{pair.Key} {pair.Value}"));
        return (Joined($"MSETEX {pairs.Length} {list}", words), _model.MSetEx(pairs, condition, ends));
    }

    private static string Operand(Random random, string condition)
    {
        string value = Of(random, Values);
        if (!condition.StartsWith("IFD", StringComparison.Ordinal))
        {
            return value;
        }

        string digest = ConditionalModel.DigestOf(value);
        return Of(random, digest, digest, digest.ToUpperInvariant(), digest[1..], "0" + digest, new string('z', 16));
    }

    // The words, and when a value that is set with them ends.
    private (string Words, long Ends) Time(Random random)
    {
        long now = _host.Clock.Now;
        long ahead = random.Next(1, 3000);
        long at = now + random.Next(-50, 3000);
        return random.Next(7) switch
        {
            0 => (Text($"PX {ahead}"), now + ahead),
            1 => (Text($"EX {1 + (ahead / 1000)}"), now + ((1 + (ahead / 1000)) * 1000)),
            2 => (Text($"PXAT {at}"), at),
            3 => (Text($"EXAT {at / 1000}"), at / 1000 * 1000),
            4 => ("KEEPTTL", -1),
            _ => ("", 0),
        };
    }

    private static string Key(Random random) => $"k{random.Next(3)}";

    private static string Of(Random random, params string[] words) => words[random.Next(words.Length)];

    private static string Joined(string head, params string[] words) =>
        string.Join(' ', words.Where(word => word.Length > 0).Prepend(head));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
