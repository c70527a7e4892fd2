using System.Globalization;
using System.Text;
using SessionGateway.Bench.Microbench.Store;
using SessionGateway.Commands;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Store.Segments;

namespace SessionGateway.Bench.Microbench.Scripts;

/// <summary>
/// What commands on one element of a collection cost, read and answered, in collections of different sizes: processor
/// time of the thread, elements at random. <c>elements [PARTS OF NAMES]</c>
/// </summary>
internal static class SingleElements
{
    private const int Rounds = 5;
    private const int Requests = 20_000;
    private const int PerFill = 500;

    private static readonly int[] Sizes = [20, 1_000, 1_000_000];

    private static readonly (string Name, string Fill, string Request)[] Cases =
    [
        ("HGET", "HSET k {0} value", "HGET k {0}"),
        ("HEXISTS", "HSET k {0} value", "HEXISTS k {0}"),
        ("HSET, same length", "HSET k {0} value", "HSET k {0} other"),
        ("SISMEMBER", "SADD k {0}", "SISMEMBER k {0}"),
        ("SADD, is there", "SADD k {0}", "SADD k {0}"),
        ("SADD and SREM", "SADD k {0}", "SADD k x{0}|SREM k x{0}"),
        ("ZSCORE", "ZADD k {1} {0}", "ZSCORE k {0}"),
        ("ZRANK", "ZADD k {1} {0}", "ZRANK k {0}"),
        ("ZADD, new score", "ZADD k {1} {0}", "ZADD k {2} {0}"),
        ("LINDEX", "RPUSH k {0}", "LINDEX k {3}"),
        ("RPUSH and RPOP", "RPUSH k {0}", "RPUSH k x|RPOP k"),
    ];

    /// <summary>Measures and prints.</summary>
    public static int Run(string[] args)
    {
        MachineState.Print("before");
        Console.WriteLine($"| ns | {string.Join(" | ", Sizes.Select(size => $"{size:N0}"))} | largest ÷ smallest |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach ((string name, string fill, string request) in Cases)
        {
            if (args.Length > 0
                && !Array.Exists(args, part => name.Contains(part, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            double[] costs = [.. Sizes.Select(size => Measure(fill, request, size))];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {costs[0]:F0} | {costs[1]:F0} | {costs[2]:F0} | {costs[2] / costs[0]:F1} |"));
        }

        MachineState.Print("after");
        return 0;
    }

    private static double Measure(string fill, string request, int size)
    {
        using var store = new SegmentItemStore(1L << 30, seed: 1);
        using var output = new OutputBuffer(64 << 10, 1 << 30);
        CommandServices services = RigServices.For(store, loops: 1);
        using var context = new CommandContext(services, services.Stats.Loop(0), output)
        {
            Client = new RigConnection { IsAuthenticated = true },
            Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        };
        var processor = new RespProcessor();
        for (int start = 0; start < size; start += PerFill)
        {
            Do(processor, context, Encode(fill, Enumerable.Range(start, Math.Min(PerFill, size - start)), size));
        }

        var random = new Random(1);
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] requests = Encode(request, Enumerable.Range(0, Requests).Select(_ => random.Next(size)), size);
            double before = ThreadClock.Nanoseconds();
            Do(processor, context, requests);
            best = Math.Min(best, (ThreadClock.Nanoseconds() - before) / Requests);
        }

        return best;
    }

    private static void Do(RespProcessor processor, CommandContext context, byte[] requests)
    {
        for (int at = 0; at < requests.Length;)
        {
            context.RequestBudget = int.MaxValue;
            at += processor.Process(requests.AsSpan(at), context);
            context.Output.Clear();
        }
    }

    private static byte[] Encode(string form, IEnumerable<int> numbers, int size)
    {
        var text = new StringBuilder();
        foreach (int number in numbers)
        {
            string line = string.Format(CultureInfo.InvariantCulture, form,
                $"m{number}", number * 7919L % 1_000_003, (number * 104_729L) + size, number);
            foreach (string command in line.Split('|'))
            {
                string[] words = command.Split(' ');
                text.Append('*').Append(words.Length).Append("\r\n");
                foreach (string word in words)
                {
                    text.Append('$').Append(word.Length).Append("\r\n").Append(word).Append("\r\n");
                }
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
