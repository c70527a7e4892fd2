using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class StackExchangeRedisOnGateway(GatewayRespPort server)
    : StackExchangeRedisSuite<GatewayRespPort>(server);
