using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp;

/// <summary>What TYPE and OBJECT ENCODING call the types of items (redis 7 object.c, t_hash.c and its kin).</summary>
internal static class TypeTable
{
    /// <summary>The name of a type.</summary>
    public static ReadOnlySpan<byte> NameOf(ItemType type) => type switch
    {
        ItemType.String => "string"u8,
        ItemType.Hash => "hash"u8,
        ItemType.Set => "set"u8,
        ItemType.SortedSet => "zset"u8,
        ItemType.List => "list"u8,
        _ => "unknown"u8,
    };

    /// <summary>The encoding that Redis would have for a collection.</summary>
    public static ReadOnlySpan<byte> EncodingOf(ItemType type, in CollectionInfo info) => type switch
    {
        ItemType.Hash => info.IsWide ? "hashtable"u8 : "listpack"u8,
        ItemType.Set => info.IsMixed ? "hashtable"u8 : "intset"u8,
        ItemType.SortedSet => info.IsWide ? "skiplist"u8 : "listpack"u8,
        ItemType.List => "quicklist"u8,
        _ => "unknown"u8,
    };
}
