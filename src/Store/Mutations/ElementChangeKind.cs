namespace SessionGateway.Store.Mutations;

/// <summary>What happened to an entry of a collection.</summary>
public enum ElementChangeKind : byte
{
    /// <summary>A field, a member or a member's score was written.</summary>
    Put,

    /// <summary>A field or a member is no more.</summary>
    Removed,

    /// <summary>An element of a list was put before the one at the index, or at the end.</summary>
    Inserted,

    /// <summary>The element of a list at the index was replaced.</summary>
    ReplacedAt,

    /// <summary>Elements of a list from the index on are no more.</summary>
    RemovedAt,
}
