using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire;

/// <summary>
/// What SCAN promises: a full round gives every key that was there all the time at least once. Cursors and order are
/// each server's own, so these are properties, shown on the real server too.
/// </summary>
public sealed class ScanTests : IClassFixture<RedisFixture>
{
    private const int Keys = 1500;
    private readonly RedisFixture _servers;

    public ScanTests(RedisFixture servers) => _servers = servers;

    [Theory, InlineData("redis"), InlineData("gateway")]
    public void A_full_round_gives_every_key(string server)
    {
        using RawConnection connection = Fill(server);
        List<string> found = Round(connection, "COUNT 17", _ => { });
        Assert.Equal(Names(0, Keys), found.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, InlineData("redis"), InlineData("gateway")]
    public void Pattern_and_type_filter_a_round(string server)
    {
        using RawConnection connection = Fill(server);
        Assert.Equal(Names(0, Keys).Where(name => name.StartsWith("key:1", StringComparison.Ordinal)),
            Round(connection, "MATCH key:1* COUNT 50 TYPE string", _ => { }).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(Round(connection, "TYPE list COUNT 500", _ => { }));
    }

    [Theory, InlineData("redis"), InlineData("gateway")]
    public void Keys_that_stay_are_given_while_others_come_and_go(string server)
    {
        using RawConnection connection = Fill(server);
        IEnumerable<string> found = Round(connection, "COUNT 20", turn =>
        {
            // The upper half is deleted bit by bit while other keys are added.
            Ask(connection, $"DEL key:{Keys - 1 - turn:00000}");
            Ask(connection, $"SET other:{turn} x");
        });
        Assert.Empty(Names(0, Keys / 2).Except(found));
    }

    [Theory, InlineData("redis"), InlineData("gateway")]
    public void A_round_sees_its_own_database_only(string server)
    {
        using RawConnection connection = Fill(server);
        Ask(connection, "SELECT 5");
        Ask(connection, "SET five 5");
        Assert.Equal(["five"], Round(connection, "COUNT 100", _ => { }));
    }

    private static List<string> Names(int from, int to) =>
        [.. Enumerable.Range(from, to - from).Select(i => $"key:{i:00000}")];

    private static List<string> Round(RawConnection connection, string options, Action<int> betweenCalls)
    {
        var found = new List<string>();
        string cursor = "0";
        for (int turn = 0; turn < 10_000; turn++)
        {
            List<string> reply = Ask(connection, $"SCAN {cursor} {options}");
            cursor = Text(reply[1]);
            found.AddRange(reply.Skip(3).Select(Text));
            if (cursor == "0")
                return found;
            betweenCalls(turn);
        }
        throw new InvalidOperationException("the round did not end");
    }

    private static string Text(string line) => Regex.Match(line, @"^ *\$""(.*)""$").Groups[1].Value;

    private static List<string> Ask(RawConnection connection, string request)
    {
        var dialect = new RespDialect();
        var memory = new Recollection(DateTimeOffset.UnixEpoch);
        var bytes = new List<byte>();
        dialect.Encode(request, memory, bytes);
        connection.Send([.. bytes, .. dialect.Sentinel(1)]);
        int start = 0;
        byte[] reply = connection.ReadUntil(
            received => dialect.EndsWithSentinel(received, 1, out start), TimeSpan.FromSeconds(30));
        var lines = new List<string>();
        dialect.Print(reply.AsSpan(0, start), memory, lines);
        return lines;
    }

    private RawConnection Fill(string server)
    {
        RawConnection connection = (server == "redis" ? _servers.Real : _servers.Gateway).Connect();
        Ask(connection, "FLUSHALL");
        Ask(connection, "MSET " + string.Join(' ', Names(0, Keys).Select(name => $"{name} v")));
        return connection;
    }
}
