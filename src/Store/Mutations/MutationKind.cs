namespace SessionGateway.Store.Mutations;

/// <summary>What a <see cref="Mutation"/> says.</summary>
public enum MutationKind : byte
{
    /// <summary>An item was written: final bytes, absolute expiry, new cas unique.</summary>
    Put,

    /// <summary>An item was written with the value, flags and type it had: only cas and expiry are new.</summary>
    Refreshed,

    /// <summary>An item was written whose value is the former one with a part replaced.</summary>
    Spliced,

    /// <summary>An entry of a collection changed; the first one of a key makes the item.</summary>
    Element,

    /// <summary>Only the expiry of a live item changed; it counts as seen again.</summary>
    ExpiryChanged,

    /// <summary>Items were read, a batch of them; where a policy goes by it and a listener wants it.</summary>
    Accessed,

    /// <summary>An item ended.</summary>
    Removed,

    /// <summary>All items of a database ended together.</summary>
    Flushed,

    /// <summary>What follows up to <see cref="GroupEnd"/> happened at one moment.</summary>
    GroupBegin,

    /// <summary>The group is complete.</summary>
    GroupEnd,
}
