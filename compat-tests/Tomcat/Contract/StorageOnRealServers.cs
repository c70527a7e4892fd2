using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Contract;

public sealed class StorageOnRealServers(StorageServers<RealStack> servers) : StorageSuite<RealStack>(servers);
