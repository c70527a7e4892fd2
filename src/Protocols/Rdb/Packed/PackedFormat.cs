namespace SessionGateway.Protocols.Rdb.Packed;

/// <summary>Collections in one block of bytes.</summary>
internal enum PackedFormat
{
    /// <summary>Redis 7 (listpack.c).</summary>
    Listpack,

    /// <summary>Redis 2.4 to 6.2 (ziplist.c).</summary>
    Ziplist,

    /// <summary>Redis up to 2.4 (zipmap.c).</summary>
    Zipmap,

    /// <summary>Numbers in ascending order (intset.c).</summary>
    Intset,
}
