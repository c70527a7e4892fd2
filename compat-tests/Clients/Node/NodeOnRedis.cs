using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Node;

public sealed class NodeOnRedis(RealRedis server) : NodeSuite<RealRedis>(server);
