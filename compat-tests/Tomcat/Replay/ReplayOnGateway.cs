using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Replay;

public sealed class ReplayOnGateway(SharedNodes<GatewayStack> shared) : ReplaySuite<GatewayStack>(shared);
