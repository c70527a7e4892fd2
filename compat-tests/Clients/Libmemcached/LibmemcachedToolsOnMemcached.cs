using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Libmemcached;

public sealed class LibmemcachedToolsOnMemcached(RealMemcached server) : LibmemcachedToolsSuite<RealMemcached>(server);
