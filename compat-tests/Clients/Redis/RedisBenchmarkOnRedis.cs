using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class RedisBenchmarkOnRedis(RealRedis server) : RedisBenchmarkSuite<RealRedis>(server);
