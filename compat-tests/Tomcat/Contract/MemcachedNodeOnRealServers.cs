using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Contract;

public sealed class MemcachedNodeOnRealServers(StorageServers<RealStack> servers)
    : MemcachedNodeSuite<RealStack>(servers);
