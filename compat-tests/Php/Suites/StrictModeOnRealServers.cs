using SessionGateway.CompatTests.Php.Backends;

namespace SessionGateway.CompatTests.Php.Suites;

public sealed class StrictModeOnRealServers : StrictModeSuite<RealServers>;
