namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>Where the app servers keep their sessions: the gateway, or memcached and redis-server as the
/// control.</summary>
public interface IBackend : IDisposable
{
    /// <summary>Loopback port for memcached clients.</summary>
    int MemcachedPort { get; }

    /// <summary>Loopback port for Redis clients.</summary>
    int RedisPort { get; }

    /// <summary>Unix socket for memcached clients.</summary>
    string MemcachedSocket { get; }

    /// <summary>Unix socket for Redis clients.</summary>
    string RedisSocket { get; }
}
