using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class PylibmcOnMemcached(RealMemcached server) : PylibmcSuite<RealMemcached>(server);
