namespace SessionGateway.CompatTests.Harness;

/// <summary>A real memcached on a loopback port of its own.</summary>
public sealed class MemcachedServer : IDisposable
{
    private MemcachedServer(int port, ServerProcess process)
    {
        Port = port;
        Process = process;
    }

    /// <summary>TCP port; UDP is off.</summary>
    public int Port { get; }

    /// <summary>The process itself.</summary>
    public ServerProcess Process { get; }

    /// <summary>Starts memcached and waits until it accepts.</summary>
    /// <param name="extraArgs">Arguments after the listener, for example "-I", "8m".</param>
    public static MemcachedServer Start(params string[] extraArgs)
    {
        int port = Ports.Next();
        // memcached refuses to run as root unless it is told so.
        string[] user = Environment.UserName == "root" ? ["-u", "root"] : [];
        var process = ServerProcess.Start("memcached",
            ["-l", "127.0.0.1", "-p", $"{port}", "-U", "0", .. user, .. extraArgs],
            () => RawConnection.CanConnect(port));
        return new MemcachedServer(port, process);
    }

    /// <inheritdoc/>
    public void Dispose() => Process.Dispose();
}
