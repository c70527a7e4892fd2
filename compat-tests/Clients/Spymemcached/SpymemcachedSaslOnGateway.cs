using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Spymemcached;

public sealed class SpymemcachedSaslOnGateway(GatewayWithLogin server)
    : SpymemcachedSaslSuite<GatewayWithLogin>(server);
