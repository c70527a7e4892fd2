using System.Buffers.Binary;

namespace SessionGateway.Store.Managed;

/// <summary>
/// Chained hash table of one database in one shard. Buckets are a power of two and only ever double or reset, so a
/// cursor that counts in reversed bits survives growth (the scheme of Redis' SCAN): a bucket's items move only to
/// buckets with the same low bits.
/// </summary>
internal sealed class ManagedTable
{
    private int[] _buckets = new int[4];
    private ManagedEntry[] _entries = new ManagedEntry[4];
    private int _used;
    private int _free = -1;

    /// <summary>Items in the table.</summary>
    public int Count { get; private set; }

    /// <summary>All places, used and free (free ones have no data).</summary>
    public Span<ManagedEntry> Places => _entries.AsSpan(0, _used);

    /// <summary>Index of the key's place, or -1.</summary>
    public int Find(in ItemKey key)
    {
        ManagedEntry[] entries = _entries;
        for (int i = _buckets[key.Hash & (uint)(_buckets.Length - 1)] - 1; i >= 0; i = entries[i].Next)
        {
            ref ManagedEntry entry = ref entries[i];
            if (entry.Hash == key.Hash && entry.Key.SequenceEqual(key.Bytes))
            {
                return i;
            }
        }

        return -1;
    }

    public ref ManagedEntry At(int place) => ref _entries[place];

    /// <summary>Links a new place for the hash and returns it.</summary>
    public int Add(ulong hash)
    {
        if (Count == _entries.Length)
        {
            Grow();
        }

        int place = _free;
        if (place >= 0)
        {
            _free = _entries[place].Next;
        }
        else
        {
            place = _used++;
        }

        ref int bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        _entries[place].Hash = hash;
        _entries[place].Next = bucket - 1;
        bucket = place + 1;
        Count++;
        return place;
    }

    /// <summary>Unlinks a place.</summary>
    public void RemoveAt(int place)
    {
        ref ManagedEntry entry = ref _entries[place];
        ref int link = ref _buckets[entry.Hash & (uint)(_buckets.Length - 1)];
        if (link - 1 == place)
        {
            link = entry.Next + 1;
        }
        else
        {
            int before = link - 1;
            while (_entries[before].Next != place)
            {
                before = _entries[before].Next;
            }

            _entries[before].Next = entry.Next;
        }

        entry = default;
        entry.Next = _free;
        _free = place;
        Count--;
    }

    /// <summary>First place of the cursor's bucket, or -1; follow <see cref="ManagedEntry.Next"/>.</summary>
    public int BucketAt(ulong cursor) => _buckets[cursor & (uint)(_buckets.Length - 1)] - 1;

    /// <summary>The cursor after this one: adds one to the bucket number read with its bits reversed; 0 ends.</summary>
    public ulong NextCursor(ulong cursor)
    {
        ulong mask = (uint)(_buckets.Length - 1);
        cursor = Reverse(Reverse(cursor | ~mask) + 1);
        return cursor;
    }

    private static ulong Reverse(ulong v)
    {
        v = ((v >> 1) & 0x5555555555555555) | ((v & 0x5555555555555555) << 1);
        v = ((v >> 2) & 0x3333333333333333) | ((v & 0x3333333333333333) << 2);
        v = ((v >> 4) & 0x0F0F0F0F0F0F0F0F) | ((v & 0x0F0F0F0F0F0F0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(v);
    }

    private void Grow()
    {
        int size = _entries.Length * 2;
        Array.Resize(ref _entries, size);
        _buckets = new int[size];
        for (int i = 0; i < _used; i++)
        {
            if (_entries[i].Data is null)
            {
                continue;
            }

            ref int bucket = ref _buckets[_entries[i].Hash & (uint)(size - 1)];
            _entries[i].Next = bucket - 1;
            bucket = i + 1;
        }
    }
}
