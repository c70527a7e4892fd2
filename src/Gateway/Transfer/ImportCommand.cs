using System.Buffers.Text;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Gateway.Transfer.Sources;
using SessionGateway.Gateway.Transfer.Target;
using SessionGateway.Protocols.Resp.Client;

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

        if (url is null && !arguments.HasOperand)
        {
            throw new SessionToolException("DUMP.RDB, - or --from URL is missing; try --help");
        }

        SourceUrl? source = url is null ? null : SourceUrl.Parse(url);
        using var report = new TransferReport(arguments.Value(TransferVerbs.Report),
            arguments.Has(TransferVerbs.DryRun) ? "would be imported" : "imported", TimeProvider.System);
        if (source is { IsMemcached: true })
        {
            MoveMemcached(arguments, source, report);
        }
        else if (source is null)
        {
            using var reader = new RdbFileSource(arguments.Operand, report);
            Move(arguments, report, reader.Run);
        }
        else
        {
            using RespPipeline pipeline = Endpoints.ConnectResp(source);
            Move(arguments, report, new RedisSource(pipeline, source.Database, report).Run);
        }

        return report.Finish();
    }

    private static void Move(ToolArguments arguments, TransferReport report, Action<IKeyTarget> run)
    {
        using IKeyTarget target = Target(arguments, report);
        try
        {
            run(target);
        }
        finally
        {
            target.Finish();
        }
    }

    private static LengthGuard Target(ToolArguments arguments, TransferReport report)
    {
        if (arguments.Has(TransferVerbs.DryRun))
        {
            return new LengthGuard(new NoTarget(report), AskedLength(arguments, report), report);
        }

        RespPipeline pipeline = Endpoints.ConnectResp(arguments);
        return new LengthGuard(
            new GatewayTarget(pipeline, report, arguments.Has(TransferVerbs.Replace)), MostLength(pipeline), report);
    }

    // A dry run needs no gateway, but then it cannot say what is too long for it.
    private static int AskedLength(ToolArguments arguments, TransferReport report)
    {
        try
        {
            using RespPipeline pipeline = Endpoints.ConnectResp(arguments);
            return MostLength(pipeline);
        }
        catch (SessionToolException e)
        {
            report.Note = $"the gateway could not be asked what is too long for it: {e.Message}";
            return int.MaxValue;
        }
    }

    // A longer argument ends the connection, whatever else is on its way.
    private static int MostLength(RespPipeline pipeline)
    {
        RespReplyReader reply = pipeline.Ask("CONFIG", "GET", "proto-max-bulk-len");
        return !reply.IsError && reply.Read() && reply.Read()
            && Utf8Parser.TryParse(reply.Text, out long most, out _) && most is > 0 and < int.MaxValue
            ? (int)most : int.MaxValue;
    }

    private static void MoveMemcached(ToolArguments arguments, SourceUrl source, TransferReport report)
    {
        using ToolConnection names = Endpoints.Connect(source);
        using ToolConnection values = Endpoints.Connect(source);
        using TextPipeline? target = arguments.Has(TransferVerbs.DryRun) ? null : Endpoints.ConnectText(arguments);
        new MemcachedSource(names, values, target, report, arguments.Has(TransferVerbs.Replace)).Run();
    }
}
