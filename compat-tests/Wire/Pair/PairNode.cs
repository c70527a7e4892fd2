using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire.Pair;

/// <summary>A node of a pair as a process, with a directory that outlives it.</summary>
internal sealed class PairNode : IDisposable
{
    // On a machine that does something else on all cores nobody is taken for dead who is only slow; drills are short.
    public static readonly int DownAfterMilliseconds =
        Environment.GetEnvironmentVariable("PAIR_RUNS") is null ? 10_000 : 2000;

    private readonly TempDirectory _directory = new();
    private ServerProcess? _process;
    private int _starts;

    /// <summary>Its port.</summary>
    public int Port { get; } = Ports.Next();

    /// <summary>Its process.</summary>
    public ServerProcess Process => _process!;

    /// <summary>What it said; for failures.</summary>
    public string Output => _process?.Output ?? "";

    private string Data => _directory.File("data");

    /// <summary>The first start: bootstrap, or as the backup of a port.</summary>
    public void StartFirst(int? primary)
    {
        string[] first = primary is { } port ? ["--replicaof", $"127.0.0.1:{port}"] : ["--bootstrap"];
        Start([.. first, "--persist", "log", "--listen", $"127.0.0.1:{Port}"]);
    }

    /// <summary>A later start.</summary>
    public void StartAgain() => Start([]);

    /// <summary>A start on a new disk, as the backup of a port.</summary>
    public void StartEmpty(int primary)
    {
        Directory.Delete(Data, recursive: true);
        StartFirst(primary);
    }

    /// <summary>A field of INFO replication; empty when there is no answer.</summary>
    public string Info(string field)
    {
        try
        {
            using var connection = RawConnection.Connect(Port);
            connection.Send(Requests.Resp("INFO", "replication"));
            string text = Text(connection.ReadResp());
            int at = text.IndexOf(field + ":", StringComparison.Ordinal);
            return at < 0 ? "" : text[(at + field.Length + 1)..text.IndexOf('\r', at)];
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or InvalidOperationException
            or TimeoutException)
        {
            return "";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process?.Dispose();
        _directory.Dispose();
    }

    /// <summary>A reply as text.</summary>
    public static string Text(RespReplyReader reply) => System.Text.Encoding.Latin1.GetString(reply.Text);

    private void Start(string[] more)
    {
        _process?.Dispose();
        _starts++;
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } p ? p : "dotnet";
        _process = ServerProcess.Start(dotnet,
            [
                Repository.GatewayDll, "--pair", "--data", Data, "--pair-down-after", $"{DownAfterMilliseconds}ms",
                "--memory", "128m", "--threads", "2", .. more,
            ],
            () => RawConnection.CanConnect(Port), workingDirectory: _directory.Path);
    }
}
