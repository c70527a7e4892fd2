using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Libmemcached;

public sealed class LibmemcachedToolsOnGateway(Gateway server) : LibmemcachedToolsSuite<Gateway>(server);
