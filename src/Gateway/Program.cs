using Microsoft.Extensions.Hosting;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.SessionTool;

if (args is [SessionProgram.Name, ..])
{
    return SessionProgram.Run(args.AsSpan(1));
}

try
{
    CommandLineArguments arguments = CommandLineArguments.Parse(args);
    if (arguments.WantsHelp || arguments.WantsVersion)
    {
        StandardStream.Out(arguments.WantsHelp ? OptionsHelp.Text() : $"gateway {VersionText.Value}\n");
        return 0;
    }

    GatewayOptions options = OptionsReader.Read(
        arguments, Environment.GetEnvironmentVariables(), AppContext.BaseDirectory);
    using IHost host = GatewayHost.Build(options);
    host.Run();
    // Not 0 when an event loop failed while serving.
    return Environment.ExitCode;
}
catch (StartupException e)
{
    StandardStream.Error($"gateway: {e.Message}\n");
    return 1;
}
