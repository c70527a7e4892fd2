using System.Globalization;
using System.Text;
using SessionGateway.Commands;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Scripting;
using SessionGateway.Store.Segments;

namespace SessionGateway.Bench.Microbench.Scripts;

/// <summary>
/// How long commands with many arguments, or that take many elements, keep a loop at once: the longest turn of each, in
/// processor time of the thread, so that it does not matter what else the machine does.
/// <c>steps [PARTS OF NAMES]</c>
/// </summary>
internal static class CommandSteps
{
    // Twice: the code is compiled by then.
    private const int Runs = 3;

    private const int Arguments = 30_000;

    private static readonly (string Name, Func<byte[]>? Before, Func<byte[]> Request)[] Cases =
    [
        .. Family("new key", null),
        .. Family("key of 200,000", () => Everything(200_000)),
        ("LREM 65,536 of 200,000", () => Wide("RPUSH", "l", 1, 200_000, _ => "x", 20_000),
            () => Plain("LREM", "l", "65536", "x")),
        ("LTRIM to the last one", () => Everything(200_000), () => Plain("LTRIM", "l", "-1", "-1")),
        ("LPOP 65,536", () => Everything(200_000), () => Plain("LPOP", "l", "65536")),
        ("LMPOP 65,536", () => Everything(200_000), () => Plain("LMPOP", "1", "l", "LEFT", "COUNT", "65536")),
        ("ZPOPMIN 8,192", () => Everything(200_000), () => Plain("ZPOPMIN", "z", "8192")),
        ("ZPOPMAX 100,000", () => Everything(200_000), () => Plain("ZPOPMAX", "z", "100000")),
        ("ZMPOP 8,192", () => Everything(200_000), () => Plain("ZMPOP", "1", "z", "MIN", "COUNT", "8192")),
        ("SPOP 8,000", () => Everything(200_000), () => Plain("SPOP", "s", "8000")),
        ("SRANDMEMBER -30,000", () => Everything(200_000), () => Plain("SRANDMEMBER", "s", "-30000")),
        ("ZREMRANGEBYRANK 0 -1", () => Everything(200_000), () => Plain("ZREMRANGEBYRANK", "z", "0", "-1")),
        ("LINSERT at the end", () => Everything(200_000), () => Plain("LINSERT", "l", "BEFORE", "m199999", "x")),
        ("LPOS, none", () => Everything(200_000), () => Plain("LPOS", "l", "nothing")),
        ("HGETALL", () => Everything(200_000), () => Plain("HGETALL", "h")),
        ("SINTERCARD", () => Everything(200_000), () => Plain("SINTERCARD", "2", "s", "s")),
        ("SUNIONSTORE", () => Everything(200_000), () => Plain("SUNIONSTORE", "d", "s", "s")),
        ("ZUNIONSTORE of 700 keys that are there", () => Sources("ZADD", 700, 1000),
            () => Wide("ZUNIONSTORE", "d", 1, 700, i => "k" + i, head: ["700"])),
        ("ZUNIONSTORE of 30,000 keys that are there", () => Sources("ZADD", Arguments, 5),
            () => Wide("ZUNIONSTORE", "d", 1, Arguments, i => "k" + i, head: ["30000"])),
        ("SUNION of 30,000 keys that are there", () => Sources("SADD", Arguments, 5),
            () => Wide("SUNION", "k0", 1, Arguments, i => "k" + i)),
        ("SDIFF of 30,000 keys that are there", () => Sources("SADD", Arguments, 5),
            () => Wide("SDIFF", "k0", 1, Arguments, i => "k" + (i + 1))),
        ("DEL of all", () => Everything(200_000), () => Plain("DEL", "h", "s", "z", "l")),
        ("COPY of a hash", () => Everything(200_000), () => Plain("COPY", "h", "d")),
        ("DUMP of a hash", () => Everything(200_000), () => Plain("DUMP", "h")),
        ("BITFIELD of 10,000", null, () => Wide("BITFIELD", "b", 3, Arguments, i => (i % 3) switch
        {
            0 => "INCRBY",
            1 => "i61",
            _ => "77777",
        })),
        ("BITFIELD of 7,500 SETs", null, () => Wide("BITFIELD", "b", 4, Arguments, i => (i % 4) switch
        {
            0 => "SET",
            1 => "u61",
            2 => (i * 977 % 8_000_000).ToString(CultureInfo.InvariantCulture),
            _ => "1",
        })),
        ("EXEC of 30,000 arguments, SET", null, () => Transaction("SET", 3, 10_000)),
        ("EXEC of 30,000 arguments, SADD", null, () => Transaction("SADD", 3, 10_000)),
        ("EXEC of 15,000 GET", null, () => Transaction("GET", 2, 15_000)),
        ("EXEC of 10,000 HSET", null, () => Transaction("HSET", 4, 8_000)),
        ("EXEC of one SADD of 30,000", null, () => [.. "*1\r\n$5\r\nMULTI\r\n"u8,
            .. Wide("SADD", "s", 1, Arguments, i => "m" + i), .. "*1\r\n$4\r\nEXEC\r\n"u8]),
    ];

