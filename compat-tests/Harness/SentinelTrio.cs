using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Three real Sentinels (redis-server --sentinel), who watch one primary by the name
/// <c>mymaster</c>.</summary>
public sealed class SentinelTrio : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<ServerProcess> _processes = [];
    private readonly List<int> _ports = [];

    private SentinelTrio()
    {
    }

    /// <summary>Their addresses, separated by commas.</summary>
    public string Addresses => string.Join(',', _ports.Select(port => $"127.0.0.1:{port}"));

    /// <summary>Starts them, and waits until they know each other and the backups.</summary>
    /// <param name="primary">The primary's port.</param>
    /// <param name="backups">How many backups it has.</param>
    /// <param name="downAfterMilliseconds">How long it may be silent.</param>
    public static SentinelTrio Start(int primary, int backups, int downAfterMilliseconds)
    {
        var trio = new SentinelTrio();
        try
        {
            for (int i = 0; i < 3; i++)
            {
                trio.StartOne(primary, downAfterMilliseconds);
            }

            trio._ports.ForEach(port => Wait.Until(() => Knows(port, backups), () => $"Sentinel {port} knows all"));
            return trio;
        }
        catch
        {
            trio.Dispose();
            throw;
        }
    }

    /// <summary>All have heard lately that the backup may be promoted. They ask every ten seconds.</summary>
    public bool KnowGoodBackup() => _ports.TrueForAll(port =>
    {
        using var connection = RawConnection.Connect(port);
        connection.Send(Requests.Resp("SENTINEL", "REPLICAS", "mymaster"));
        RespReplyReader reply = connection.ReadResp();
        var words = new List<string>();
        while (reply.Read())
        {
            words.Add(Text(reply));
        }

        return After("slave-priority") == "100" && After("flags") == "slave" && After("master-link-status") == "ok";
        string After(string word) => words.IndexOf(word) is >= 0 and var at && at + 1 < words.Count
            ? words[at + 1] : "";
    });

    /// <summary>Has the backup made primary, if they find a good one and are not at it.</summary>
    public void TryFailover()
    {
        using var connection = RawConnection.Connect(_ports[0]);
        connection.Send(Requests.Resp("SENTINEL", "FAILOVER", "mymaster"));
        connection.ReadResp();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _directory.Dispose();
    }

    private static bool Knows(int port, int backups)
    {
        using var connection = RawConnection.Connect(port);
        connection.Send(Requests.Resp("SENTINEL", "MASTER", "mymaster"));
        RespReplyReader reply = connection.ReadResp();
        var fields = new Dictionary<string, string>();
        while (reply.Read())
        {
            string name = Text(reply);
            reply.Read();
            fields[name] = Text(reply);
        }

        return fields.GetValueOrDefault("num-slaves") == $"{backups}"
            && fields.GetValueOrDefault("num-other-sentinels") == "2" && fields.GetValueOrDefault("flags") == "master";
    }

    private static string Text(RespReplyReader reply) => System.Text.Encoding.ASCII.GetString(reply.Text);

    private void StartOne(int primary, int downAfterMilliseconds)
    {
        int port = Ports.Next();
        string file = _directory.File($"{port}.conf");
        File.WriteAllText(file, $"""
            port {port}
            bind 127.0.0.1
            dir {_directory.Path}
            sentinel monitor mymaster 127.0.0.1 {primary} 2
            sentinel down-after-milliseconds mymaster {downAfterMilliseconds}
            sentinel failover-timeout mymaster 5000

            """);
        _ports.Add(port);
        _processes.Add(ServerProcess.Start(
            "redis-server", [file, "--sentinel"], () => RawConnection.CanConnect(port),
            workingDirectory: _directory.Path));
    }
}
