using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>memcached and redis-server: shows that the suites ask for what the handlers get today.</summary>
public sealed class RealServers : IBackend
{
    private readonly TempDirectory _directory = new();
    private readonly MemcachedServer _memcached = MemcachedServer.Start();
    private readonly ServerProcess _memcachedOnSocket;
    private readonly RedisServer _redis;

    /// <summary>Starts two memcacheds, because one serves TCP or a unix socket, and a redis-server.</summary>
    public RealServers()
    {
        MemcachedSocket = _directory.File("memcached.sock");
        RedisSocket = _directory.File("redis.sock");
        _redis = RedisServer.Start("--unixsocket", RedisSocket);
        string[] user = Environment.UserName == "root" ? ["-u", "root"] : [];
        _memcachedOnSocket = ServerProcess.Start("memcached", ["-s", MemcachedSocket, .. user],
            () => File.Exists(MemcachedSocket));
    }

    /// <inheritdoc/>
    public int MemcachedPort => _memcached.Port;

    /// <inheritdoc/>
    public int RedisPort => _redis.Port;

    /// <inheritdoc/>
    public string MemcachedSocket { get; }

    /// <inheritdoc/>
    public string RedisSocket { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memcached.Dispose();
        _memcachedOnSocket.Dispose();
        _redis.Dispose();
        _directory.Dispose();
    }
}
