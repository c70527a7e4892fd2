namespace SessionGateway.CompatTests.SessionCache;

public sealed class CacheOnRedis(RealRedis server) : CacheSuite<RealRedis>(server);
