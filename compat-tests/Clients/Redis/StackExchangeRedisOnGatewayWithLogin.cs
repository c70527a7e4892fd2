using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class StackExchangeRedisOnGatewayWithLogin(GatewayWithLogin server)
    : StackExchangeRedisSuite<GatewayWithLogin>(server, ServerLogin.Password);
