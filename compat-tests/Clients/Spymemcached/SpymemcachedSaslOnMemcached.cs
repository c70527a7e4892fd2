using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Spymemcached;

public sealed class SpymemcachedSaslOnMemcached(RealMemcachedWithLogin server)
    : SpymemcachedSaslSuite<RealMemcachedWithLogin>(server);
