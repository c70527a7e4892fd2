using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Redis;

public sealed class RedisBenchmarkOnGateway(GatewayRespPort server) : RedisBenchmarkSuite<GatewayRespPort>(server);
