using System.Buffers.Binary;
using System.Diagnostics;
using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>
/// A page that leads to other pages. After the head 32 bytes for each child: its number, the number of entries below
/// it, and two numbers whose meaning is the order's (<see cref="TreeOrder"/>): what is not below the first one's child
/// begins there; the second one is the rest of that, or the earliest and the latest expiry of a field below.
/// </summary>
internal readonly ref struct InnerPage(Span<byte> page)
{
    /// <summary>Most children of any page.</summary>
    public const int MostChildren = (Bytes - LeafPage.HeadBytes) / ChildBytes;

    /// <summary>Bytes of the longest page.</summary>
    public const int Bytes = 8192;

    /// <summary>Bytes of a child.</summary>
    public const int ChildBytes = Child.Bytes;

    private readonly Span<byte> _page = page;

    /// <summary>Bytes of a full page. Where only hashes are looked for it is searched by halves, and a level less is
    /// worth more than a short page; ranks are told by all children before.</summary>
    public static int BytesOf(TreeOrder order) => order == TreeOrder.Hash ? Bytes : LeafPage.Bytes;

    public int Count => BinaryPrimitives.ReadUInt16LittleEndian(_page[2..]);

    /// <summary>Reads a page that is not written to.</summary>
    public static Child ChildAt(ReadOnlySpan<byte> page, int slot) =>
        Child.Read(page[(LeafPage.HeadBytes + (slot * ChildBytes))..]);

    /// <summary>Reads a number of a child in a page that is not written to.</summary>
    public static ulong LowAt(ReadOnlySpan<byte> page, int slot) =>
        BinaryPrimitives.ReadUInt64LittleEndian(page[(LeafPage.HeadBytes + (slot * ChildBytes) + Child.LowOffset)..]);

    /// <summary>Reads a number of a child in a page that is not written to.</summary>
    public static ulong NumberAt(ReadOnlySpan<byte> page, int slot) =>
        Child.ReadNumber(page[(LeafPage.HeadBytes + (slot * ChildBytes))..]);

    /// <summary>Reads a number of a child in a page that is not written to.</summary>
    public static long CountAt(ReadOnlySpan<byte> page, int slot) =>
        Child.ReadCount(page[(LeafPage.HeadBytes + (slot * ChildBytes))..]);

    /// <summary>Hashes: when the last field below ends, <see cref="Child.NeverDue"/> when one stays.</summary>
    public static ulong LastOf(ReadOnlySpan<byte> page)
    {
        ulong last = 0;
        for (int slot = new LeafPage(page).Count - 1; slot >= 0 && last != Child.NeverDue; slot--)
        {
            last = Math.Max(last, ChildAt(page, slot).Last);
        }

        return last;
    }

    public Child this[int slot]
    {
        get => Child.Read(_page[OffsetOf(slot)..]);
        set => value.Write(_page[OffsetOf(slot)..]);
    }

    public void SetCount(int count) => LeafPage.WriteHead(_page, EntryKind.None, count, count * ChildBytes);

    public void Insert(int slot, in Child child)
    {
        int count = Count;
        Debug.Assert(slot <= count && count < MostChildren, "a child too many, or behind a gap");
        _page[OffsetOf(slot)..OffsetOf(count)].CopyTo(_page[OffsetOf(slot + 1)..]);
        this[slot] = child;
        SetCount(count + 1);
    }

    public void RemoveAt(int slot)
    {
        int count = Count;
        Debug.Assert(slot < count, "no such child");
        _page[OffsetOf(slot + 1)..OffsetOf(count)].CopyTo(_page[OffsetOf(slot)..]);
        SetCount(count - 1);
    }

    private static int OffsetOf(int slot) => LeafPage.HeadBytes + (slot * ChildBytes);
}
