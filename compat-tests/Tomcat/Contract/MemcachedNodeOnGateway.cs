using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Contract;

public sealed class MemcachedNodeOnGateway(StorageServers<GatewayStack> servers)
    : MemcachedNodeSuite<GatewayStack>(servers);
