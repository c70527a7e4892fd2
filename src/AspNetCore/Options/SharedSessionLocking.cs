namespace SessionGateway.AspNetCore;

/// <summary>How a request uses the session and its lock.</summary>
public enum SharedSessionLocking
{
    /// <summary>
    /// The lock is taken on first access and held until the session is stored: requests of one user come one after the
    /// other, on every stack that takes the same lock. A layout without a lock is written like <see cref="None"/>.
    /// </summary>
    Exclusive,

    /// <summary>No lock, no writing: a change is an error. The session's time is renewed.</summary>
    ReadOnly,

    /// <summary>No lock; a write fails with <see cref="SharedSessionFailure.Conflict"/> if another wrote
    /// meanwhile.</summary>
    None,
}
