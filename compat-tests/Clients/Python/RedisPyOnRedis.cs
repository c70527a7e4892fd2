using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class RedisPyOnRedis(RealRedis server) : RedisPySuite<RealRedis>(server);
