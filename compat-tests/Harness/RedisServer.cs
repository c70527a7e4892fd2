namespace SessionGateway.CompatTests.Harness;

/// <summary>
/// A real redis-server on a loopback port of its own, without persistence. REDIS_SERVER names another program that
/// takes the same arguments, such as a valkey-server.
/// </summary>
public sealed class RedisServer : IDisposable
{
    private readonly TempDirectory _directory;

    private RedisServer(int port, TempDirectory directory, ServerProcess process)
    {
        Port = port;
        _directory = directory;
        Process = process;
    }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>The process itself.</summary>
    public ServerProcess Process { get; }

    /// <summary>Starts redis-server and waits until it accepts.</summary>
    /// <param name="extraArgs">Arguments after the fixed ones, for example "--requirepass", "secret".</param>
    public static RedisServer Start(params string[] extraArgs)
    {
        var directory = new TempDirectory();
        try
        {
            int port = Ports.Next();
            string? other = Environment.GetEnvironmentVariable("REDIS_SERVER");
            var process = ServerProcess.Start(string.IsNullOrEmpty(other) ? "redis-server" : other,
                [
                    "--bind", "127.0.0.1", "--port", $"{port}", "--daemonize", "no", "--save", "",
                    "--appendonly", "no", "--dir", directory.Path, .. extraArgs,
                ],
                () => RawConnection.CanConnect(port));
            return new RedisServer(port, directory, process);
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
