namespace SessionGateway.Protocols.Memcached;

/// <summary>What set, add, replace, append, prepend and cas want, over text or binary.</summary>
public ref struct StorageRequest
{
    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>The value, or what is added to it.</summary>
    public ReadOnlySpan<byte> Data;

    /// <summary>Exptime: 0, relative up to 30 days, absolute above, negative = at once.</summary>
    public long Exptime;

    /// <summary>cas unique that the item must have.</summary>
    public ulong Unique;

    /// <summary>Client flags.</summary>
    public uint Flags;

    /// <summary>Success is not answered.</summary>
    public bool IsQuiet;
}
