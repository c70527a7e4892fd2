using System.Buffers.Binary;
using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>
/// The head of a page with entries, and of every page: kind (1 byte, <see cref="EntryKind.None"/> for inner pages), 1
/// byte unused, number of entries or children (2), bytes of them (4). What follows the entries is room for more.
/// </summary>
internal readonly ref struct LeafPage(ReadOnlySpan<byte> page)
{
    /// <summary>Bytes before the entries.</summary>
    public const int HeadBytes = 8;

    /// <summary>
    /// Bytes that a page is filled to: an edit moves at most so many, a look-up reads at most so many in a row. The
    /// numbers are in ADR 0012.
    /// </summary>
    public const int Bytes = 2048;

    /// <summary>Bytes of entries that a page is filled to. One entry alone may be longer.</summary>
    public const int MostUsed = Bytes - HeadBytes;

    /// <summary>
    /// Entries that a page in the order of hashes is filled to: they are looked at one after the other. A packed
    /// collection that becomes large begins with a page that may have more.
    /// </summary>
    public const int MostHashed = 64;

    /// <summary>Entries that a page of a tree is filled to.</summary>
    public static int MostEntries(TreeOrder order) => order == TreeOrder.Hash ? MostHashed : ushort.MaxValue;

    private readonly ReadOnlySpan<byte> _page = page;

    public EntryKind Kind => (EntryKind)_page[0];

    public int Count => BinaryPrimitives.ReadUInt16LittleEndian(_page[2..]);

    public int Used => BinaryPrimitives.ReadInt32LittleEndian(_page[4..]);

    public ReadOnlySpan<byte> Entries => _page.Slice(HeadBytes, Used);

    public static void WriteHead(Span<byte> page, EntryKind kind, int count, int used)
    {
        page[0] = (byte)kind;
        page[1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(page[2..], checked((ushort)count));
        BinaryPrimitives.WriteInt32LittleEndian(page[4..], used);
    }

    /// <summary>Bytes to give a page with so many bytes of entries: an eighth more, up to a whole page.</summary>
    public static int CapacityFor(int used) => used >= MostUsed
        ? HeadBytes + used
        : Math.Min(Bytes, HeadBytes + ((used + (used >> 3) + 15) & -8));
}
