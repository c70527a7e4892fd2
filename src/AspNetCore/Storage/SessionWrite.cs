namespace SessionGateway.AspNetCore.Storage;

/// <summary>One storing of a session.</summary>
/// <param name="Id">The id to store under.</param>
/// <param name="Bytes">The session.</param>
/// <param name="Expected">What must be there.</param>
internal sealed record SessionWrite(string Id, byte[] Bytes, StoredAs Expected)
{
    /// <summary>The bytes that were read, for <see cref="StoredAs.Unchanged"/>.</summary>
    public byte[]? Original { get; init; }

    /// <summary>The id that this one replaces; its session is deleted in the same step. Null where there is
    /// none.</summary>
    public string? Replaced { get; init; }

    /// <summary>The lock under which to write; null where there is none.</summary>
    public HeldLock? Lock { get; init; }

    /// <summary>Whether the lock is released in the same step.</summary>
    public bool Release { get; init; }
}
