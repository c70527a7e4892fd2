using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

/// <summary>The built gateway as a program of its own.</summary>
internal static class GatewayProgram
{
    /// <summary>The dotnet command that runs the tests.</summary>
    public static string Dotnet { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Runs it to its end.</summary>
    public static ToolResult Run(params string[] args) => Run(args, []);

    /// <summary>Runs it to its end with environment variables.</summary>
    public static ToolResult Run(string[] args, Dictionary<string, string> environment) =>
        Tool.Run(Dotnet, [Repository.GatewayDll, .. args], env: environment);

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static ServerProcess Start(string[] args, Dictionary<string, string>? environment = null)
    {
        ServerProcess? started = null;
        started = ServerProcess.Start(Dotnet, [Repository.GatewayDll, .. args], env: environment);
        try
        {
            Wait.Until(() => started.Output.Contains("\nready\n") || started.HasExited,
                () => $"ready; printed {started.Output}");
            return started.HasExited
                ? throw new InvalidOperationException($"exit code {started.ExitCode}: {started.Output}")
                : started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

}
