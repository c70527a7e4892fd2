using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>Shows the workloads.</summary>
internal sealed class ListSubcommand : ISubcommand
{
    public string Help => "list: shows the workloads";

    public void Run(LoadOptions options)
    {
        MarkdownTable table = new("workload", "in", "what");
        foreach (Workload workload in WorkloadTable.All)
            table.Add(workload.Name, workload.IsStandard ? "all" : "everything", workload.Describe());
        options.Report.WriteLine(table.ToString());
    }
}
