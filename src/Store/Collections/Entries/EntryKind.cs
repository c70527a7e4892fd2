namespace SessionGateway.Store.Collections.Entries;

/// <summary>How entries of a packed collection or of a leaf are written; see <see cref="Entry"/>.</summary>
internal enum EntryKind : byte
{
    /// <summary>No entries: an inner page.</summary>
    None = 0,

    /// <summary>A field of a hash.</summary>
    Field = 1,

    /// <summary>A member of a set.</summary>
    Member = 2,

    /// <summary>A member of a sorted set.</summary>
    Scored = 3,

    /// <summary>An element of a list.</summary>
    Element = 4,
}
