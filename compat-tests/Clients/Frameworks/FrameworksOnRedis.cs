using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Frameworks;

public sealed class FrameworksOnRedis(RealRedis server) : FrameworkSuite<RealRedis>(server);
