namespace SessionGateway.AspNetCore.Storage;

/// <summary>What a write expects under the session's key.</summary>
internal enum StoredAs
{
    /// <summary>Nothing: a new session.</summary>
    New,

    /// <summary>Any session: the lock is held.</summary>
    Existing,

    /// <summary>Exactly the bytes that were read: there is no lock.</summary>
    Unchanged,
}
