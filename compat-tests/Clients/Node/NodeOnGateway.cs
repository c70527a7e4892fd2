using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Node;

public sealed class NodeOnGateway(GatewayRespPort server) : NodeSuite<GatewayRespPort>(server);
