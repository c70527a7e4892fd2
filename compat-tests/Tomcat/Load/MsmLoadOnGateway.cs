using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Tomcat.Load;

public sealed class MsmLoadOnGateway(Gateway server) : MsmLoadSuite<Gateway>(server);
