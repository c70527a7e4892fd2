using SessionGateway.CompatTests.Php.Backends;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>memcached's two handlers share; Redis is another store.</summary>
public sealed class SharingOnRealServers : SharingSuite<RealServers>
{
    /// <inheritdoc/>
    protected override bool WithRedis => false;
}
