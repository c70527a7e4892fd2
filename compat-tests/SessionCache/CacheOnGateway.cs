namespace SessionGateway.CompatTests.SessionCache;

public sealed class CacheOnGateway(Gateway server) : CacheSuite<Gateway>(server);
