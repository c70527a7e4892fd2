using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>A memcached and a Redis node without login, and connections to them.</summary>
public sealed class StorageServers<TStack> : IDisposable
    where TStack : IStack, new()
{
    private readonly IMemcached _memcached = new TStack().StartMemcached();
    private readonly IRedis _redis = new TStack().StartRedis();

    /// <summary>Opens a connection as the manager's client for a protocol would.</summary>
    public IStorage Connect(string protocol) => protocol switch
    {
        "text" => new TextStorage(Memcached()),
        "binary" => new BinaryStorage(Memcached()),
        "redis" => new RedisStorage(RawConnection.Connect(_redis.Port)),
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };

    /// <summary>A connection for bytes by hand.</summary>
    public RawConnection Memcached() => RawConnection.Connect(_memcached.Port);

    public void Dispose()
    {
        _memcached.Dispose();
        _redis.Dispose();
    }
}
