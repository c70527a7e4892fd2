using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

/// <summary>60,000 live sessions of 2 KB want to stay in 64 MB: twice what fits.</summary>
public sealed class FullMemoryTests(ITestOutputHelper output)
{
    private const int Sessions = 60_000;
    private const int SessionBytes = 2048;
    private const int Batch = 200;

    // The log tells every ten seconds and does not know of protocols: with one of them it is waited for.
    private const string Told = "text";

    // Values are pieces of it, each from another place: to make so many of their own takes longer than to store them.
    private static readonly byte[] Noise = MakeNoise();

    public static TheoryData<string> Protocols => [.. Dialect.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Every_write_is_stored_or_refused_with_an_error_and_no_session_is_lost(string protocol)
    {
        Dialect dialect = Dialect.All.Single(d => d.Name == protocol);
        using var gateway = RunningGateway.Start("epoll", "--memory", "64m");
        long before = gateway.Warm();
        using Client client = dialect.Connect(gateway);
        bool[] stored = Write(dialect, client, isSeenAgain: _ => false);
        int count = stored.Count(s => s);
        Assert.InRange(count, 25_000, 32_000);
        Read(dialect, client, Enumerable.Range(0, Sessions), i => stored[i]);

        using var statistics = Client.Connect(gateway.AutoPort);
        Assert.Equal(Sessions - count, RunningGateway.Statistic(statistics, "store_no_memory"));
        Assert.Equal(0, RunningGateway.Statistic(statistics, "evictions"));
        // One more is that of the warming up.
        Assert.Equal(count + 1, RunningGateway.Statistic(statistics, "curr_items"));
        if (protocol == Told)
        {
            gateway.AwaitLog("memory_pressure is critical");
            gateway.AwaitLog("writes refused");
        }

        output.WriteLine($"{count} stored; resident {before} KiB before, {gateway.PeakKiB} KiB at most");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void With_an_anonymous_class_every_write_is_stored_and_all_established_sessions_stay(string protocol)
    {
        Dialect dialect = Dialect.All.Single(d => d.Name == protocol);
        using var gateway = RunningGateway.Start("epoll", "--memory", "64m", "--anonymous", "session-*");
        using Client client = dialect.Connect(gateway);
        bool[] stored = Write(dialect, client, isSeenAgain: IsEstablished);
        Assert.Equal(Sessions, stored.Count(s => s));
        Read(dialect, client, Enumerable.Range(0, Sessions).Where(IsEstablished), _ => true);

        using var statistics = Client.Connect(gateway.AutoPort);
        Assert.Equal(0, RunningGateway.Statistic(statistics, "store_no_memory"));
        long lost = RunningGateway.Statistic(statistics, "sessions_lost_anonymous");
        Assert.Equal(Sessions - RunningGateway.Statistic(statistics, "curr_items"), lost);
        Assert.Equal(lost, RunningGateway.Statistic(statistics, "evictions"));
        Assert.InRange(lost, 20_000, Sessions - (Sessions / 4));
        if (protocol == Told)
        {
            gateway.AwaitLog("sessions lost for memory in the last");
            int lines = gateway.Process.Output.Split('\n').Count(
                l => l.Contains("session lost for memory (anonymous): key hash "));
            Assert.InRange(lines, 1, 100);
        }
    }

    private static byte[] MakeNoise()
    {
        byte[] noise = new byte[1 << 20];
        new Random(8).NextBytes(noise);
        return noise;
    }

    private static bool IsEstablished(int i) => i % 4 == 0;

    private static string Key(int i) => $"session-{i}";

    private static byte[] Value(int i)
    {
        const int apart = 13;
        return Noise.AsSpan(i * apart, SessionBytes).ToArray();
    }

    // Pipelined: a batch of writes, then the visitors that come back at once.
    private static bool[] Write(Dialect dialect, Client client, Func<int, bool> isSeenAgain)
    {
        bool[] stored = new bool[Sessions];
        for (int first = 0; first < Sessions; first += Batch)
        {
            int[] batch = [.. Enumerable.Range(first, Batch)];
            client.Send(Bytes.Join(batch.Select(i => dialect.Set(Key(i), Value(i)))));
            foreach (int i in batch)
            {
                stored[i] = dialect.ReadWhetherStored(client);
                Assert.True(stored[i] || !isSeenAgain(i), $"session {i} was refused");
            }

            Read(dialect, client, batch.Where(isSeenAgain), _ => true);
        }

        return stored;
    }

    private static void Read(Dialect dialect, Client client, IEnumerable<int> sessions, Func<int, bool> isThere)
    {
        foreach (int[] batch in sessions.Chunk(Batch))
        {
            client.Send(Bytes.Join(batch.Select(i => dialect.Get(Key(i)))));
            foreach (int i in batch)
            {
                dialect.Expect(client, isThere(i) ? dialect.Found(Key(i), Value(i)) : dialect.Missing);
            }
        }
    }
}
