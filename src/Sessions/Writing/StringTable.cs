using System.Numerics;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Writing;

/// <summary>Numbers strings in the order of their first occurrence. Kept per thread between uses.</summary>
internal sealed class StringTable
{
    // A table larger than this is not kept for the next session.
    private const int KeepUpTo = 1 << 16;

    [ThreadStatic]
    private static StringTable? _spare;

    private int[] _slots = [];
    private Entry[] _entries = new Entry[64];
    private int _size;

    private StringTable()
    {
    }

    /// <summary>How many strings have a number: the next one's number.</summary>
    public int Count { get; private set; }

    public static StringTable Rent(int expected)
    {
        StringTable table = _spare ?? new StringTable();
        _spare = null;
        table._size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(expected * 2, 32, KeepUpTo));
        if (table._slots.Length < table._size)
        {
            table._slots = new int[table._size];
        }
        else
        {
            table._slots.AsSpan(0, table._size).Clear();
        }

        table.Count = 0;
        return table;
    }

    public void Return()
    {
        if (_slots.Length <= KeepUpTo)
        {
            _spare = this;
        }
    }

    /// <summary>The number of an equal string met before, or -1 after giving this one the next number.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> bytes, long range, uint hash)
    {
        int mask = _size - 1;
        int at = (int)hash & mask;
        while (_slots[at] != 0)
        {
            ref readonly Entry entry = ref _entries[_slots[at] - 1];
            if (entry.Hash == hash && bytes.Slice((int)entry.Range, (int)(entry.Range >> 32))
                .SequenceEqual(bytes.Slice((int)range, (int)(range >> 32))))
            {
                return _slots[at] - 1;
            }

            at = (at + 1) & mask;
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count] = new Entry(range, hash);
        _slots[at] = ++Count;
        if (Count * 4 > _size * 3)
        {
            Grow();
        }

        return -1;
    }

    private void Grow()
    {
        _size *= 2;
        _slots = new int[_size];
        for (int i = 0; i < Count; i++)
        {
            int at = (int)_entries[i].Hash & (_size - 1);
            while (_slots[at] != 0)
            {
                at = (at + 1) & (_size - 1);
            }

            _slots[at] = i + 1;
        }
    }

    private readonly record struct Entry(long Range, uint Hash);
}
