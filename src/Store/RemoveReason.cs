namespace SessionGateway.Store;

/// <summary>The different ends of an item.</summary>
public enum RemoveReason : byte
{
    /// <summary>A client asked for it (delete, a negative exptime, a refused oversized rewrite).</summary>
    Deleted,

    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>Memory pressure.</summary>
    Evicted,
}
