using SessionGateway.AspNetCoreTests.Support;

namespace SessionGateway.AspNetCoreTests.Suites;

public sealed class BasicsOnGateway : BasicSuite
{
    private protected override Store Store => Stores.Gateway;
}

public sealed class BasicsOnRedis : BasicSuite
{
    private protected override Store Store => Stores.Redis;
}

public sealed class LocksOnGateway : LockSuite
{
    private protected override Store Store => Stores.Gateway;
}

public sealed class LocksOnRedis : LockSuite
{
    private protected override Store Store => Stores.Redis;
}

public sealed class IdsOnGateway : IdSuite
{
    private protected override Store Store => Stores.Gateway;
}

public sealed class IdsOnRedis : IdSuite
{
    private protected override Store Store => Stores.Redis;
}

public sealed class DamagesOnGateway : DamageSuite
{
    private protected override Store Store => Stores.Gateway;
}

public sealed class DamagesOnRedis : DamageSuite
{
    private protected override Store Store => Stores.Redis;
}

public sealed class BridgesOnGateway : BridgeSuite
{
    private protected override Store Store => Stores.Gateway;
}

public sealed class BridgesOnRedis : BridgeSuite
{
    private protected override Store Store => Stores.Redis;
}

public sealed class LayoutsOnGateway : LayoutSuite
{
    private protected override Store Store => Stores.Gateway;
}

public sealed class LayoutsOnRedis : LayoutSuite
{
    private protected override Store Store => Stores.Redis;
}

public sealed class FailuresOnGateway : FailureSuite
{
    private protected override Store Store => Stores.Gateway;
}

public sealed class FailuresOnRedis : FailureSuite
{
    private protected override Store Store => Stores.Redis;
}
