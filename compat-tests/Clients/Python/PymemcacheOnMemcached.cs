using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class PymemcacheOnMemcached(RealMemcached server) : PymemcacheSuite<RealMemcached>(server);