    /// <summary>Measures and prints.</summary>
    public static int Run(string[] args)
    {
        foreach ((string name, Func<byte[]>? before, Func<byte[]> request) in Cases)
        {
            if (args.Length > 0
                && !Array.Exists(args, part => name.Contains(part, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            byte[]? preparation = before?.Invoke();
            byte[] wide = request();
            (double Longest, double All, int Turns, string Reply) last = default;
            for (int run = 0; run < Runs; run++)
            {
                last = Measure(preparation, wide);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{last.Longest,8:F2} ms longest {last.All,8:F2} ms all {last.Turns,6} turns  {name,-45}")
                + last.Reply);
        }

        return 0;
    }

    private static IEnumerable<(string Name, Func<byte[]>? Before, Func<byte[]> Request)> Family(
        string on, Func<byte[]>? before)
    {
        static string Value(int i) => i % 2 == 0 ? "w" + i : "value";
        static string Score(int i) => i % 2 == 0 ? i.ToString(CultureInfo.InvariantCulture) : "w" + i;
        static string Member(int i) => "m" + (i * 6);
        (string, Func<byte[]>)[] cases =
        [
            ("SADD of 30,000", () => Wide("SADD", "s", 1, Arguments, i => "w" + i)),
            ("SREM of 30,000", () => Wide("SREM", "s", 1, Arguments, Member)),
            ("SMISMEMBER of 30,000", () => Wide("SMISMEMBER", "s", 1, Arguments, Member)),
            ("HSET of 15,000 pairs", () => Wide("HSET", "h", 2, Arguments, Value)),
            ("HMSET of 15,000 pairs", () => Wide("HMSET", "h", 2, Arguments, Value)),
            ("HDEL of 30,000", () => Wide("HDEL", "h", 1, Arguments, Member)),
            ("HMGET of 30,000", () => Wide("HMGET", "h", 1, Arguments, Member)),
            ("ZADD of 15,000 pairs", () => Wide("ZADD", "z", 2, Arguments, Score)),
            ("ZREM of 30,000", () => Wide("ZREM", "z", 1, Arguments, Member)),
            ("ZMSCORE of 30,000", () => Wide("ZMSCORE", "z", 1, Arguments, Member)),
            ("RPUSH of 30,000", () => Wide("RPUSH", "l", 1, Arguments, Member)),
            ("LPUSH of 30,000", () => Wide("LPUSH", "l", 1, Arguments, Member)),
            ("HEXPIRE of 30,000", () => Wide("HEXPIRE", "h", 1, Arguments, Member, head: ["100", "FIELDS", "30000"])),
            ("HTTL of 30,000", () => Wide("HTTL", "h", 1, Arguments, Member, head: ["FIELDS", "30000"])),
            ("HPERSIST of 30,000", () => Wide("HPERSIST", "h", 1, Arguments, Member, head: ["FIELDS", "30000"])),
            ("HGETEX of 30,000", () => Wide("HGETEX", "h", 1, Arguments, Member,
                head: ["EX", "100", "FIELDS", "30000"])),
            ("HGETDEL of 30,000", () => Wide("HGETDEL", "h", 1, Arguments, Member, head: ["FIELDS", "30000"])),
            ("HSETEX of 15,000", () => Wide("HSETEX", "h", 2, Arguments, Value,
                head: ["EX", "100", "FIELDS", "15000"])),
            ("MSET of 15,000", () => Wide("MSET", "k", 1, Arguments + 1, i => "k" + i)),
            ("MSETNX of 15,000", () => Wide("MSETNX", "k", 1, Arguments + 1, i => "n" + i)),
            ("MSETEX of 15,000", () => Wide("MSETEX", "15000", 1, Arguments, i => "e" + i)),
            ("MGET of 30,000", () => Wide("MGET", "k", 1, Arguments, i => "k" + i)),
            ("DEL of 30,000", () => Wide("DEL", "k", 1, Arguments, i => "k" + i)),
            ("EXISTS of 30,000", () => Wide("EXISTS", "k", 1, Arguments, i => "k" + i)),
            ("TOUCH of 30,000", () => Wide("TOUCH", "k", 1, Arguments, i => "k" + i)),
            ("PFCOUNT-like SINTERCARD of 30,000 keys", () => Wide("SINTERCARD", "30000", 1, Arguments, i => "s")),
            ("SINTERSTORE of 30,000 keys", () => Wide("SINTERSTORE", "d", 1, Arguments, i => "s")),
            ("SUNION of 3,000 keys", () => Wide("SUNION", "s", 1, 3000, i => "q" + i)),
            ("ZUNIONSTORE of 30,000 keys", () => Wide("ZUNIONSTORE", "d", 1, Arguments, i => "q" + i,
                head: ["30000"])),
            ("BLPOP of 30,000 keys",
                () => Wide("BLPOP", "q", 1, Arguments, i => i == Arguments - 1 ? "0.001" : "q" + i)),
            ("WATCH of 30,000 keys", () => Wide("WATCH", "k", 1, Arguments, i => "k" + i)),
        ];
        return cases.Select(c => ($"{c.Item1}, {on}", before, c.Item2));
    }

    private static (double Longest, double All, int Turns, string Reply) Measure(byte[]? before, byte[] request)
    {
        using var store = new SegmentItemStore(512 << 20, seed: 1);
        using var output = new OutputBuffer(64 << 10, 1 << 30);
        CommandServices services = RigServices.For(store, loops: 1);
        using var context = new CommandContext(services, services.Stats.Loop(0), output)
        {
            Client = new RigConnection { IsAuthenticated = true },
        };
        var processor = new RespProcessor();
        if (before is not null)
        {
            _ = Do(processor, context, before);
        }

        (double, double, int, string) measured = Do(processor, context, request);
        processor.OnClosed(context);
        return measured;
    }

    private static (double Longest, double All, int Turns, string Reply) Do(
        RespProcessor processor, CommandContext context, byte[] request)
    {
        double worst = 0, all = 0;
        string reply = "";
        int turns = 0;
        for (int at = 0; at < request.Length && turns < 1_000_000; turns++)
        {
            context.Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            context.Output.Clear();
            context.BeginTurn();
            long began = ThreadTime.Instance.GetTimestamp();
            at += processor.Process(request.AsSpan(at), context);
            double took = ThreadTime.Instance.GetElapsedTime(began).TotalMilliseconds;
            worst = Math.Max(worst, took);
            all += took;
            reply = context.Output.Length > 0
                ? Encoding.Latin1.GetString(context.Output.Written[..Math.Min(24, context.Output.Length)])
                : reply;
            if (context.Client.IsParked)
            {
                break;
            }
        }

        return (worst, all, turns, reply.Replace("\r\n", " ", StringComparison.Ordinal));
    }

    private static byte[] Everything(int count)
    {
        using var all = new MemoryStream();
        all.Write(Wide("HSET", "h", 2, count * 2, i => i % 2 == 0 ? "m" + (i / 2) : "value", 10_000));
        all.Write(Wide("SADD", "s", 1, count, i => "m" + i, 10_000));
        all.Write(Wide("ZADD", "z", 2, count * 2, i =>
            i % 2 == 0 ? (i * 7919L % 1_000_003).ToString(CultureInfo.InvariantCulture) : "m" + (i / 2), 10_000));
        all.Write(Wide("RPUSH", "l", 1, count, i => "m" + i, 10_000));
        return all.ToArray();
    }

    // Keys with members of which each is in several.
    private static byte[] Sources(string verb, int keys, int members)
    {
        using var all = new MemoryStream();
        int step = verb == "ZADD" ? 2 : 1;
        for (int key = 0; key < keys; key++)
        {
            int first = key * 97;
            all.Write(Wide(verb, "k" + key, step, members * step, i => step == 2 && i % 2 == 0
                ? i.ToString(CultureInfo.InvariantCulture) : "m" + ((first + (i * 7)) % 100_000)));
        }

        return all.ToArray();
    }

    private static byte[] Transaction(string verb, int arguments, int count)
    {
        using var all = new MemoryStream();
        all.Write(Plain("MULTI"));
        for (int i = 0; i < count; i++)
        {
            string[] command = [verb, verb is "SET" or "GET" ? "k" + i : "s", "m" + i, "value"];
            all.Write(Plain(command[..arguments]));
        }

        all.Write(Plain("EXEC"));
        return all.ToArray();
    }

    // So many arguments behind the key; several requests when one must not have so many.
    private static byte[] Wide(string verb, string key, int step, int count, Func<int, string> argument,
        int most = int.MaxValue, string[]? head = null)
    {
        using var all = new MemoryStream();
        most -= most % step;
        for (int start = 0; start < count; start += most)
        {
            int length = Math.Min(most, count - start);
            all.Write(Plain([verb, key, .. head ?? [], .. Enumerable.Range(start, length).Select(argument)]));
            if (most == int.MaxValue)
            {
                break;
            }
        }

        return all.ToArray();
    }

    private static byte[] Plain(params string[] arguments)
    {
        StringBuilder text = new StringBuilder().Append('*').Append(arguments.Length).Append("\r\n");
        foreach (string argument in arguments)
        {
            text.Append('$').Append(argument.Length).Append("\r\n").Append(argument).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
