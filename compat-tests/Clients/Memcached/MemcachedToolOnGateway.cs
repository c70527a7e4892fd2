using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Memcached;

public sealed class MemcachedToolOnGateway(Gateway server) : MemcachedToolSuite<Gateway>(server);
