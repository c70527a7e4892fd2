using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>The gateway with 8 MB, which a test can fill.</summary>
internal sealed class SmallGateway : IBackend
{
    private const int SmallestFilling = 100;

    private readonly GatewayServer _server = GatewayServer.Start("--memory", "8m");

    /// <inheritdoc/>
    public int MemcachedPort => _server.AutoPort;

    /// <inheritdoc/>
    public int RedisPort => _server.RespPort;

    /// <inheritdoc/>
    public string MemcachedSocket => _server.UnixPath!;

    /// <inheritdoc/>
    public string RedisSocket => _server.UnixPath!;

    /// <summary>Stores sessions of others, ever smaller ones, until none is taken any more.</summary>
    /// <returns>How many were taken.</returns>
    public int FillUp()
    {
        using var connection = RawConnection.Connect(MemcachedPort);
        int stored = 0;
        int refused = 0;
        for (int size = 20_000; size >= SmallestFilling; size = refused < 200 ? size : size / 4)
        {
            refused = refused < 200 ? refused : 0;
            connection.Send($"set others{stored} 0 1440 {size}\r\n{new string('o', size)}\r\n");
            bool isStored = connection.ReadThrough("\r\n") == "STORED\r\n";
            stored += isStored ? 1 : 0;
            refused += isStored ? 0 : 1;
        }

        return stored;
    }

    /// <summary>One number of memcached's stats.</summary>
    public long Statistic(string name)
    {
        using var connection = RawConnection.Connect(MemcachedPort);
        connection.Send("stats\r\n");
        string line = connection.ReadThrough("END\r\n").Split("\r\n").Single(
            l => l.StartsWith($"STAT {name} ", StringComparison.Ordinal));
        return long.Parse(line.Split(' ')[2]);
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
