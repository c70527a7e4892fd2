using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Contract;

public sealed class StorageOnGateway(StorageServers<GatewayStack> servers) : StorageSuite<GatewayStack>(servers);
