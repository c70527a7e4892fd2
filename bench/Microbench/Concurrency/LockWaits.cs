using System.Diagnostics;
using System.Globalization;
using System.Text;
using SessionGateway.Commands;
using SessionGateway.Store;
using SessionGateway.Store.Segments;

namespace SessionGateway.Bench.Microbench.Concurrency;

/// <summary>
/// How long a small get of one loop takes while another loop executes long commands on the same shard, for ADR 0016.
/// Commands go through processor and store as in a gateway; what is sent directly is copied once, as the kernel does.
/// The rounds of all commands take turns, so that foreign load disturbs them alike. Beside the waits, which need two
/// idle cores, stands the CPU time of the other loop's turns: it holds a lock no longer, and other load does not count.
/// </summary>
internal static class LockWaits
{
    private const int Rounds = 3;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(1);

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        MachineState.Print("before");
        using var store = new SegmentItemStore(2L << 30, seed: 7);
        CommandServices services = RigServices.For(store, loops: 2);
        using var small = new LoopProcessor(services, 0, sendsDirectly: true);
        using var sending = new LoopProcessor(services, 1, sendsDirectly: true);
        using var copying = new LoopProcessor(services, 1, sendsDirectly: false);
        Case[] cases = Prepare(store, sending, copying);
        byte[] get = Request("GET", KeysOf(store, "small", 1)[0]);
        for (int round = 0; round < Rounds; round++)
        {
            Array.ForEach(cases, c => Measure(c, small, get));
        }

        Console.WriteLine(
            "| other loop executes | CPU of its turns, µs: p50 | p99 | p99.9 | get, µs: p50 | p99 | p99.9 |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Array.ForEach(cases, c => c.Print());
        Console.WriteLine();
        MachineState.Print("after");
    }

    private static Case[] Prepare(ItemStore store, LoopProcessor sending, LoopProcessor copying)
    {
        sending.Execute(Request("SET", KeysOf(store, "small", 1)[0], new string('s', 1024)));
        string[] large = KeysOf(store, "large", 10), spread = [.. Enumerable.Range(0, 10).Select(i => $"spread{i}")];
        foreach (string key in large.Concat(spread))
        {
            sending.Execute(Request("SET", key, new string('v', 100_000)));
        }

        string huge = KeysOf(store, "huge", 1)[0], list = KeysOf(store, "list", 1)[0];
        sending.Execute(Request("SET", huge, new string('v', 1_000_000)));
        (string middle, string long_) = (KeysOf(store, "middle", 1)[0], KeysOf(store, "long", 1)[0]);
        Fill(sending, "HSET", middle, 1000, i => [$"field{i}", new string('f', 50)]);
        Fill(sending, "HSET", long_, 20_000, i => [$"field{i}", new string('f', 50)]);
        Fill(sending, "RPUSH", list, 1000, _ => [new string('e', 100)]);
        string[] copies = KeysOf(store, "copy", 2);
        return
        [
            new("GET of 1 KB", sending, Request("GET", KeysOf(store, "small", 1)[0])),
            new("GET of 100 KB, sent from its place", sending, Request("GET", large[0])),
            new("GET of 100 KB, copied", copying, Request("GET", large[0])),
            new("GET of 1 MB, sent from its place", sending, Request("GET", huge)),
            new("GET of 1 MB, copied", copying, Request("GET", huge)),
            new("SET of 100 KB", sending, Request("SET", large[1], new string('x', 100_000)),
                Request("SET", large[1], new string('y', 100_000))),
            new("MGET of 10 × 100 KB in one shard", sending, Request(["MGET", .. large])),
            new("MGET of 10 × 100 KB in many shards", sending,
                Request(["MGET", KeysOf(store, "small", 1)[0], .. spread])),
            new("LRANGE of 1,000 × 100 bytes", sending, Request("LRANGE", list, "0", "-1")),
            new("HGETALL of 1,000 fields", sending, Request("HGETALL", middle)),
            new("HGETALL of 20,000 fields", sending, Request("HGETALL", long_)),
            new("COPY of a hash of 20,000 fields", sending, Request("COPY", long_, copies[0], "REPLACE")),
            new("DEL of a copy of it, and COPY", sending, Request("DEL", copies[1]), Request("COPY", long_, copies[1])),
        ];
    }

    private static void Measure(Case measured, LoopProcessor small, byte[] get)
    {
        bool isOver = false;
        long commands = 0;
        measured.Other.Turns = measured.Turns;
        var other = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                measured.Other.Execute(measured.Requests[commands++ % measured.Requests.Length]);
            }
        });
        other.Start();
        long end = Stopwatch.GetTimestamp() + (long)(RoundTime.TotalSeconds * Stopwatch.Frequency);
        for (long now = 0; now < end;)
        {
            // As long as a loop is about its other connections: the lock is not only handed to and fro.
            Thread.SpinWait(200);
            long start = Stopwatch.GetTimestamp();
            small.Execute(get);
            now = Stopwatch.GetTimestamp();
            measured.Waits.Add((float)(now - start));
        }

        Volatile.Write(ref isOver, true);
        other.Join();
    }

    private static void Fill(
        LoopProcessor loop, string verb, string key, int count, Func<int, IEnumerable<string>> element)
    {
        for (int i = 0; i < count; i += 100)
        {
            loop.Execute(Request([verb, key, .. Enumerable.Range(i, 100).SelectMany(element)]));
        }
    }

    // Keys of one shard, the same for all.
    private static string[] KeysOf(ItemStore store, string name, int count) =>
    [
        .. Enumerable.Range(0, int.MaxValue).Select(i => $"{name}{i}")
            .Where(key => store.ShardOf(store.Key(0, Encoding.ASCII.GetBytes(key))) == 5).Take(count),
    ];

    private static byte[] Request(params string[] words) => Encoding.ASCII.GetBytes(
        $"*{words.Length}\r\n" + string.Concat(words.Select(word => $"${word.Length}\r\n{word}\r\n")));

    private sealed class Case(string name, LoopProcessor other, params byte[][] requests)
    {
        public LoopProcessor Other { get; } = other;

        public byte[][] Requests { get; } = requests;

        public List<float> Waits { get; } = [];

        public List<float> Turns { get; } = [];

        public void Print() =>
            Console.WriteLine($"| {name} | {Of(Turns, 1e-3)} | {Of(Waits, 1e6 / Stopwatch.Frequency)} |");

        private static string Of(List<float> values, double unit)
        {
            values.Sort();
            return string.Join(" | ", new[] { 0.5, 0.99, 0.999 }.Select(part =>
                (values[(int)(part * values.Count)] * unit).ToString("F1", CultureInfo.InvariantCulture)));
        }
    }
}
