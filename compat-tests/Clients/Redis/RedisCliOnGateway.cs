using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class RedisCliOnGateway(GatewayRespPort server) : RedisCliSuite<GatewayRespPort>(server);
