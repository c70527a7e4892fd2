namespace SessionGateway.AspNetCore;

/// <summary>How a lock key is used.</summary>
public enum SessionLockStyle
{
    /// <summary>There is no lock.</summary>
    None,

    /// <summary>
    /// The key exists while the lock is held: <c>SET NX PX</c> takes it, comparing and deleting it in one step releases
    /// it. phpredis does the same; php-memcached takes it with <c>add</c>, stores <c>1</c> and never reads it, so a
    /// token excludes it as well.
    /// </summary>
    Token,

    /// <summary>
    /// The key is a counter: pecl-memcache holds the lock when it counts to 1 or adds it, and releases it by setting 0.
    /// </summary>
    Counter,
}
