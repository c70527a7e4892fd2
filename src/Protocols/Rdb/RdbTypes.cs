using SessionGateway.Protocols.Rdb.Packed;

namespace SessionGateway.Protocols.Rdb;

/// <summary>What is known of the types of values.</summary>
public static class RdbTypes
{
    /// <summary>What a value of the type is.</summary>
    public static RdbKind KindOf(RdbType type) => type switch
    {
        RdbType.String => RdbKind.String,
        RdbType.List or RdbType.ListZiplist or RdbType.ListQuicklist or RdbType.ListQuicklist2 => RdbKind.List,
        RdbType.Set or RdbType.SetIntset or RdbType.SetListpack => RdbKind.Set,
        RdbType.SortedSet or RdbType.SortedSet2 or RdbType.SortedSetZiplist or RdbType.SortedSetListpack =>
            RdbKind.SortedSet,
        RdbType.Hash or RdbType.HashZipmap or RdbType.HashZiplist or RdbType.HashListpack or RdbType.HashExpiring22
            or RdbType.HashListpackExpiring23 or RdbType.HashExpiring or RdbType.HashListpackExpiring => RdbKind.Hash,
        RdbType.Stream or RdbType.Stream2 or RdbType.Stream3 => RdbKind.Stream,
        RdbType.Module => RdbKind.Module,
        _ => RdbKind.Unknown,
    };

    /// <summary>The block that a value, or each part of a list, lies in.</summary>
    internal static bool IsPacked(RdbType type, out PackedFormat format)
    {
        format = type switch
        {
            RdbType.HashZipmap => PackedFormat.Zipmap,
            RdbType.SetIntset => PackedFormat.Intset,
            RdbType.ListZiplist or RdbType.SortedSetZiplist or RdbType.HashZiplist or RdbType.ListQuicklist =>
                PackedFormat.Ziplist,
            _ => PackedFormat.Listpack,
        };
        return format != PackedFormat.Listpack || type is RdbType.HashListpack or RdbType.SortedSetListpack
            or RdbType.SetListpack or RdbType.ListQuicklist2 or RdbType.HashListpackExpiring23
            or RdbType.HashListpackExpiring;
    }

    /// <summary>The value begins with the number of its parts.</summary>
    internal static bool IsCounted(RdbType type) => type is RdbType.List or RdbType.Set or RdbType.SortedSet
        or RdbType.Hash or RdbType.SortedSet2 or RdbType.ListQuicklist or RdbType.ListQuicklist2
        or RdbType.HashExpiring22 or RdbType.HashExpiring;

    /// <summary>The value begins with the time of the field that ends first.</summary>
    internal static bool BeginsWithTime(RdbType type) =>
        type is RdbType.HashExpiring or RdbType.HashListpackExpiring;
}
