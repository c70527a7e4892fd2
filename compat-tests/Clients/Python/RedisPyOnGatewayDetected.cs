using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class RedisPyOnGatewayDetected(Gateway server) : RedisPySuite<Gateway>(server);
