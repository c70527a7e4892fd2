using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class PylibmcOnGateway(Gateway server) : PylibmcSuite<Gateway>(server);
