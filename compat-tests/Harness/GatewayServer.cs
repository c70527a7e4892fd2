namespace SessionGateway.CompatTests.Harness;

/// <summary>A gateway process on ports and a unix socket of its own.</summary>
public sealed class GatewayServer : IDisposable
{
    private readonly TempDirectory _directory;

    private GatewayServer(int autoPort, int respPort, string unixPath, TempDirectory directory, ServerProcess process)
    {
        AutoPort = autoPort;
        RespPort = respPort;
        UnixPath = unixPath;
        _directory = directory;
        Process = process;
    }

    /// <summary>Port that tells memcached binary, memcached text and RESP apart by the first byte.</summary>
    public int AutoPort { get; }

    /// <summary>Port that reads letters as RESP inline commands.</summary>
    public int RespPort { get; }

    /// <summary>Unix socket with the rules of <see cref="AutoPort"/>.</summary>
    public string? UnixPath { get; }

    /// <summary>The process itself.</summary>
    public ServerProcess Process { get; }

    /// <summary>Starts the built gateway and waits until both ports accept.</summary>
    /// <param name="extraArgs">Arguments after the listeners.</param>
    public static GatewayServer Start(params string[] extraArgs)
    {
        var directory = new TempDirectory();
        try
        {
            int autoPort = Ports.Next();
            int respPort = Ports.Next();
            string unixPath = directory.File("gateway.sock");
            string[] args =
            [
                Repository.GatewayDll,
                "--listen", $"127.0.0.1:{autoPort}/auto",
                "--listen", $"127.0.0.1:{respPort}/resp",
                "--listen", $"unix:{unixPath}/auto",
                .. extraArgs,
            ];
            // Under `dotnet test` this names the very dotnet that runs the tests.
            string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } p ? p : "dotnet";
            var process = ServerProcess.Start(dotnet, args,
                () => RawConnection.CanConnect(autoPort) && RawConnection.CanConnect(respPort) && File.Exists(unixPath),
                workingDirectory: directory.Path);
            return new GatewayServer(autoPort, respPort, unixPath, directory, process);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Process.Dispose();
        _directory.Dispose();
    }
}
