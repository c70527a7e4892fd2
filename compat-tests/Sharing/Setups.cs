using SessionGateway.CompatTests.Sharing.Support;

namespace SessionGateway.CompatTests.Sharing;

/// <summary>With phpredis and PHP's default serializer.</summary>
public sealed class SharingOverRedis(RedisPhp stack) : SharingSuite<RedisPhp>(stack);

/// <summary>With phpredis and igbinary.</summary>
public sealed class SharingOverRedisWithIgbinary(RedisIgbinary stack) : SharingSuite<RedisIgbinary>(stack);

/// <summary>With php-memcached and PHP's default serializer.</summary>
public sealed class SharingOverMemcached(MemcachedPhp stack) : SharingSuite<MemcachedPhp>(stack);

/// <summary>With php-memcached and igbinary.</summary>
public sealed class SharingOverMemcachedWithIgbinary(MemcachedIgbinary stack) : SharingSuite<MemcachedIgbinary>(stack);
