using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Frameworks;

public sealed class FrameworksOnGateway(GatewayRespPort server) : FrameworkSuite<GatewayRespPort>(server);
