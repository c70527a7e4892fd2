using Microsoft.AspNetCore.Http;
using SessionGateway.Sessions;
using StackExchange.Redis;

namespace SessionGateway.AspNetCore;

/// <summary>What the other stacks of a shared session are configured with, said once more for this one.</summary>
public sealed class SharedSessionOptions
{
    /// <summary>
    /// The store, in StackExchange.Redis' own notation: <c>host:port</c>, more after commas. Default
    /// <c>127.0.0.1:6379</c>.
    /// </summary>
    public string Endpoint { get; set; } = "127.0.0.1:6379";

    /// <summary>The store's password; null takes what <see cref="Endpoint"/> says.</summary>
    public string? Password { get; set; }

    /// <summary>The database (phpredis: <c>?database=</c>); null takes what <see cref="Endpoint"/> says, else
    /// 0.</summary>
    public int? Database { get; set; }

    /// <summary>
    /// Makes the connection instead of <see cref="Endpoint"/>, <see cref="Password"/> and <see cref="Database"/>: for a
    /// user name, TLS, or a connection the application has anyway. Called once, and again after it failed. Goes before
    /// an <see cref="ISharedSessionConnectionFactory"/> of the container.
    /// </summary>
    public Func<Task<IConnectionMultiplexer>>? ConnectionFactory { get; set; }

    /// <summary>Longest wait for one answer of the store. Default 5 s.</summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Pause between two questions to a store that did not answer. Until it does, requests have no session at once
    /// instead of after <see cref="OperationTimeout"/>. Default 1 s: a store that is back is used within a second.
    /// </summary>
    public TimeSpan StoreRetryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Keys, lock and nesting as the other side has them. Default: phpredis.</summary>
    public SessionKeyLayout Layout { get; set; } = SessionKeyLayout.PhpRedis();

    /// <summary>PHP's <c>session.serialize_handler</c>, for new sessions. Default <c>php</c>, as in PHP.</summary>
    public SharedSessionSerializer Serializer { get; set; } = SharedSessionSerializer.Php;

    /// <summary>
    /// Limits on what is read and, so that it can be read again, on what is written. Default: 1 MiB, depth 64, 50,000
    /// values, names of 255 bytes.
    /// </summary>
    public SessionLimits Limits { get; set; } = SessionLimits.Default;

    /// <summary>How requests use the session unless their endpoint says otherwise. Default exclusive, as PHP's lock
    /// is.</summary>
    public SharedSessionLocking Locking { get; set; } = SharedSessionLocking.Exclusive;

    /// <summary>Longest wait for the lock; then the request fails. Default 30 s, PHP's usual
    /// <c>max_execution_time</c>.</summary>
    public TimeSpan LockWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause between two tries for the lock; the first pauses are shorter. Default 20 ms, as in
    /// phpredis 6.</summary>
    public TimeSpan LockRetryInterval { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// After this time the lock of a process that died is free; a request that takes longer cannot store its changes.
    /// Default 60 s.
    /// </summary>
    public TimeSpan LockLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time without a request after which a session ends. Default 1440 s, PHP's
    /// <c>session.gc_maxlifetime</c>.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(1440);

    /// <summary>
    /// Whether an id that the store does not know is replaced by a new one (<c>session.use_strict_mode</c>). Default
    /// true.
    /// </summary>
    public bool StrictMode { get; set; } = true;

    /// <summary>
    /// What a session id in the cookie must look like as a whole, a regular expression; anything else counts as no
    /// session. Ids that make another object's key (a lock's, say) are refused whatever it allows. Default: what PHP
    /// generates.
    /// </summary>
    public string IdPattern { get; set; } = "[A-Za-z0-9,-]{22,256}";

    /// <summary>
    /// The cookie that all stacks share. Default <c>PHPSESSID</c>, path <c>/</c>, HttpOnly, SameSite=Lax, and Secure:
    /// over plain HTTP set <see cref="CookieBuilder.SecurePolicy"/> to <see cref="CookieSecurePolicy.SameAsRequest"/>.
    /// </summary>
    public CookieBuilder Cookie { get; set; } = new()
    {
        Name = "PHPSESSID",
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        SecurePolicy = CookieSecurePolicy.Always,
        IsEssential = true,
    };

    /// <summary>
    /// Variables that say who the user is, for example <c>user_id</c>: when a request sets one of them to another
    /// value, the session gets a new id and the old one ends, so that an id planted before the sign-in is worth
    /// nothing. Default none.
    /// </summary>
    public IList<string> RegenerateIdOn { get; } = [];
}
