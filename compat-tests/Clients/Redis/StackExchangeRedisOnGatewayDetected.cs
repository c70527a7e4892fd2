using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class StackExchangeRedisOnGatewayDetected(Gateway server) : StackExchangeRedisSuite<Gateway>(server);
