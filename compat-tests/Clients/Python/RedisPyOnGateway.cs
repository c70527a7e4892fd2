using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class RedisPyOnGateway(GatewayRespPort server) : RedisPySuite<GatewayRespPort>(server);
