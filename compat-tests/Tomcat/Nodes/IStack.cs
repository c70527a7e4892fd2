using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Tomcat.Nodes;

/// <summary>The servers Tomcat keeps its sessions in: gateways, or the real ones as a control.</summary>
public interface IStack
{
    /// <summary>A server for memcachedNodes=n1:...,n2:... without login.</summary>
    IMemcached StartMemcached();

    /// <summary>The same with SASL.</summary>
    IMemcached StartMemcachedWithLogin();

    /// <summary>A server for memcachedNodes=redis://... without password.</summary>
    IRedis StartRedis();

    /// <summary>The same with a password.</summary>
    IRedis StartRedisWithLogin();
}
