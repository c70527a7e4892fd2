namespace SessionGateway.CompatTests.Sharing.Support;

/// <summary>phpredis, the default serializer.</summary>
public sealed class RedisPhp() : Stack(new Setup("redis", "php"));

/// <summary>phpredis with igbinary.</summary>
public sealed class RedisIgbinary() : Stack(new Setup("redis", "igbinary"));

/// <summary>php-memcached, the default serializer.</summary>
public sealed class MemcachedPhp() : Stack(new Setup("memcached", "php"));

/// <summary>php-memcached with igbinary.</summary>
public sealed class MemcachedIgbinary() : Stack(new Setup("memcached", "igbinary"));
