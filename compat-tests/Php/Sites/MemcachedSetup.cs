using SessionGateway.CompatTests.Php.Backends;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>save_handler memcached (php-memcached over libmemcached), with locking.</summary>
/// <param name="Binary">memcached.sess_binary_protocol; on by default in PHP.</param>
/// <param name="Serializer">session.serialize_handler.</param>
/// <param name="Prefix">memcached.sess_prefix.</param>
internal sealed record MemcachedSetup(bool Binary, string Serializer, string Prefix = "memc.sess.key.")
    : Setup($"memcached {(Binary ? "binary" : "text")}", Serializer)
{
    public override string Handler => "memcached";

    protected override IEnumerable<(string Name, string Value)> HandlerIni =>
    [
        ("memcached.sess_binary_protocol", Binary ? "1" : "0"),
        ("memcached.sess_prefix", Prefix),
        // The default gives up after 5 tries of 150 ms; under load a request waits longer for its turn.
        ("memcached.sess_lock_retries", "1000"),
        ("memcached.sess_lock_wait_min", "5"),
        ("memcached.sess_lock_wait_max", "20"),
        // The default is max_execution_time, which is 0 (for ever) in php -S.
        ("memcached.sess_lock_expire", "30"),
    ];

    public override string SavePath(IBackend backend) => $"127.0.0.1:{backend.MemcachedPort}";

    public override RawItem? Stored(IBackend backend, string sessionId) =>
        RawStore.Memcached(backend.MemcachedPort, Prefix + sessionId);

    public override bool IsLocked(IBackend backend, string sessionId) =>
        RawStore.Memcached(backend.MemcachedPort, $"{Prefix}lock.{sessionId}") is not null;

    public override void LockAndDie(IBackend backend, string sessionId, int seconds) =>
        RawStore.Ask(backend.MemcachedPort, $"add {Prefix}lock.{sessionId} 0 {seconds} 1\r\n1\r\n", "STORED\r\n");
}
