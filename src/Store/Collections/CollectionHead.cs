using System.Buffers.Binary;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>
/// The beginning of a collection's value. Packed: marks (1 byte), number of entries (2), the first expiry of a field
/// (8, only with <see cref="DueMark"/>), the last one (8, only with <see cref="LastMark"/>), then the entries. Large:
/// marks, heights of the trees (1 each), 1 byte unused, number of entries (8), roots (8 each), first and last expiry
/// (8 each), and nothing more.
/// </summary>
internal struct CollectionHead
{
    /// <summary>The entries lie in pages.</summary>
    public const byte TreeMark = 1;

    /// <summary>Some field has an expiry.</summary>
    public const byte DueMark = 2;

    /// <summary>See <see cref="CollectionInfo.IsWide"/>.</summary>
    public const byte WideMark = 4;

    /// <summary>See <see cref="CollectionInfo.IsMixed"/>.</summary>
    public const byte MixedMark = 8;

    /// <summary>Every field of a hash has an expiry: with the last one the hash is over.</summary>
    public const byte LastMark = 16;

    /// <summary>Bytes of the value of a large collection.</summary>
    public const int TreeBytes = 44;

    /// <summary>Most bytes before the entries of a packed one.</summary>
    public const int MostPackedBytes = PackedBytes + 16;

    private const int PackedBytes = 3;
    private const int TreeDueOffset = 28;
    private const int TreeLastOffset = 36;

    public byte Marks;
    public long Count;
    public ulong Root;
    public int Height;
    public ulong OtherRoot;
    public int OtherHeight;
    public ulong Due;

    /// <summary>When the last field of a hash ends; 0 when some stay.</summary>
    public ulong Last;

    public readonly bool IsTree => (Marks & TreeMark) != 0;

    public static CollectionHead Read(ReadOnlySpan<byte> value, out int length)
    {
        var head = new CollectionHead { Marks = value[0], Due = Child.NeverDue };
        if (head.IsTree)
        {
            head.Height = value[1];
            head.OtherHeight = value[2];
            head.Count = BinaryPrimitives.ReadInt64LittleEndian(value[4..]);
            head.Root = BinaryPrimitives.ReadUInt64LittleEndian(value[12..]);
            head.OtherRoot = BinaryPrimitives.ReadUInt64LittleEndian(value[20..]);
            head.Due = BinaryPrimitives.ReadUInt64LittleEndian(value[TreeDueOffset..]);
            head.Last = BinaryPrimitives.ReadUInt64LittleEndian(value[TreeLastOffset..]);
            length = TreeBytes;
            return head;
        }

        head.Count = BinaryPrimitives.ReadUInt16LittleEndian(value[1..]);
        length = PackedBytes;
        if ((head.Marks & DueMark) != 0)
        {
            head.Due = BinaryPrimitives.ReadUInt64LittleEndian(value[PackedBytes..]);
            length += sizeof(ulong);
        }

        if ((head.Marks & LastMark) != 0)
        {
            head.Last = BinaryPrimitives.ReadUInt64LittleEndian(value[length..]);
            length += sizeof(ulong);
        }

        return head;
    }

    /// <summary>When the first field of a hash ends, <see cref="Child.NeverDue"/> without any.</summary>
    public static ulong DueOf(ReadOnlySpan<byte> value)
    {
        byte marks = value[0];
        return (marks & DueMark) == 0 ? Child.NeverDue
            : BinaryPrimitives.ReadUInt64LittleEndian(value[((marks & TreeMark) != 0 ? TreeDueOffset : PackedBytes)..]);
    }

    /// <summary>When the last field of a hash ends, <see cref="Child.NeverDue"/> when some stay.</summary>
    public static ulong LastOf(ReadOnlySpan<byte> value) => (value[0] & LastMark) == 0 ? Child.NeverDue
        : BinaryPrimitives.ReadUInt64LittleEndian(
            value[((value[0] & TreeMark) != 0 ? TreeLastOffset : PackedBytes + 8)..]);

    /// <summary>Writes it.</summary>
    /// <returns>Its length.</returns>
    public int Write(Span<byte> value)
    {
        Marks = (byte)(Due == Child.NeverDue ? Marks & ~DueMark : Marks | DueMark);
        Marks = (byte)(Last == 0 ? Marks & ~LastMark : Marks | LastMark);
        value[0] = Marks;
        if (IsTree)
        {
            value[1] = (byte)Height;
            value[2] = (byte)OtherHeight;
            value[3] = 0;
            BinaryPrimitives.WriteInt64LittleEndian(value[4..], Count);
            BinaryPrimitives.WriteUInt64LittleEndian(value[12..], Root);
            BinaryPrimitives.WriteUInt64LittleEndian(value[20..], OtherRoot);
            BinaryPrimitives.WriteUInt64LittleEndian(value[TreeDueOffset..], Due);
            BinaryPrimitives.WriteUInt64LittleEndian(value[TreeLastOffset..], Last);
            return TreeBytes;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(value[1..], checked((ushort)Count));
        if (Due == Child.NeverDue)
        {
            return PackedBytes;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(value[PackedBytes..], Due);
        if (Last == 0)
        {
            return PackedBytes + 8;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(value[(PackedBytes + 8)..], Last);
        return MostPackedBytes;
    }
}
