using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class StackExchangeRedisOnRedisWithLogin(RealRedisWithLogin server)
    : StackExchangeRedisSuite<RealRedisWithLogin>(server, ServerLogin.Password);
