namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>A server that speaks memcached text and binary.</summary>
public interface IMemcached : IServer;
