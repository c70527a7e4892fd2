using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class StackExchangeRedisOnRedis(RealRedis server) : StackExchangeRedisSuite<RealRedis>(server);
