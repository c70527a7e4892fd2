using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

/// <summary>Listens as systemd does, and starts a gateway with the socket; a new one whenever one has ended in
/// order.</summary>
internal sealed class SocketHolder : IDisposable
{
    // A child's pid is known to itself only: it says so in its environment and becomes the gateway.
    private const string Program = """
        import os, signal, socket, sys
        holder = socket.socket()
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(('127.0.0.1', int(sys.argv[1])))
        holder.listen(1024)
        while True:
            child = os.fork()
            if child == 0:
                os.dup2(holder.fileno(), 3)
                os.set_inheritable(3, True)
                os.environ['LISTEN_FDS'] = '1'
                os.environ['LISTEN_PID'] = str(os.getpid())
                os.execvp(sys.argv[2], sys.argv[2:])
            def end(*_):
                os.kill(child, signal.SIGTERM)
                os.waitpid(child, 0)
                os._exit(0)
            signal.signal(signal.SIGTERM, end)
            print('started', child, flush=True)
            _, status = os.waitpid(child, 0)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            if status != 0:
                sys.exit(1)
        """;

    private readonly ServerProcess _process;

    /// <summary>Listens, and starts the first one.</summary>
    public SocketHolder(int port, string[] args) => _process = ServerProcess.Start(
        "python3", ["-c", Program, $"{port}", GatewayProgram.Dotnet, Repository.GatewayDll, .. args]);

    /// <summary>What it and all gateways have printed.</summary>
    public string Output => _process.Output;

    /// <summary>The process ids of all gateways so far.</summary>
    public int[] Started => [.. Output.Split('\n')
        .Where(line => line.StartsWith("started ", StringComparison.Ordinal)).Select(line => int.Parse(line[8..]))];

    /// <summary>How many gateways have become ready.</summary>
    public int Ready => Output.Split('\n').Count(line => line == "ready");

    /// <summary>True when it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
