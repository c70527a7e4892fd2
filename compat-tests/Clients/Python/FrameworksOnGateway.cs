using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class FrameworksOnGateway(GatewayRespPort server) : FrameworkSuite<GatewayRespPort>(server);
