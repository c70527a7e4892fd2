namespace SessionGateway.CompatTests.SessionCache.Messages;

public sealed class BackplaneOnGateway(Gateway server) : BackplaneSuite<Gateway>(server);
