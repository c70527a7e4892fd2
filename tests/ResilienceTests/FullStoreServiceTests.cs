using System.Text;
using SessionGateway.ResilienceTests.Support;

namespace SessionGateway.ResilienceTests;

/// <summary>
/// 64 MB full of sessions of 20,000 bytes: every page of every session gets its handler's lock, in every round, in
/// every protocol; and the longest value that the options accept can be stored.
/// </summary>
public sealed class FullStoreServiceTests
{
    private const int Rounds = 3;
    private const int SessionBytes = 20_000;

    public static TheoryData<string> Protocols => [.. Dialect.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_full_store_gives_every_lock_and_takes_rewrites_of_the_same_length(string protocol)
    {
        Dialect dialect = Dialect.All.Single(d => d.Name == protocol);
        using var gateway = RunningGateway.Start("epoll", "--memory", "64m");
        using Client client = dialect.Connect(gateway);
        byte[] value = new byte[SessionBytes];
        int[] inside = [.. Enumerable.Range(0, 3300).Where(i => IsStored(dialect, client, $"session-{i}", value))];
        Assert.InRange(inside.Length, 3000, 3200);
        byte[] other = new byte[SessionBytes];
        Array.Fill(other, (byte)'w');
        for (int round = 0; round < Rounds; round++)
        {
            foreach (int i in inside)
            {
                (byte[] request, byte[] given) = Lock(protocol, $"lock-{i}");
                dialect.Ask(client, request, given);
                dialect.Ask(client, dialect.Get($"session-{i}"),
                    dialect.Found($"session-{i}", round == 0 ? value : other));
                dialect.Ask(client, dialect.Set($"session-{i}", other), dialect.Stored);
                dialect.Ask(client, dialect.Delete($"lock-{i}"), dialect.Deleted);
            }
        }

        using var statistics = Client.Connect(gateway.AutoPort);
        Assert.Equal(3300 - inside.Length, RunningGateway.Statistic(statistics, "store_no_memory"));
        Assert.Equal(0, RunningGateway.Statistic(statistics, "writes_refused_inside"));
        Assert.Equal(2 << 20, RunningGateway.Statistic(statistics, "memory_reserve_bytes"));
    }

    [Theory]
    [InlineData("8m", 2 << 20)]
    [InlineData("64m", 16 << 20)]
    public void The_longest_value_that_the_options_accept_is_stored_in_every_protocol(string memory, int bytes)
    {
        using var gateway = RunningGateway.Start("epoll", "--memory", memory, "--max-value", $"{bytes}");
        byte[] value = new byte[bytes];
        new Random(3).NextBytes(value);
        foreach (Dialect dialect in Dialect.All)
        {
            using Client client = dialect.Connect(gateway);
            Assert.True(IsStored(dialect, client, "long", value), dialect.Name);
            dialect.Ask(client, dialect.Delete("long"), dialect.Deleted);
        }
    }

    [Fact]
    public void Cas_uniques_begin_elsewhere_in_each_process_and_none_is_small()
    {
        long[] firsts = [FirstCas(), FirstCas()];
        Assert.All(firsts, first => Assert.InRange(first, 1L << 50, 1L << 52));
        Assert.NotEqual(firsts[0], firsts[1]);
    }

    private static long FirstCas()
    {
        using var gateway = RunningGateway.Start("epoll", "--memory", "8m");
        using var client = Client.Connect(gateway.AutoPort);
        client.Send("set k 0 0 1\r\nx\r\ncas k 0 0 1 12345\r\ny\r\ngets k\r\n");
        Assert.Equal("STORED\r\nEXISTS\r\nVALUE k 0 1 ", Encoding.Latin1.GetString(client.Read(28)));
        var digits = new StringBuilder();
        for (char c = (char)client.Read(1)[0]; c != '\r'; c = (char)client.Read(1)[0])
        {
            digits.Append(c);
        }

        return long.Parse(digits.ToString(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsStored(Dialect dialect, Client client, string key, byte[] value)
    {
        client.Send(dialect.Set(key, value));
        return dialect.ReadWhetherStored(client);
    }

    // For 30 seconds, if nobody has it: the request, and the answer that gives it.
    private static (byte[] Request, byte[] Given) Lock(string protocol, string key) => protocol switch
    {
        "text" => (Encoding.Latin1.GetBytes($"add {key} 0 30 1\r\n1\r\n"), "STORED\r\n"u8.ToArray()),
        "binary" =>
            ([.. BinaryDialect.Header(0x80, 2, key.Length, 8, 0, 9 + key.Length), 0, 0, 0, 0, 0, 0, 0, 30,
                .. Encoding.Latin1.GetBytes(key), (byte)'1'],
            BinaryDialect.Header(0x81, 2, 0, 0, 0, 0)),
        _ => (Encoding.Latin1.GetBytes(
            $"*6\r\n$3\r\nSET\r\n${key.Length}\r\n{key}\r\n$1\r\n1\r\n$2\r\nNX\r\n$2\r\nPX\r\n$5\r\n30000\r\n"),
            "+OK\r\n"u8.ToArray()),
    };
}
