using Microsoft.Extensions.Hosting;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Pair;
using SessionGateway.Gateway.Persistence;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.Transfer;
using SessionGateway.Gateway.WarmUp;

if (args is [SessionProgram.Name, ..])
{
    return SessionProgram.Run(args.AsSpan(1));
}

if (args.Length > 0 && TransferProgram.Is(args[0]))
{
    return TransferProgram.Run(args);
}

if (args is [PairProgram.Name, ..])
{
    return PairProgram.Run(args.AsSpan(1));
}

if (args is [RepairProgram.Name, ..])
{
    return RepairProgram.Run(args.AsSpan(1));
}

// Before anything else: until then a signal ends the process. What is sent while the runtime itself starts still does.
using var signals = new SignalWatch(TimeProvider.System, () => Environment.Exit(1));
try
{
    bool isAgent = args is ["agent", ..];
    var arguments = CommandLineArguments.Parse(isAgent ? args[1..] : args);
    if (arguments.WantsHelp || arguments.WantsVersion)
    {
        StandardStream.Out(arguments.WantsHelp ? OptionsHelp.Text() : $"gateway {VersionText.Value}\n");
        return 0;
    }

    GatewayOptions options = PairStart.Complete(OptionsReader.Read(
        arguments, Environment.GetEnvironmentVariables(), AppContext.BaseDirectory, isAgent));
    var hotPath = HotPath.Warm(options.Transport, TimeProvider.System, ProtocolTable.CreateProcessor);
    using IHost host = GatewayHost.Build(options, signals, hotPath);
    host.Run();
    // Not 0 when an event loop failed while serving.
    return Environment.ExitCode;
}
catch (OperationCanceledException)
{
    // Asked to end while the items were read: the log is as it was.
    return Environment.ExitCode;
}
catch (StartupException e)
{
    StandardStream.Error($"gateway: {e.Message}\n");
    return 1;
}
