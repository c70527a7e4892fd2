using System.Diagnostics;
using SessionGateway.Sessions;

namespace SessionGateway.Bench.Microbench.Sessions;

/// <summary>
/// Decoding and encoding of PHP's own payloads beside session_decode() and session_encode() of a real PHP: the same
/// bytes, both programs on the same core, in turn.
/// </summary>
internal static class SessionThroughput
{
    private const int Rounds = 9;
    private const int RoundMilliseconds = 60;
    private const int WarmUps = 4;
    private const int WarmUpMilliseconds = 50;

    // Hot code is compiled anew in the background, on the same core, when nothing new was called for 100 ms.
    private const int CompileMilliseconds = 200;
    private const string Core = "0";
    private const string PinnedVariable = "MICROBENCH_PINNED";

    private static readonly string[] Handlers = ["php", "php_serialize", "igbinary"];
    private static readonly string[] Payloads = ["login", "nested", "many_1000"];

    /// <summary>Measures and prints a Markdown table.</summary>
    /// <param name="args">Names of handlers or payloads to keep to; none for all.</param>
    public static int Run(string[] args)
    {
        if (Environment.GetEnvironmentVariable(PinnedVariable) is null)
        {
            return RunPinned(args);
        }

        WarmUp();
        Console.WriteLine(
            $"Core {Core}, {Rounds} rounds of {RoundMilliseconds} ms each in turn; ns per operation, median "
                + $"[lowest–highest]\n");
        Console.WriteLine("| format | payload | bytes | operation | PHP | ours | ours ÷ PHP |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (string handler in Handlers.Where(h => IsMeant(args, Handlers, h)))
        {
            foreach (string payload in Payloads.Where(p => IsMeant(args, Payloads, p)))
            {
                using var php = new PhpLoop(handler, FileOf(handler, payload));
                byte[] bytes = File.ReadAllBytes(FileOf(handler, payload));
                var ours = new CodecLoop(SessionFormats.ByName(handler)!, bytes);
                Print($"| {handler} | {payload} | {bytes.Length} | decode", ms => php.Measure("decode", ms),
                    ours.Decode);
                Print($"| {handler} | {payload} | {bytes.Length} | decode, new tree", ms => php.Measure("decode", ms),
                    ours.DecodeNew);
                Print($"| {handler} | {payload} | {bytes.Length} | encode", ms => php.Measure("encode", ms),
                    ours.Encode);
            }
        }

        return 0;
    }

    private static bool IsMeant(string[] args, string[] group, string name) =>
        args.Contains(name) || !args.Any(group.Contains);

    private static void Print(string row, Func<int, double> php, Func<int, double> ours)
    {
        php(WarmUpMilliseconds);
        ours(WarmUpMilliseconds);
        var theirs = new List<double>();
        var own = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            theirs.Add(php(RoundMilliseconds));
            own.Add(ours(RoundMilliseconds));
        }

        IEnumerable<double> ratios = own.Zip(theirs, (a, b) => a / b);
        Console.WriteLine($"{row} | {Spread(theirs, "F0")} | {Spread(own, "F0")} | {Spread(ratios, "F2")} |");
    }

    /// <summary>All of our code on all payloads, until it is compiled with its profile as it is in a server.</summary>
    private static void WarmUp()
    {
        CodecLoop[] loops =
        [
            .. from handler in Handlers
               from payload in Payloads
               select new CodecLoop(SessionFormats.ByName(handler)!, File.ReadAllBytes(FileOf(handler, payload))),
        ];
        for (int i = 0; i < WarmUps; i++)
        {
            foreach (CodecLoop loop in loops)
            {
                loop.Decode(WarmUpMilliseconds);
                loop.DecodeNew(WarmUpMilliseconds);
                loop.Encode(WarmUpMilliseconds);
            }

            Thread.Sleep(CompileMilliseconds);
        }
    }

    private static string FileOf(string handler, string payload) =>
        Path.Combine(AppContext.BaseDirectory, "Sessions", "vectors", handler, payload + ".bin");

    private static string Spread(IEnumerable<double> values, string format)
    {
        double[] sorted = [.. values.Order()];
        string Text(double value) => value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
        return $"{Text(sorted[sorted.Length / 2])} [{Text(sorted[0])}–{Text(sorted[^1])}]";
    }

    /// <summary>A process that is on one core from its start: threads of the runtime and PHP inherit it.</summary>
    private static int RunPinned(string[] args)
    {
        using Process pinned = Process.Start(new ProcessStartInfo(
            "taskset", ["-c", Core, Environment.ProcessPath!, .. HostArguments(), "sessions", .. args])
        {
            Environment = { [PinnedVariable] = "1" },
        })!;
        pinned.WaitForExit();
        return pinned.ExitCode;
    }

    /// <summary>The assembly, where this process is the dotnet command.</summary>
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(SessionThroughput).Assembly.Location]
            : [];
}
