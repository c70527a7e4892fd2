using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Gateway.Transfer.Sources;
using SessionGateway.Gateway.Transfer.Target;

namespace SessionGateway.Gateway.Transfer;

/// <summary><c>gateway import</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Takes everything.</summary>
    /// <returns>False when something was not taken.</returns>
    /// <exception cref="SessionToolException">It could not be gone on with.</exception>
    public static bool Run(ToolArguments arguments)
    {
        string? url = arguments.Value(TransferVerbs.From);
        if (url is not null && arguments.HasOperand)
        {
            throw new SessionToolException("a file and --from are given; one source at a time");
        }

        SourceUrl? source = url is null ? null : SourceUrl.Parse(url);
        string file = source is null ? arguments.Operand : "";
        using var report = new TransferReport(
            arguments.Value(TransferVerbs.Report), "imported", TimeProvider.System);
        if (source is { IsMemcached: true })
        {
            MoveMemcached(arguments, source, report);
        }
        else
        {
            using IKeyTarget target = Target(arguments, report);
            try
            {
                MoveKeys(source, file, target, report);
            }
            finally
            {
                target.Finish();
            }
        }

        return report.Finish();
    }

    private static void MoveKeys(SourceUrl? source, string file, IKeyTarget target, TransferReport report)
    {
        if (source is null)
        {
            using var reader = new RdbFileSource(file, target, report);
            reader.Run();
            return;
        }

        using RespPipeline pipeline = Endpoints.ConnectResp(source.Address, source.User, source.Password);
        new RedisSource(pipeline, source.Database, target, report).Run();
    }

    private static IKeyTarget Target(ToolArguments arguments, TransferReport report) =>
        arguments.Has(TransferVerbs.DryRun)
            ? new NoTarget(report)
            : new GatewayTarget(Endpoints.ConnectResp(arguments), report, arguments.Has(TransferVerbs.Replace));

    private static void MoveMemcached(ToolArguments arguments, SourceUrl source, TransferReport report)
    {
        using ToolConnection names = Endpoints.Connect(source.Address);
        using ToolConnection values = Endpoints.Connect(source.Address);
        using TextPipeline? target = arguments.Has(TransferVerbs.DryRun) ? null : Endpoints.ConnectText(arguments);
        new MemcachedSource(names, values, target, report, arguments.Has(TransferVerbs.Replace)).Run();
    }
}
