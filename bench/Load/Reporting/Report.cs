using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Reporting;

/// <summary>Markdown to standard output as results arrive, progress to standard error, JSON to a file.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Dictionary<string, object> _results = [];

    /// <summary>Says where and how the numbers come about.</summary>
    public void Begin(string title, LoadOptions options, IReadOnlyList<ServerSpec> servers, int rounds)
    {
        var machine = MachineReport.Capture(options.CommandLine, servers);
        _results["machine"] = machine;
        _results["settings"] = new
        {
            Rounds = rounds,
            options.Seconds,
            options.Warmup,
            options.Settle,
            options.ServerCores,
            options.LoadCores,
            options.Threads,
        };
        WriteLine($"# {title}\n");
        WriteLine($"- {machine.Date}, commit {machine.Commit}, `{machine.CommandLine}`");
        WriteLine($"- {machine.Machine}: {machine.Cpu}, {machine.Cores} cores, {machine.MemoryMegabytes} MB; "
            + $"kernel {machine.Kernel}; {machine.Runtime}");
        WriteLine($"- server on core {Join(options.ServerCores)}, load program on core {Join(options.LoadCores)}; "
            + $"{rounds} rounds; load average before: {machine.LoadAverageBefore}");
        WriteLine($"- yardstick before: {Measure(options, "yardstickBefore")}");
        foreach ((string name, string version) in machine.Servers)
            WriteLine($"- {name}: {version}");
        foreach (string setting in machine.RuntimeSettings)
            WriteLine($"- environment: {setting}");
        WriteLine("");
    }

    public void WriteLine(string text) => Console.Out.WriteLine(text);

    public void Progress(string text) => Console.Error.WriteLine($"load: {text}");

    /// <summary>Keeps a result for the JSON file.</summary>
    public void Keep(string name, object result) => _results[name] = result;

    public void End(LoadOptions options)
    {
        string loadAfter = File.ReadAllText("/proc/loadavg").Trim();
        WriteLine($"- yardstick after: {Measure(options, "yardstickAfter")}; load average: {loadAfter}");
        _results["loadAverageAfter"] = loadAfter;
        if (options.Json is not null)
            File.WriteAllText(options.Json, JsonSerializer.Serialize(_results, Json) + "\n");
    }

    private string Measure(LoadOptions options, string name)
    {
        Spread trip = Yardstick.Measure(options.ServerCores, options.LoadCores);
        _results[name] = trip;
        return $"{trip.Show("F2")} µs for 1 KB there and back over loopback by one thread";
    }

    private static string Join(IReadOnlyList<int> cores) => string.Join(',', cores);
}
