namespace SessionGateway.Store;

/// <summary>What the value bytes of an item hold.</summary>
public enum ItemType : byte
{
    /// <summary>An opaque byte string: every memcached item, every RESP string. The store never interprets
    /// it.</summary>
    String = 0,

    /// <summary>Fields with values (<see cref="Collections.Hashes"/>).</summary>
    Hash = 1,

    /// <summary>Members (<see cref="Collections.Sets"/>).</summary>
    Set = 2,

    /// <summary>Members with scores (<see cref="Collections.SortedSets"/>).</summary>
    SortedSet = 3,

    /// <summary>Elements in a row (<see cref="Collections.Lists"/>).</summary>
    List = 4,

    /// <summary>No item: a page of a large collection, in a database of pages.</summary>
    Page = 255,
}
