namespace SessionGateway.Store.Collections;

/// <summary>A collection that was found, valid until the next write to the shard; the default is an empty
/// one.</summary>
internal readonly ref struct Opened
{
    public Opened(scoped in ItemView item)
    {
        Head = CollectionHead.Read(item.Value, out int length);
        Entries = item.Value[length..];
        ExpiresAt = item.ExpiresAt;
        Cas = item.Cas;
        Exists = true;
    }

    /// <summary>False when there is nothing under the key.</summary>
    public bool Exists { get; }

    public CollectionHead Head { get; }

    /// <summary>The entries of a packed one.</summary>
    public ReadOnlySpan<byte> Entries { get; }

    /// <summary>Expiry of the item.</summary>
    public long ExpiresAt { get; }

    /// <summary>Unique of the item's last change.</summary>
    public ulong Cas { get; }
}
