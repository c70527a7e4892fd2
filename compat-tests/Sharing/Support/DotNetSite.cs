using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Sharing.Support;

/// <summary>The ASP.NET Core site as a process.</summary>
internal sealed class DotNetSite : IDisposable
{
    private readonly ServerProcess _process;

    public DotNetSite(int redisPort, IEnumerable<(string Name, string Value)> settings)
    {
        Port = Ports.Next();
        // Under `dotnet test` this names the very dotnet that runs the tests.
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } p ? p : "dotnet";
        var environment =
            settings.ToDictionary(entry => $"Session__{entry.Name}", entry => entry.Value);
        environment["Session__Endpoint"] = $"127.0.0.1:{redisPort}";
        environment["Logging__LogLevel__Default"] = "Warning";
        _process = ServerProcess.Start(dotnet,
            [Path.Combine(AppContext.BaseDirectory, "SharingSite.dll"), "--urls", $"http://127.0.0.1:{Port}"],
            () => RawConnection.CanConnect(Port), environment, AppContext.BaseDirectory);
    }

    public int Port { get; }

    /// <summary>What it logged.</summary>
    public string Log => _process.Output;

    /// <summary>SIGKILL: no handler of it runs.</summary>
    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();
}
