using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Spymemcached;

public sealed class SpymemcachedOnGateway(Gateway server) : SpymemcachedSuite<Gateway>(server);
