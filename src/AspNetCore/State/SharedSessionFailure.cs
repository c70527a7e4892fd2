namespace SessionGateway.AspNetCore;

/// <summary>Why a session could not be opened or stored.</summary>
public enum SharedSessionFailure
{
    /// <summary>Another request held the lock for longer than <see cref="SharedSessionOptions.LockWait"/>.</summary>
    LockTimeout,

    /// <summary>
    /// The lock ended before the session was stored: the request took longer than
    /// <see cref="SharedSessionOptions.LockLifetime"/>, or the store lost it. Nothing was written.
    /// </summary>
    LockLost,

    /// <summary>Written without a lock, and another request wrote first. Nothing was written.</summary>
    Conflict,

    /// <summary>The session ended meanwhile: a logout elsewhere, or its time was over. Nothing was written.</summary>
    Ended,

    /// <summary>A change where the endpoint, the layout or the format only reads.</summary>
    ReadOnly,

    /// <summary>The store could not be reached, or what it holds cannot be read; see the log. It is left as it
    /// is.</summary>
    Unavailable,

    /// <summary>A change after the session was stored and closed, usually because the response had started.</summary>
    Closed,

    /// <summary>The serializer cannot hold a name or a value.</summary>
    NotRepresentable,

    /// <summary>
    /// The session is beyond <see cref="SharedSessionOptions.Limits"/> and could not be read again; the message names
    /// the limit. Nothing was written: the session stays as it was stored before.
    /// </summary>
    TooLarge,
}
