namespace SessionGateway.AspNetCore.Storage;

/// <summary>How a write ended.</summary>
internal enum WriteResult
{
    /// <summary>Stored.</summary>
    Done,

    /// <summary>Not stored: the lock was another's by then, or nobody's.</summary>
    LockLost,

    /// <summary>Not stored: what was expected under the key is not there.</summary>
    Unexpected,
}
