using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class RedisPyOnRedisWithLogin(RealRedisWithLogin server)
    : RedisPySuite<RealRedisWithLogin>(server, ServerLogin.Password);
