using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SessionGateway.Store.Collections.Entries;

/// <summary>Entries one after the other.</summary>
internal static class EntryList
{
    /// <summary>Finds an entry by its name.</summary>
    /// <param name="kind">Kind of the entries.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="name">Field, member or element.</param>
    /// <param name="offset">Where it is; the end when it is not.</param>
    /// <param name="entry">The entry.</param>
    public static bool TryFind(
        EntryKind kind, ReadOnlySpan<byte> entries, scoped ReadOnlySpan<byte> name, out int offset, out Entry entry)
    {
        byte last = name.IsEmpty ? (byte)0 : name[^1];
        for (int at = 0; at < entries.Length;)
        {
            offset = at;
            int length = ReadLengths(kind, entries, ref at, out int valueLength);

            // Names of one length differ at their end, mostly.
            if (length == name.Length && (length == 0 || entries[at + length - 1] == last)
                && entries.Slice(at, length).SequenceEqual(name))
            {
                entry = Entry.Read(kind, entries[offset..]);
                return true;
            }

            at += length + valueLength;
        }

        offset = entries.Length;
        entry = default;
        return false;
    }

    /// <summary>Finds the first entry that is not before a place in the order of a sorted set.</summary>
    /// <param name="entries">Members in their order.</param>
    /// <param name="score">Score of the place.</param>
    /// <param name="member">Member of the place.</param>
    /// <param name="offset">Where it is; the end when all are before.</param>
    /// <param name="index">How many are before.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>True when it is just there.</returns>
    public static bool TryFindScored(
        ReadOnlySpan<byte> entries, double score, scoped ReadOnlySpan<byte> member, out int offset, out int index,
        out Entry entry)
    {
        index = 0;
        for (offset = 0; offset < entries.Length; index++)
        {
            double there = BinaryPrimitives.ReadDoubleLittleEndian(entries[offset..]);
            if (!(there < score))
            {
                entry = Entry.Read(EntryKind.Scored, entries[offset..]);
                int order = ScoreOrder.Compare(there, entry.Name, score, member);
                if (order >= 0)
                {
                    return order == 0;
                }
            }

            int at = offset;
            offset = ReadLengths(EntryKind.Scored, entries, ref at, out _);
            offset += at;
        }

        entry = default;
        return false;
    }

    /// <summary>Where the entry with a number starts; the end for the number behind the last one.</summary>
    public static int OffsetOf(EntryKind kind, ReadOnlySpan<byte> entries, int index)
    {
        int offset = 0;
        for (; index > 0; index--)
        {
            int length = ReadLengths(kind, entries, ref offset, out int valueLength);
            offset += length + valueLength;
        }

        return offset;
    }

    // Moves on to the name of the entry at a place; returns its length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadLengths(EntryKind kind, ReadOnlySpan<byte> entries, ref int at, out int valueLength)
    {
        at += kind == EntryKind.Scored ? Entry.ScoreBytes : 0;
        uint head = entries[at];
        if (head < 0x80)
        {
            at++;
        }
        else
        {
            head = Varint.Read(entries, ref at);
        }

        valueLength = 0;
        if (kind != EntryKind.Field)
        {
            return (int)head;
        }

        uint value = entries[at];
        if (value < 0x80)
        {
            at++;
        }
        else
        {
            value = Varint.Read(entries, ref at);
        }

        valueLength = (int)value;
        at += (head & 1) != 0 ? Entry.ExpiryBytes : 0;
        return (int)(head >> 1);
    }
}
