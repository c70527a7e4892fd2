using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Libmemcached;

public sealed class MemccapableOnMemcached(RealMemcached server) : MemccapableSuite<RealMemcached>(server);
