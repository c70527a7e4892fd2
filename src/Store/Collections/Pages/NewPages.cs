using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>Pages that a tree is about to get: nobody sees them before they are linked.</summary>
internal readonly struct NewPages(PageStore pages, int database, int innerBytes)
{
    /// <summary>Makes leaves of all parts of a cut but the first.</summary>
    /// <returns>False when memory is out; none was made.</returns>
    public bool TryMakeLeaves(EntryKind kind, in LeafCut cut, Span<ulong> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = pages.NextNumber();
            if (!TryPutPart(kind, numbers[i], cut, i + 1))
            {
                Free(numbers[..i]);
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes inner pages without children.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="rootChildren">The last one is a new root and gets so many children; 0 when it is none. It grows
    /// when there are more.</param>
    /// <returns>False when memory is out; none was made.</returns>
    public bool TryMakeInners(Span<ulong> numbers, int rootChildren)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = pages.NextNumber();
            int capacity = rootChildren > 0 && i == numbers.Length - 1
                ? LeafPage.HeadBytes + (rootChildren * InnerPage.ChildBytes)
                : innerBytes;
            if (!pages.TryPut(database, numbers[i], EntryKind.None, 0, default, capacity))
            {
                Free(numbers[..i]);
                numbers.Clear();
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes a part of a cut as a leaf.</summary>
    public bool TryPutPart(EntryKind kind, ulong number, in LeafCut cut, int part)
    {
        ReadOnlySpan<byte> entries = cut.EntriesOf(part);
        return pages.TryPut(
            database, number, kind, cut[part].Count, entries, LeafPage.CapacityFor(entries.Length));
    }

    /// <summary>Gives pages back; those without a number were not made.</summary>
    public void Free(ReadOnlySpan<ulong> numbers)
    {
        foreach (ulong number in numbers)
        {
            if (number != 0)
            {
                pages.Free(database, number);
            }
        }
    }
}
