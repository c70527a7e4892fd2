namespace SessionGateway.CompatTests.Sharing.Support;

/// <summary>How PHP keeps its sessions.</summary>
/// <param name="Handler">session.save_handler: redis or memcached.</param>
/// <param name="Serializer">session.serialize_handler: php or igbinary.</param>
public sealed record Setup(string Handler, string Serializer)
{
    /// <summary>The key of a session.</summary>
    public string Key(string id) => Handler == "redis" ? $"PHPREDIS_SESSION:{id}" : $"memc.sess.key.{id}";

    /// <summary>The key of its lock.</summary>
    public string Lock(string id) => Handler == "redis" ? $"PHPREDIS_SESSION:{id}_LOCK" : $"memc.sess.key.lock.{id}";

    /// <summary>The settings of php.ini.</summary>
    public IEnumerable<(string Name, string Value)> Ini(int memcachedPort, int redisPort) =>
    [
        ("session.save_handler", Handler),
        ("session.save_path", Handler == "redis" ? $"tcp://127.0.0.1:{redisPort}" : $"127.0.0.1:{memcachedPort}"),
        ("session.serialize_handler", Serializer),
        ("session.use_strict_mode", "1"),
        ("session.gc_probability", "0"),
        ("redis.session.locking_enabled", "1"),
        ("redis.session.lock_retries", "5000"),
        ("redis.session.lock_wait_time", "2000"),
        ("redis.session.lock_expire", "30"),
        ("memcached.sess_lock_retries", "5000"),
        ("memcached.sess_lock_wait_min", "2"),
        ("memcached.sess_lock_wait_max", "5"),
        ("memcached.sess_lock_expire", "30"),
    ];

    /// <summary>What .NET is told of it.</summary>
    public IEnumerable<(string Name, string Value)> Settings =>
        [("Handler", Handler), ("Serializer", Serializer == "php" ? "Php" : "Igbinary")];
}
