using System.Globalization;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>The field commands that redis-server 7.0 does not have, beside a naive model, packed and large.</summary>
public sealed class FieldExpiryModelTests : OwningTests
{
    private const int Requests = 3000;
    private const int Rounds = 3;

    private readonly ITestOutputHelper _output;
    private readonly CommandHost _host = new();
    private readonly FieldExpiryModel _model = new();
    private readonly RespPeer _peer;

    public FieldExpiryModelTests(ITestOutputHelper output)
    {
        _output = output;
        _peer = new RespPeer(_host);
    }

    public static TheoryData<int, int> Seeds
    {
        get
        {
            var seeds = new TheoryData<int, int>();
            foreach (int names in new[] { 3, 12, 200 })
            {
                for (int seed = 1; seed <= Rounds; seed++)
                {
                    seeds.Add(names, seed);
                }
            }

            return seeds;
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Every_answer_is_that_of_the_model(int names, int seed) => Play(names, new Random(seed));

    [Theory, InlineData(3), InlineData(12), InlineData(200)]
    public void Every_answer_to_requests_of_a_fresh_seed_is_that_of_the_model(int names) =>
        Play(names, new Random(TestSeed.Take(_output)));

    private void Play(int names, Random random)
    {
        for (int i = 0; i < Requests; i++)
        {
            _model.Now = _host.Clock.Now;
            (string request, string reply) = Next(random, names);
            Assert.Equal($"{i} {request}: {reply}", $"{i} {request}: {_peer.Send(request)}");
            Assert.Equal($"{i} {request}: {_model.Exists()}", $"{i} {request}: {_peer.Send("EXISTS h")}");
            if (random.Next(3) == 0)
            {
                _host.Clock.Now += random.Next(random.Next(30) == 0 ? 5000 : 40);
            }
        }

        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    private (string Request, string Reply) Next(Random random, int names)
    {
        string[] fields = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"f{random.Next(names)}").Distinct()];
        string list = $"FIELDS {fields.Length} {string.Join(' ', fields)}";
        string value = $"v{new string('x', random.Next(60))}";
        long at = _host.Clock.Now + random.Next(-50, 3000);
        switch (random.Next(12))
        {
            case 0:
            case 1:
                return ($"HSET h {fields[0]} {value}", _model.Set(fields[0], value));
            case 2:
                return ($"HDEL h {fields[0]}", _model.Delete(fields[0]));
            case 3:
                return ($"HGETDEL h {list}", _model.Get(fields, _model.Remove));
            case 4:
                return ($"HPERSIST h {list}", _model.Persist(fields));
            case 5:
                return ($"HLEN h", _model.Length());
            case 6:
                return Times(random, fields, list);
            case 7:
                return GetEx(random, fields, list, at);
            case 8:
            case 9:
                return SetEx(random, fields, value, at);
            default:
                string condition = Pick(random, "", "", "NX", "XX", "GT", "LT");
                return Expire(random, fields, list, condition, at);
        }
    }

    private (string, string) Expire(Random random, string[] fields, string list, string condition, long at)
    {
        long now = _host.Clock.Now;
        string options = condition.Length == 0 ? list : $"{condition} {list}";
        long ahead = Math.Max(0, at - now);
        return random.Next(4) switch
        {
            0 => (Text($"HPEXPIRE h {ahead} {options}"), _model.Expire(fields, now + ahead, condition)),
            1 => (Text($"HPEXPIREAT h {at} {options}"), _model.Expire(fields, at, condition)),
            2 => (Text($"HEXPIRE h {ahead / 1000} {options}"),
                _model.Expire(fields, now + (ahead / 1000 * 1000), condition)),
            _ => (Text($"HEXPIREAT h {at / 1000} {options}"), _model.Expire(fields, at / 1000 * 1000, condition)),
        };
    }

    private (string, string) Times(Random random, string[] fields, string list) => random.Next(4) switch
    {
        0 => ($"HTTL h {list}", _model.Ttl(fields, isAbsolute: false, isSeconds: true)),
        1 => ($"HPTTL h {list}", _model.Ttl(fields, isAbsolute: false, isSeconds: false)),
        2 => ($"HEXPIRETIME h {list}", _model.Ttl(fields, isAbsolute: true, isSeconds: true)),
        _ => ($"HPEXPIRETIME h {list}", _model.Ttl(fields, isAbsolute: true, isSeconds: false)),
    };

    private (string, string) GetEx(Random random, string[] fields, string list, long at) => random.Next(4) switch
    {
        0 => ($"HGETEX h {list}", _model.Get(fields)),
        1 => ($"HGETEX h PERSIST {list}", _model.Get(fields, field => _model.End(field, 0))),
        2 => (Text($"HGETEX h PXAT {at} {list}"), _model.Get(fields, field => _model.End(field, at))),
        _ => ($"HGETEX h PX 700 {list}", _model.Get(fields, field => _model.End(field, _host.Clock.Now + 700))),
    };

    private (string, string) SetEx(Random random, string[] fields, string value, long at)
    {
        string condition = Pick(random, "", "", "FNX", "FXX");
        (string time, long ends, bool keeps) = random.Next(3) switch
        {
            0 => ("", 0L, false),
            1 => ("KEEPTTL", 0L, true),
            _ => (Text($"PXAT {at}"), at, false),
        };
        string words = string.Join(' ', new[] { "HSETEX h", condition, time }.Where(word => word.Length > 0));
        string pairs = string.Join(' ', fields.Select(field => $"{field} {value}"));
        return ($"{words} FIELDS {fields.Length} {pairs}", _model.SetEx(fields, value, condition, ends, keeps));
    }

    private static string Pick(Random random, params string[] words) => words[random.Next(words.Length)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
