using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Spymemcached;

public sealed class SpymemcachedOnMemcached(RealMemcached server) : SpymemcachedSuite<RealMemcached>(server);
