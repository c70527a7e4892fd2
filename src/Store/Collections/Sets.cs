using System.Buffers.Text;
using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Collections;

/// <summary>Sets of members.</summary>
public sealed class Sets : NamedCollection
{
    // set-max-intset-entries of Redis.
    private const int IntegerEntries = 512;

    internal Sets(Shard shard)
        : base(shard, ItemType.Set, EntryKind.Member)
    {
    }

    /// <summary>Whether there is a member.</summary>
    public Lookup Find(in ItemKey key, ReadOnlySpan<byte> member, long now)
    {
        Lookup found = Open(key, now, out Opened opened, isAccess: true);
        if (found != Lookup.Found)
        {
            return found;
        }

        var path = default(TreePath);
        return TryFind(key, opened, member, ref path, out _, out _) ? Lookup.Found : Lookup.Absent;
    }

    /// <summary>Whether a set that was found has a member.</summary>
    public bool Has(scoped in ItemKey key, scoped in CollectionView set, scoped ReadOnlySpan<byte> member)
    {
        var path = default(TreePath);
        return set.Exists && TryFind(key, set.Opened, member, ref path, out _, out _);
    }

    /// <summary>Adds a member, and makes the set when there is none.</summary>
    public ElementWrite Add(in ItemKey key, ReadOnlySpan<byte> member, long now)
    {
        Lookup found = Open(key, now, out Opened opened);
        var path = default(TreePath);
        if (found == Lookup.WrongType)
        {
            return ElementWrite.WrongType;
        }

        int offset = 0;
        if (found == Lookup.Found && TryFind(key, opened, member, ref path, out offset, out _))
        {
            return ElementWrite.Unchanged;
        }

        using var entry = new Scratch(Entry.SizeOfName(member));
        Shard.BeginChange();
        Entry.WriteName(entry.Span, member);
        byte marks = member.Length > NarrowBytes ? CollectionHead.WideMark : (byte)0;
        if (opened.Head.Count >= IntegerEntries || !IsInteger(member))
        {
            marks |= CollectionHead.MixedMark;
        }

        ElementWrite outcome = WriteAt(
            key, opened, member, ref path, offset, 0, entry.Span, marks, Child.NeverDue, now, ElementWrite.Added);
        if (outcome != ElementWrite.OutOfMemory)
        {
            ReadOnlySpan<byte> name = entry.Span[^member.Length..];
            Note(key, new ElementChange { Kind = ElementChangeKind.Put, Type = ItemType.Set, Name = name }, now);
        }

        Shard.EndChange();
        return outcome;
    }

    // As Redis writes a number: no sign but minus, no leading zero.
    private static bool IsInteger(ReadOnlySpan<byte> member)
    {
        Span<byte> digits = stackalloc byte[20];
        return member.Length <= digits.Length && Utf8Parser.TryParse(member, out long number, out int read)
            && read == member.Length && Utf8Formatter.TryFormat(number, digits, out int written)
            && member.SequenceEqual(digits[..written]);
    }
}
