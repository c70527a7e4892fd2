using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Replay;

public sealed class PacedReplayOnRealServers : PacedReplaySuite
{
    private protected override IStack Stack => new RealStack();
}
