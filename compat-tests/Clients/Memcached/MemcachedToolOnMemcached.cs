using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Memcached;

public sealed class MemcachedToolOnMemcached(RealMemcached server) : MemcachedToolSuite<RealMemcached>(server);
