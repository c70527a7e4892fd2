using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Traffic;

/// <summary>All workloads; a new one is one line here.</summary>
internal static class WorkloadTable
{
    private const int BigValue = 100 * 1024;
    private const int BigKeys = 2_000; // 200 MB: more would measure the machine's memory, not the servers

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("text-get", WireKind.Text) { GetPercent = 100 },
        new("text-set", WireKind.Text) { GetPercent = 0 },
        new("text-mix", WireKind.Text),
        new("binary-mix", WireKind.Binary),
        new("resp-mix", WireKind.Resp),
        new("resp-mix-p16", WireKind.Resp) { Pipeline = 16 },
        new("churn", WireKind.Text) { IsChurn = true },
        new("conns-2000", WireKind.Text) { Connections = 2_000 },
        new("big-100k", WireKind.Text) { ValueBytes = BigValue, Keys = BigKeys },

        new("text-get-p16", WireKind.Text) { GetPercent = 100, Pipeline = 16, IsStandard = false },
        new("text-mix-p16", WireKind.Text) { Pipeline = 16, IsStandard = false },
        new("binary-get", WireKind.Binary) { GetPercent = 100, IsStandard = false },
        new("binary-set", WireKind.Binary) { GetPercent = 0, IsStandard = false },
        new("binary-churn", WireKind.Binary) { IsChurn = true, IsStandard = false },
        new("resp-hash", WireKind.RespHash) { IsStandard = false },
        new("resp-hash-p16", WireKind.RespHash) { Pipeline = 16, IsStandard = false },
        new("resp-hgetall", WireKind.RespFields) { IsStandard = false },
        new("resp-hgetall-p16", WireKind.RespFields) { Pipeline = 16, IsStandard = false },
        new("resp-hgetall-12", WireKind.RespManyFields) { IsStandard = false },
        new("resp-hgetall-12-p16", WireKind.RespManyFields) { Pipeline = 16, IsStandard = false },
        new("resp-get", WireKind.Resp) { GetPercent = 100, IsStandard = false },
        new("resp-set", WireKind.Resp) { GetPercent = 0, IsStandard = false },
        new("resp-churn", WireKind.Resp) { IsChurn = true, IsStandard = false },
        new("resp-conns-2000", WireKind.Resp) { Connections = 2_000, IsStandard = false },
        new("resp-big-100k", WireKind.Resp) { ValueBytes = BigValue, Keys = BigKeys, IsStandard = false },
    ];

    /// <summary>The named ones in this table's order, with the sizes of the options where they are given.</summary>
    public static IReadOnlyList<Workload> Named(IReadOnlyList<string> names, LoadOptions options)
    {
        foreach (string name in names)
            if (name is not ("all" or "everything") && All.All(workload => workload.Name != name))
                throw new LoadException($"there is no workload '{name}'; `list` shows them");
        return
        [
            .. All.Where(workload => names.Contains(workload.Name) || names.Contains("everything")
                    || (names.Contains("all") && workload.IsStandard))
                .Select(workload => workload with
                {
                    Connections = options.Connections ?? workload.Connections,
                    Keys = options.Keys ?? workload.Keys,
                    ValueBytes = options.ValueBytes ?? workload.ValueBytes,
                }),
        ];
    }
}
