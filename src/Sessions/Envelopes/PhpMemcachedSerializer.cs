namespace SessionGateway.Sessions;

/// <summary>php-memcached's <c>memcached.serializer</c>, as far as it is written.</summary>
public enum PhpMemcachedSerializer
{
    /// <summary>PHP's serialize().</summary>
    Php,

    /// <summary>igbinary, the default where the extension is there.</summary>
    Igbinary,
}
