using System.Globalization;
using SessionGateway.Commands;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Scripting;
using SessionGateway.Store.Segments;

namespace SessionGateway.Bench.Microbench.Scripts;

/// <summary>
/// How long the scripts of attackers keep a loop at once: the longest turn of each, in processor time of the thread,
/// so that it does not matter what else the machine does. <c>scripts [PART OF A SCRIPT]</c>
/// </summary>
internal static class ScriptSteps
{
    // Twice: what the first run of a kind of code needs is compiled by then.
    private const int Runs = 2;

    private const int MostTurns = 4000;

    /// <summary>Measures and prints; what takes longest first.</summary>
    public static int Run(string[] args)
    {
        string[] scripts = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "adversaries.lua")).Where(
            script => args.Length == 0 || script.Contains(args[0], StringComparison.Ordinal))];
        var longest = new List<(double Milliseconds, int Turn, string Script)>();
        foreach (string script in scripts)
        {
            (double Milliseconds, int Turn) worst = default;
            for (int run = 0; run < Runs; run++)
            {
                worst = Longest(script);
            }

            longest.Add((worst.Milliseconds, worst.Turn, script));
        }

        foreach ((double milliseconds, int turn, string script) in longest.OrderByDescending(l => l.Milliseconds))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{milliseconds,8:F2} ms  turn {turn,5}  {script[..Math.Min(script.Length, 110)]}"));
        }

        double[] sorted = [.. longest.Select(l => l.Milliseconds).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sorted.Length} scripts: median {sorted[sorted.Length / 2]:F2} ms, longest {sorted[^1]:F2} ms"));
        return 0;
    }

    private static (double Milliseconds, int Turn) Longest(string script)
    {
        using var store = new SegmentItemStore(256 << 20, seed: 1);
        using var output = new OutputBuffer(64 << 10, 1 << 30);
        CommandServices services = RigServices.For(store, loops: 1);
        using var context = new CommandContext(services, services.Stats.Loop(0), output)
        {
            Client = new RigConnection { IsAuthenticated = true },
        };
        var processor = new RespProcessor();
        byte[] warm = Request("return 1");
        Turn(processor, context, warm);
        byte[] request = Request(script);
        double worst = 0;
        int at = 0;
        for (int turn = 0; turn < MostTurns; turn++)
        {
            long before = ThreadTime.Instance.GetTimestamp();
            bool isOver = Turn(processor, context, request);
            double took = ThreadTime.Instance.GetElapsedTime(before).TotalMilliseconds;
            (worst, at) = took > worst ? (took, turn) : (worst, at);
            if (isOver)
            {
                break;
            }
        }

        long close = ThreadTime.Instance.GetTimestamp();
        services.Resp.EndScripts(0);
        processor.OnClosed(context);
        context.Leftovers.Slice();
        double closing = ThreadTime.Instance.GetElapsedTime(close).TotalMilliseconds;
        return closing > worst ? (closing, -1) : (worst, at);
    }

    private static bool Turn(RespProcessor processor, CommandContext context, byte[] request)
    {
        context.Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        context.Output.Clear();
        context.BeginTurn();
        return processor.Process(request, context) == request.Length;
    }

    private static byte[] Request(string script)
    {
        byte[] text = System.Text.Encoding.Latin1.GetBytes(script);
        return
        [
            .. System.Text.Encoding.Latin1.GetBytes($"*4\r\n$4\r\nEVAL\r\n${text.Length}\r\n"), .. text,
            .. "\r\n$1\r\n1\r\n$1\r\nk\r\n"u8,
        ];
    }
}
