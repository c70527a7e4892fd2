namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>A server that speaks RESP.</summary>
public interface IRedis : IServer;
