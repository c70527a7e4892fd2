using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Contract;

public sealed class SaslOnRealServers : SaslSuite<RealStack>;
