using SessionGateway.Bench.Load.Reporting;

namespace SessionGateway.Bench.Load.Options;

/// <summary>What the command line says; null where each sub-command has a default of its own.</summary>
internal sealed class LoadOptions
{
    /// <summary>Names of workloads.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Measured seconds per server and round.</summary>
    public int Seconds { get; set; } = 5;

    /// <summary>Times each server is started and measured.</summary>
    public int? Rounds { get; set; }

    /// <summary>
    /// Seconds of the same load before measuring. The .NET servers compile hot methods anew in the first second or two.
    /// </summary>
    public int Warmup { get; set; } = 5;

    public IReadOnlyList<int> ServerCores { get; set; } = [0];

    public IReadOnlyList<int> LoadCores { get; set; } = [1];

    /// <summary>Nice value of this program and the servers; null: as started.</summary>
    public int? Nice { get; set; }

    /// <summary>gateway.dll or its executable; null: the newest Release build in the repository.</summary>
    public string? Gateway { get; set; }

    public IReadOnlyList<string> GatewayArguments { get; set; } = [];

    public int Threads { get; set; } = 1;

    /// <summary>Servers to run; empty: all.</summary>
    public IReadOnlyList<string> Only { get; set; } = [];

    public List<string> Peers { get; } = [];

    public int? Connections { get; set; }

    public int? Keys { get; set; }

    public int? ValueBytes { get; set; }

    /// <summary>Seconds a server is left alone before its idle memory is read.</summary>
    public int Settle { get; set; } = 5;

    /// <summary>Number of sessions of <c>memory</c>.</summary>
    public int? Sessions { get; set; }

    /// <summary>Parts of the names of the attacks to run; empty: all.</summary>
    public IReadOnlyList<string> Attacks { get; set; } = [];

    /// <summary>A look instead of a result.</summary>
    public bool IsQuick { get; set; }

    public string? Json { get; set; }

    /// <summary>The arguments as given, for the report.</summary>
    public IReadOnlyList<string> CommandLine { get; set; } = [];

    /// <summary>Where results go.</summary>
    public Report Report { get; } = new();
}
