using System.Text;
using SessionGateway.CompatTests.Php.Backends;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>save_handler memcache (pecl-memcache); it always locks.</summary>
/// <param name="Protocol">memcache.protocol: "ascii" or "binary".</param>
/// <param name="Serializer">session.serialize_handler.</param>
/// <param name="Prefix">memcache.session_prefix_static_key.</param>
internal sealed record MemcacheSetup(string Protocol, string Serializer, string Prefix = "")
    : Setup($"memcache {Protocol}", Serializer)
{
    public override string Handler => "memcache";

    protected override IEnumerable<(string Name, string Value)> HandlerIni =>
        [("memcache.protocol", Protocol), ("memcache.session_prefix_static_key", Prefix)];

    public override string SavePath(IBackend backend) => $"tcp://127.0.0.1:{backend.MemcachedPort}";

    public override RawItem? Stored(IBackend backend, string sessionId) =>
        RawStore.Memcached(backend.MemcachedPort, Prefix + sessionId);

    // Released means the value "0": the lock's item stays until its time is over.
    public override bool IsLocked(IBackend backend, string sessionId) =>
        RawStore.Memcached(backend.MemcachedPort, $"{Prefix}{sessionId}.lock") is { } item
        && Encoding.Latin1.GetString(item.Value) != "0";

    public override void LockAndDie(IBackend backend, string sessionId, int seconds) =>
        RawStore.Ask(backend.MemcachedPort, $"set {Prefix}{sessionId}.lock 768 {seconds} 1\r\n1\r\n", "STORED\r\n");
}
