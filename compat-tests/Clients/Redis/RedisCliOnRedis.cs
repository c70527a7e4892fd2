using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class RedisCliOnRedis(RealRedis server) : RedisCliSuite<RealRedis>(server);
