using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>memcached -S with a Cyrus SASL database of its own, and redis-server with a password and a user.</summary>
public sealed class RealServersWithLogin : IBackend
{
    private readonly TempDirectory _directory = new();
    private readonly ServerProcess _memcached;
    private readonly RedisServer _redis;

    /// <summary>Writes the database with Debian's saslpasswd2 and starts both servers.</summary>
    public RealServersWithLogin()
    {
        string database = _directory.File("sasldb2");
        File.WriteAllText(_directory.File("memcached.conf"),
            $"mech_list: plain\npwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: {database}\n");
        Tool.Run("saslpasswd2", ["-f", database, "-c", "-p", "-a", "memcached", Login.SaslUser],
            stdin: Login.SaslPassword).Succeeded();
        MemcachedPort = Ports.Next();
        string[] user = Environment.UserName == "root" ? ["-u", "root"] : [];
        _memcached = ServerProcess.Start("memcached",
            ["-l", "127.0.0.1", "-p", $"{MemcachedPort}", "-U", "0", "-S", .. user],
            () => RawConnection.CanConnect(MemcachedPort),
            new Dictionary<string, string> { ["SASL_CONF_PATH"] = _directory.Path });
        RedisSocket = _directory.File("redis.sock");
        _redis = RedisServer.Start("--requirepass", Login.Password, "--unixsocket", RedisSocket,
            "--user", Login.RedisUser, "on", $">{Login.RedisPassword}", "~*", "&*", "+@all");
    }

    /// <inheritdoc/>
    public int MemcachedPort { get; }

    /// <inheritdoc/>
    public int RedisPort => _redis.Port;

    /// <inheritdoc/>
    public string MemcachedSocket => throw new NotSupportedException("memcached serves TCP or a unix socket");

    /// <inheritdoc/>
    public string RedisSocket { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memcached.Dispose();
        _redis.Dispose();
        _directory.Dispose();
    }
}
