using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class RedisPyOnGatewayWithLogin(GatewayWithLogin server)
    : RedisPySuite<GatewayWithLogin>(server, ServerLogin.Password);
