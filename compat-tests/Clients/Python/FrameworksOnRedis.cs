using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class FrameworksOnRedis(RealRedis server) : FrameworkSuite<RealRedis>(server);
