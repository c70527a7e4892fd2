using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Libmemcached;

public sealed class MemccapableOnGateway(Gateway server) : MemccapableSuite<Gateway>(server);
