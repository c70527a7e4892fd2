using System.Globalization;
using System.Text;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Options;

/// <summary>All options, with the texts of <c>--help</c>.</summary>
internal static class OptionTable
{
    private static readonly Option[] All =
    [
        new("--seconds", "N", "measured seconds per server and round (5)", (o, v) => o.Seconds = Number(v)),
        new("--rounds", "N", "rounds; every server once in each (5; idle 3; start 10)", (o, v) => o.Rounds = Number(v)),
        new("--warmup", "N", "seconds of the same load before measuring (5)", (o, v) => o.Warmup = Number(v)),
        new("--server-core", "N[,N]", "core(s) of the server (0)", (o, v) => o.ServerCores = Cores(v)),
        new("--load-core", "N[,N]", "core(s) of this program (1)", (o, v) => o.LoadCores = Cores(v)),
        new("--nice", "N", "nice value of server and load; -20 shuts out other work (needs root)", (o, v) =>
            o.Nice = int.Parse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
        new("--gateway", "PATH", "gateway.dll or executable (newest Release build)", (o, v) => o.Gateway = v),
        new("--gateway-args", "TEXT", "more arguments for the gateway", (o, v) =>
            o.GatewayArguments = [.. PeerParser.SplitWords(v)]),
        new("--threads", "N", "event loops of the gateway (1)", (o, v) => o.Threads = Number(v)),
        new("--only", "NAMES", "of gateway,memcached,redis only these; peers of --peer run anyway", (o, v) =>
            o.Only = v.Split(',')),
        new("--peer", "NAME=COMMAND", "one more server; NAME/resp=… for RESP; {port} stands for its port", (o, v) =>
            o.Peers.Add(v)),
        new("--connections", "N", "instead of the workload's own (idle: 10000)", (o, v) => o.Connections = Number(v)),
        new("--keys", "N", "instead of the workload's own", (o, v) => o.Keys = Number(v)),
        new("--value-size", "BYTES", "instead of the workload's own; 100k, 1m", (o, v) => o.ValueBytes = Bytes(v)),
        new("--settle", "N", "idle, start: seconds of rest before memory is read (5)", (o, v) => o.Settle = Number(v)),
        new("--sessions", "N", "memory, restart, state: sessions (1000000)", (o, v) => o.Sessions = Number(v)),
        new("--attack", "NAMES", "attacks: only those whose name has one of these parts",
            (o, v) => o.Attacks = v.Split(',')),
        new("--quick", "", "memory: a look in about a minute, not a result", (o, _) => o.IsQuick = true),
        new("--json", "FILE", "writes everything measured there as well", (o, v) => o.Json = v),
    ];

    public static LoadOptions Parse(IReadOnlyList<string> arguments)
    {
        LoadOptions options = new() { CommandLine = arguments };
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith('-'))
            {
                options.Names.Add(argument);
                continue;
            }

            string[] parts = argument.Split('=', 2);
            Option option = Array.Find(All, option => option.Name == parts[0])
                ?? throw new LoadException($"unknown option {parts[0]}; --help shows all");
            if (option.Value.Length == 0 && parts.Length == 2)
                throw new LoadException($"{option.Name} takes no value");
            if (option.Value.Length > 0 && parts.Length == 1 && ++i == arguments.Count)
                throw new LoadException($"{option.Name} needs {option.Value}");
            try
            {
                option.Apply(options, parts.Length == 2 ? parts[1] : arguments[i]);
            }
            catch (FormatException)
            {
                throw new LoadException($"{argument}: {option.Value} expected");
            }
        }

        return options;
    }

    public static string Help()
    {
        StringBuilder text = new();
        foreach (Option option in All)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {option.Name + " " + option.Value,-24}{option.Help}");
        return text.ToString();
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new FormatException();

    private static int Bytes(string text) => text[^1..] switch
    {
        "k" => Number(text[..^1]) * 1024,
        "m" => Number(text[..^1]) * 1024 * 1024,
        _ => Number(text),
    };

    private static int[] Cores(string text) =>
        [.. text.Split(',').Select(core => int.Parse(core, NumberStyles.None, CultureInfo.InvariantCulture))];

    private sealed record Option(string Name, string Value, string Help, Action<LoadOptions, string> Apply);
}
