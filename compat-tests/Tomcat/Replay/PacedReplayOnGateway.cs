using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Replay;

public sealed class PacedReplayOnGateway : PacedReplaySuite
{
    private protected override IStack Stack => new GatewayStack();
}
