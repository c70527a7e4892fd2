using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Tomcat.Load;

public sealed class MsmLoadOnMemcached(RealMemcached server) : MsmLoadSuite<RealMemcached>(server);
