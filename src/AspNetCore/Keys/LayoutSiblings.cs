namespace SessionGateway.AspNetCore.Keys;

/// <summary>Where a stack keeps its sessions when it is configured a little differently from what this side was
/// told.</summary>
internal static class LayoutSiblings
{
    private const string Placeholder = "{id}";

    // The defaults of phpredis, php-memcached (now, and before 3.0), Symfony over Redis and over memcached, and of
    // pecl-memcache.
    private static readonly string[] PhpDefaults = ["PHPREDIS_SESSION:", "memc.sess.key.", "memc.sess.", "sf_s", "sf2s",
        ""];

    private static readonly int[] LaravelVersions = [8, 9, 11, 12];

    // What people put between a prefix and what follows it, and Laravel's RedisStore by itself before version 11.
    private static readonly string[] Separators = ["", ":", "_", "_:", "-", "-:", "."];

    /// <summary>For PHP's own handlers and those of Symfony.</summary>
    public static string[] OfPhp(string prefix) => Templates(prefix, [.. Variants(prefix), .. PhpDefaults]);

    /// <summary>For Laravel: the defaults of all versions, with the prefix of the Redis connection and
    /// without.</summary>
    public static string[] OfLaravel(string prefix) => Templates(prefix,
    [
        .. Variants(prefix),
        .. LaravelVersions.Select(version => LaravelPrefix(version, null, null)),
        .. LaravelVersions.Select(version => LaravelPrefix(version, "", null)),
    ]);

    /// <summary>
    /// What Laravel puts before a session's id: the prefix of the connection (config/database.php), that of the cache
    /// (config/cache.php) and, before version 11, the colon of RedisStore::setPrefix.
    /// </summary>
    public static string LaravelPrefix(int version, string? redisPrefix, string? cachePrefix)
    {
        string redis = redisPrefix ?? (version >= 12 ? "laravel-database-" : "laravel_database_");
        string cache = cachePrefix ?? version switch
        {
            >= 12 => "laravel-cache-",
            >= 9 => "laravel_cache_",
            _ => "laravel_cache",
        };
        return redis + cache + (version < 11 && cache.Length > 0 ? ":" : "");
    }

    private static IEnumerable<string> Variants(string prefix)
    {
        string bare = prefix.TrimEnd(':', '_', '-', '.');
        return bare.Length == 0 ? [] : Separators.Select(separator => bare + separator);
    }

    private static string[] Templates(string own, IEnumerable<string> prefixes) =>
        [.. prefixes.Where(prefix => prefix != own).Distinct().Select(prefix => prefix + Placeholder)];
}
