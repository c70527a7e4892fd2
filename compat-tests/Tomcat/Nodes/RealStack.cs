using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Tomcat.Nodes;

/// <summary>memcached and redis-server: shows that the replay itself is right.</summary>
public sealed class RealStack : IStack
{
    public IMemcached StartMemcached() => new RealMemcached();

    public IMemcached StartMemcachedWithLogin() => new RealMemcachedWithLogin();

    public IRedis StartRedis() => new RealRedis();

    public IRedis StartRedisWithLogin() => new RealRedisWithLogin();
}
