namespace SessionGateway.Protocols.Rdb;

/// <summary>How a value is encoded: the byte before it (redis 7.4 and valkey 9 rdb.h, RDB_TYPE_*).</summary>
public enum RdbType : byte
{
    /// <summary>A string.</summary>
    String = 0,

    /// <summary>A count and elements.</summary>
    List = 1,

    /// <summary>A count and members.</summary>
    Set = 2,

    /// <summary>A count, members and scores as text.</summary>
    SortedSet = 3,

    /// <summary>A count, fields and values.</summary>
    Hash = 4,

    /// <summary>A count, members and scores of eight bytes.</summary>
    SortedSet2 = 5,

    /// <summary>A module's value, of unknown length.</summary>
    ModuleOld = 6,

    /// <summary>A module's value, in parts that say what they are.</summary>
    Module = 7,

    /// <summary>A hash in a zipmap (up to 2.4).</summary>
    HashZipmap = 9,

    /// <summary>A list in a ziplist (up to 3.0).</summary>
    ListZiplist = 10,

    /// <summary>A set of numbers.</summary>
    SetIntset = 11,

    /// <summary>A sorted set in a ziplist (up to 6.2).</summary>
    SortedSetZiplist = 12,

    /// <summary>A hash in a ziplist (up to 6.2).</summary>
    HashZiplist = 13,

    /// <summary>A list in several ziplists (3.2 to 6.2).</summary>
    ListQuicklist = 14,

    /// <summary>A stream.</summary>
    Stream = 15,

    /// <summary>A hash in a listpack.</summary>
    HashListpack = 16,

    /// <summary>A sorted set in a listpack.</summary>
    SortedSetListpack = 17,

    /// <summary>A list in several listpacks.</summary>
    ListQuicklist2 = 18,

    /// <summary>A stream of redis 7.0.</summary>
    Stream2 = 19,

    /// <summary>A set in a listpack (7.2).</summary>
    SetListpack = 20,

    /// <summary>A stream of redis 7.2.</summary>
    Stream3 = 21,

    /// <summary>Hash whose fields have expiries: of candidates of redis 7.4, and in another form of valkey 9.</summary>
    HashExpiring22 = 22,

    /// <summary>Such a hash in a listpack, of candidates of redis 7.4.</summary>
    HashListpackExpiring23 = 23,

    /// <summary>Hash whose fields have expiries (redis 7.4).</summary>
    HashExpiring = 24,

    /// <summary>Such a hash in a listpack (redis 7.4).</summary>
    HashListpackExpiring = 25,
}
