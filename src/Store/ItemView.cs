namespace SessionGateway.Store;

/// <summary>
/// A look at a live item inside its shard's lock. The spans point into the store's memory and are valid until the
/// next mutation of the same shard or until the scope is left, whichever comes first.
/// </summary>
public readonly ref struct ItemView
{
    /// <summary>The value bytes, 0 to the store's limit.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Bytes of the value that this look does not show (<see cref="Shard.TryPeekAttributes"/>).</summary>
    public int HiddenBytes { get; init; }

    /// <summary>Bytes of the value, whether or not the look shows them.</summary>
    public int Length => Value.Length + HiddenBytes;

    /// <summary>memcached client flags; 0 for items written over RESP.</summary>
    public uint Flags { get; init; }

    /// <summary>What the value holds.</summary>
    public ItemType Type { get; init; }

    /// <summary>How a string came about.</summary>
    public StringForm Form { get; init; }

    /// <summary>cas unique: changes with every write of the value, never with a touch; never 0.</summary>
    public ulong Cas { get; init; }

    /// <summary>Unix time in milliseconds at which the item ceases to exist; 0 = never.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>Unix time in milliseconds of the access before this one; engines may round it down by less than
    /// 100.</summary>
    public long LastAccess { get; init; }

    /// <summary>True when the item was read since it was last written (memcached's meta flag h).</summary>
    public bool WasRead { get; init; }

    /// <summary>True while it is a session that was not seen again
    /// (<see cref="Policies.PrefixClass.Anonymous"/>).</summary>
    public bool IsAnonymous { get; init; }
}
