namespace SessionGateway.Protocols.Rdb;

/// <summary>What a value is, whatever its encoding.</summary>
public enum RdbKind
{
    /// <summary>A string.</summary>
    String,

    /// <summary>A list.</summary>
    List,

    /// <summary>A set.</summary>
    Set,

    /// <summary>A sorted set.</summary>
    SortedSet,

    /// <summary>A hash.</summary>
    Hash,

    /// <summary>A stream: its end is found, its entries are not read.</summary>
    Stream,

    /// <summary>A module's value: its end is found where its parts say what they are.</summary>
    Module,

    /// <summary>A type that this reader does not know, so that its end cannot be found.</summary>
    Unknown,
}
