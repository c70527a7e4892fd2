using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections;

/// <summary>
/// A collection that was found, valid until the next write to its shard; the default is an empty one.
/// </summary>
public readonly ref struct CollectionView
{
    private readonly EntryKind _kind;

    internal CollectionView(Opened opened, EntryKind kind)
    {
        Opened = opened;
        _kind = kind;
    }

    /// <summary>False when there is nothing under the key.</summary>
    public bool Exists => Opened.Exists;

    /// <summary>Number of entries.</summary>
    public long Count => Opened.Head.Count;

    /// <summary>It lies in pages; otherwise <see cref="Entries"/> has all of it.</summary>
    public bool IsLarge => Opened.Head.IsTree;

    /// <summary>Expiry of the item, Unix milliseconds, 0 = never.</summary>
    public long ExpiresAt => Opened.ExpiresAt;

    /// <summary>Unique of the item's last change: while it is the same, so are the entries.</summary>
    public ulong Cas => Opened.Cas;

    /// <summary>What is known of it without its entries.</summary>
    public CollectionInfo Info => ShardCollections.Describe(Opened.Head);

    /// <summary>Unix milliseconds before which no field of a hash ends; 0: none ends before its hash.</summary>
    public long FirstExpiry => Opened.Head.Due is > 0 and <= long.MaxValue ? (long)Opened.Head.Due : 0;

    /// <summary>The entries of a collection that is not large, in its order.</summary>
    public PackedEntries Entries => new(_kind, Opened.Entries);

    internal Opened Opened { get; }
}
