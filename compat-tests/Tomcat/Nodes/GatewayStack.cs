using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Tomcat.Nodes;

/// <summary>Every node is a gateway.</summary>
public sealed class GatewayStack : IStack
{
    public IMemcached StartMemcached() => new Gateway();

    public IMemcached StartMemcachedWithLogin() => new GatewayWithLogin();

    public IRedis StartRedis() => new Gateway();

    public IRedis StartRedisWithLogin() => new GatewayWithLogin();
}
