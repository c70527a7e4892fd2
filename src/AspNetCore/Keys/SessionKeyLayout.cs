using SessionGateway.AspNetCore.Keys;

namespace SessionGateway.AspNetCore;

/// <summary>
/// Where a stack keeps a session: keys (<c>{id}</c> stands for the session id), lock, nesting and wrapping. The ready
/// ones follow the defaults of each stack; <c>with { … }</c> adapts them.
/// </summary>
public sealed record SessionKeyLayout
{
    private const string Placeholder = "{id}";

    /// <summary>The key of the session, for example <c>PHPREDIS_SESSION:{id}</c>.</summary>
    public required string DataKey { get; init; }

    /// <summary>The key of the lock, for example <c>PHPREDIS_SESSION:{id}_LOCK</c>; null where there is none.</summary>
    public string? LockKey { get; init; }

    /// <summary>How <see cref="LockKey"/> is used.</summary>
    public SessionLockStyle LockStyle { get; init; }

    /// <summary>Other keys of the same stack that no session id may lead to, for example
    /// <c>validity:{id}</c>.</summary>
    public IReadOnlyList<string> OtherKeys { get; init; } = [];

    /// <summary>
    /// Where the same stack would keep its sessions under another configuration (the next version's separator, its
    /// default prefix). They are never read: when a browser brings an id that is not under <see cref="DataKey"/> and is
    /// under one of these, the log says so. The ready layouts fill it; empty turns it off.
    /// </summary>
    public IReadOnlyList<string> SiblingKeys { get; init; } = [];

    /// <summary>The variable that holds the application's values; empty when they are the variables
    /// themselves.</summary>
    public string Root { get; init; } = "";

    /// <summary>What lies around the session's bytes.</summary>
    public SessionWrapping Wrapping { get; init; }

    /// <summary>The one format of this layout (<c>msm-java</c>); null where it is one of PHP's.</summary>
    public string? Format { get; init; }

    /// <summary>Whether sessions of this layout are only read here: nothing is stored, renewed or ended.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Number of characters of a new id, 5 bits each.</summary>
    public int NewIdLength { get; init; } = 32;

    /// <summary>phpredis: <c>session.save_handler = redis</c>.</summary>
    /// <param name="prefix"><c>?prefix=</c> of the save path.</param>
    public static SessionKeyLayout PhpRedis(string prefix = "PHPREDIS_SESSION:") => new()
    {
        DataKey = prefix + Placeholder,
        LockKey = prefix + Placeholder + "_LOCK",
        LockStyle = SessionLockStyle.Token,
        SiblingKeys = LayoutSiblings.OfPhp(prefix),
    };

    /// <summary>php-memcached: <c>session.save_handler = memcached</c>, through the gateway's one key space.</summary>
    /// <param name="prefix"><c>memcached.sess_prefix</c>.</param>
    public static SessionKeyLayout PhpMemcached(string prefix = "memc.sess.key.") => new()
    {
        DataKey = prefix + Placeholder,
        LockKey = prefix + "lock." + Placeholder,
        LockStyle = SessionLockStyle.Token,
        SiblingKeys = LayoutSiblings.OfPhp(prefix),
    };

    /// <summary>
    /// pecl-memcache: <c>session.save_handler = memcache</c>, through the gateway's one key space. Sessions that it
    /// compressed (<c>memcache.compress_threshold</c> is not 0) are refused.
    /// </summary>
    /// <param name="prefix"><c>memcache.session_prefix_static_key</c>. Without one every key of the store is a
    /// session's.</param>
    public static SessionKeyLayout PeclMemcache(string prefix = "") => new()
    {
        DataKey = prefix + Placeholder,
        LockKey = prefix + Placeholder + ".lock",
        LockStyle = SessionLockStyle.Counter,
        SiblingKeys = LayoutSiblings.OfPhp(prefix),
    };

    /// <summary>
    /// Symfony's RedisSessionHandler (<c>handler_id: 'redis://…'</c>); it has no lock. Its MemcachedSessionHandler,
    /// through the gateway, has the prefix <c>sf2s</c>.
    /// </summary>
    /// <param name="prefix">Its option <c>prefix</c>.</param>
    public static SessionKeyLayout Symfony(string prefix = "sf_s") => new()
    {
        DataKey = prefix + Placeholder,
        Root = "_sf2_attributes",
        SiblingKeys = LayoutSiblings.OfPhp(prefix),
    };

    /// <summary>Symfony over one of PHP's own handlers (<c>handler_id: null</c>): its keys and lock, Symfony's
    /// nesting.</summary>
    public static SessionKeyLayout Symfony(SessionKeyLayout handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return handler with { Root = "_sf2_attributes" };
    }

