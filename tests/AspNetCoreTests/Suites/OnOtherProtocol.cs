using SessionGateway.AspNetCoreTests.Support;

namespace SessionGateway.AspNetCoreTests.Suites;

public sealed class BasicsOnGatewayOverOtherProtocol : BasicSuite
{
    private protected override Store Store => Stores.Gateway.OverOtherProtocol();
}

public sealed class BasicsOnRedisOverOtherProtocol : BasicSuite
{
    private protected override Store Store => Stores.Redis.OverOtherProtocol();
}

public sealed class LocksOnGatewayOverOtherProtocol : LockSuite
{
    private protected override Store Store => Stores.Gateway.OverOtherProtocol();
}

public sealed class LocksOnRedisOverOtherProtocol : LockSuite
{
    private protected override Store Store => Stores.Redis.OverOtherProtocol();
}

public sealed class LayoutsOnGatewayOverOtherProtocol : LayoutSuite
{
    private protected override Store Store => Stores.Gateway.OverOtherProtocol();
}

public sealed class LayoutsOnRedisOverOtherProtocol : LayoutSuite
{
    private protected override Store Store => Stores.Redis.OverOtherProtocol();
}
