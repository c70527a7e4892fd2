namespace SessionGateway.CompatTests.SessionCache.Messages;

public sealed class BackplaneOnRedis(RealRedis server) : BackplaneSuite<RealRedis>(server);