    /// <summary>
    /// Laravel with <c>SESSION_DRIVER=redis</c>: the attributes are a serialized array inside a serialized string. The
    /// lock is that of <c>Route::block()</c>. Its cookie must be excepted from EncryptCookies.
    /// </summary>
    /// <param name="prefix">
    /// All that stands before the id: the prefix of the Redis connection, that of the cache, and the colon that Laravel
    /// puts behind a cache prefix before version 11. Default: that of Laravel 9 and 10.
    /// </param>
    public static SessionKeyLayout Laravel(string prefix = "laravel_database_laravel_cache_:") => new()
    {
        DataKey = prefix + Placeholder,
        LockKey = prefix + "session:" + Placeholder,
        LockStyle = SessionLockStyle.Token,
        Wrapping = SessionWrapping.SerializedString,

        // Laravel takes exactly 40 letters and digits.
        NewIdLength = 40,
        SiblingKeys = LayoutSiblings.OfLaravel(prefix),
    };

    /// <summary>The same, with the keys built as a version of Laravel builds them.</summary>
    /// <param name="version">The major version: 6 or later.</param>
    /// <param name="redisPrefix"><c>REDIS_PREFIX</c>; null takes what an application named Laravel has.</param>
    /// <param name="cachePrefix"><c>CACHE_PREFIX</c>; null takes what an application named Laravel has.</param>
    public static SessionKeyLayout Laravel(int version, string? redisPrefix = null, string? cachePrefix = null) =>
        Laravel(LayoutSiblings.LaravelPrefix(version, redisPrefix, cachePrefix));

    /// <summary>
    /// Tomcat with memcached-session-manager and its java transcoder, to read. The id is the whole cookie, with the
    /// node and the route: allow for them in <see cref="SharedSessionOptions.IdPattern"/>.
    /// </summary>
    /// <param name="prefix">What <c>storageKeyPrefix</c> makes, with its <c>_</c>.</param>
    public static SessionKeyLayout TomcatMsm(string prefix = "") => new()
    {
        DataKey = prefix + Placeholder,
        OtherKeys = ["lock:" + Placeholder, "validity:" + Placeholder, "bak:" + Placeholder, "ping-" + Placeholder],
        Format = "msm-java",
        IsReadOnly = true,
    };

    /// <summary>The key of a session.</summary>
    internal string DataKeyOf(string id) => Fill(DataKey, id);

    /// <summary>The templates and keys under which a session may be that is not where it should be.</summary>
    internal IEnumerable<(string Template, string Key)> SiblingsOf(string id) =>
        SiblingKeys.Where(template => template != DataKey).Select(template => (template, Fill(template, id)));

    /// <summary>The key of a session's lock.</summary>
    internal string LockKeyOf(string id) => Fill(LockKey!, id);

    /// <summary>
    /// Whether the key that an id makes is (or could be) another object's: the lock of some session, or one of the
    /// other keys.
    /// </summary>
    internal bool IsKeyOfAnother(string id)
    {
        string key = DataKeyOf(id);
        return (LockKey is not null && HasShapeOf(LockKey, key)) || OtherKeys.Any(other => HasShapeOf(other, key));
    }

    /// <summary>What is wrong with the layout.</summary>
    internal IEnumerable<string> Problems()
    {
        foreach (string? template in (string?[])[DataKey, LockKey, .. OtherKeys, .. SiblingKeys])
        {
            if (template is not null && template.Split(Placeholder).Length != 2)
            {
                yield return $"Layout: {template} must contain {Placeholder} once.";
            }
        }

        if ((LockStyle == SessionLockStyle.None) != (LockKey is null))
        {
            yield return "Layout: LockKey and LockStyle belong together.";
        }

        if (LockKey == DataKey)
        {
            yield return "Layout: the lock must have a key of its own.";
        }

        // 128 bits, which nobody guesses; 256 characters is the limit of PHP.
        if (NewIdLength is < 26 or > 256)
        {
            yield return "Layout: NewIdLength must be 26 to 256.";
        }
    }

    private static string Fill(string template, string id) =>
        template.Replace(Placeholder, id, StringComparison.Ordinal);

    private static bool HasShapeOf(string template, string key)
    {
        int at = template.IndexOf(Placeholder, StringComparison.Ordinal);
        string end = template[(at + Placeholder.Length)..];
        return key.Length >= at + end.Length
            && key.AsSpan().StartsWith(template.AsSpan(0, at), StringComparison.Ordinal)
            && key.EndsWith(end, StringComparison.Ordinal);
    }
}
