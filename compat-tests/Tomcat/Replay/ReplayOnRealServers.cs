using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Replay;

public sealed class ReplayOnRealServers(SharedNodes<RealStack> shared) : ReplaySuite<RealStack>(shared);
