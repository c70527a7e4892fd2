using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Index;

/// <summary>
/// Finds records by hash. Linear hashing: the table grows by splitting one bucket at a time in a fixed order, so no
/// operation ever pays for more than one bucket, and shrinks the same way back. A bucket holds the items whose hash
/// ends in its number, so the items of a bucket are always an interval of the bit-reversed hashes; <see
/// cref="NextCursor"/> walks these intervals and survives growth and shrinking.
/// </summary>
internal sealed unsafe class HashIndex
{
    /// <summary>Items per bucket that the table is kept at. At 7 of 10 slots one lookup in six meets a second
    /// bucket.</summary>
    private const int TargetLoad = 7;

    /// <summary>Items per bucket below which the table shrinks.</summary>
    private const int LeastLoad = 4;

    // Cache lines of a record that are asked for together with its first: half a kilobyte, less than a session has. The
    // header says only one miss of the cache later where the value begins.
    private const int FetchedLines = 8;

    private const uint FirstBuckets = 8;
    private const uint MostBuckets = 1 << 26;

    private readonly BucketArea _main;
    private readonly BucketArea _overflow;
    private readonly byte* _base;
    private readonly Func<ReadOnlySpan<byte>, ulong> _hash;
    private readonly BucketChains _chains;
    private uint _mask;

    public HashIndex(ShardMemory memory, int database, Func<ReadOnlySpan<byte>, ulong> hash)
    {
        _main = new BucketArea(memory, database);
        _overflow = new BucketArea(memory, database);
        _chains = new BucketChains(_main, _overflow);
        _base = memory.Engine.Region.Start;
        _hash = hash;
    }

    /// <summary>Items.</summary>
    public long Count { get; private set; }

    /// <summary>Buckets without those of overflow.</summary>
    public uint BucketCount => _main.Count;

    /// <summary>Units held, for the integrity checker.</summary>
    public IEnumerable<int> Units => [.. _main.Units, .. _overflow.Units];

    /// <summary>Finds the item with a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ulong hash, ReadOnlySpan<byte> key, out Place place)
    {
        if (_main.Count == 0)
        {
            place = default;
            return false;
        }

        byte tag = TagOf(hash);
        for (Bucket bucket = _main.At(NumberOf(hash)); ; bucket = _overflow.At(bucket.Next))
        {
            for (uint slots = bucket.MatchingSlots(tag); slots != 0; slots &= slots - 1)
            {
                int slot = BitOperations.TrailingZeroCount(slots);
                Record record = RecordOf(bucket.ReferenceAt(slot));
                FetchAhead(record.Address);
                if (record.HasKey(key))
                {
                    place = new Place(bucket, slot, record);
                    return true;
                }
            }

            if (bucket.Next == 0)
            {
                place = default;
                return false;
            }
        }
    }

    /// <summary>Finds the slot that refers to a record.</summary>
    public bool TryFindRecord(ulong hash, Record record, out Place place)
    {
        ulong reference = ReferenceOf(record);
        byte tag = TagOf(hash);
        for (Bucket bucket = _main.At(NumberOf(hash)); ; bucket = _overflow.At(bucket.Next))
        {
            for (uint slots = bucket.MatchingSlots(tag); slots != 0; slots &= slots - 1)
            {
                int slot = BitOperations.TrailingZeroCount(slots);
                if (bucket.ReferenceAt(slot) == reference)
                {
                    place = new Place(bucket, slot, record);
                    return true;
                }
            }

            if (bucket.Next == 0)
            {
                place = default;
                return false;
            }
        }
    }

    /// <summary>Adds a record whose key is not in the index.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    public bool TryAdd(ulong hash, Record record)
    {
        Debug.Assert(!TryFind(hash, record.Key, out _), "the key is in the index already");
        Debug.Assert(_hash(record.Key) == hash, "the record has another key");
        if (_main.Count == 0 && !TryStart())
        {
            return false;
        }

        if (Count >= (long)_main.Count * TargetLoad)
        {
            TrySplit();
        }

        if (!_chains.TryLink(NumberOf(hash), TagOf(hash), ReferenceOf(record)))
        {
            return false;
        }

        Count++;
        return true;
    }

    /// <summary>Points a slot to the item's new record.</summary>
    public void Redirect(in Place place, Record record) => place.Bucket.SetReference(place.Slot, ReferenceOf(record));

    /// <summary>Takes an item out.</summary>
    public void Remove(ulong hash, in Place place)
    {
        Debug.Assert(Count > 0, "an empty index loses an item");
        Count--;
        _chains.Unlink(NumberOf(hash), place);
    }

    /// <summary>Undoes one split when the table is much too large.</summary>
    /// <returns>False when it is not.</returns>
    public bool TryShrink()
    {
        if (_main.Count <= FirstBuckets || Count >= (long)_main.Count * LeastLoad)
        {
            if (Count != 0 || _main.Count == 0)
            {
                return false;
            }

            Clear();
            return true;
        }

        if (!_chains.TryKeepSpare(MemoryRoom.Brief))
        {
            return false;
        }

        uint last = _main.Count - 1;
        uint bit = (_mask >> 1) + 1;
        Relink(last, 0, last & (bit - 1), last & (bit - 1));
        _main.RemoveLast();
        if (_main.Count == bit)
        {
            _mask >>= 1;
        }

        return true;
    }

    /// <summary>Gives back memory behind the last bucket.</summary>
    public void Trim() => _main.Trim();

    /// <summary>First bucket of the chain that a cursor stands on.</summary>
    public Bucket BucketAt(ulong cursor) => _main.At(NumberOf(cursor));

    /// <summary>The bucket that continues another; only when its <see cref="Bucket.Next"/> is not 0.</summary>
    public Bucket Following(Bucket bucket) => _overflow.At(bucket.Next);

    /// <summary>The cursor behind the bucket that a cursor stands on; 0 ends the walk.</summary>
    public ulong NextCursor(ulong cursor)
    {
        uint number = NumberOf(cursor);

        // A bucket that was split in this round, or came from a split in it, is known by one bit more than the others.
        uint half = _mask >> 1;
        uint mask = number > half || (number | (half + 1)) < _main.Count ? _mask : half;
        return ReversedBits.Of(ReversedBits.Of(cursor | ~(ulong)mask) + 1);
    }

    /// <summary>The record that the lowest slot of a bit set refers to.</summary>
    public Record RecordAt(Bucket bucket, uint slots) =>
        RecordOf(bucket.ReferenceAt(BitOperations.TrailingZeroCount(slots)));

    /// <summary>Forgets all items and gives the memory back.</summary>
    public void Clear()
    {
        _main.Clear();
        _chains.Clear();
        _mask = 0;
        Count = 0;
    }

    private Record RecordOf(ulong reference) => new(_base + (reference << 3));

    private static byte TagOf(ulong hash) => (byte)Math.Max(1, (int)(byte)(hash >> 48));

    private ulong ReferenceOf(Record record)
    {
        ulong reference = (ulong)(record.Address - _base) >> 3;
        Debug.Assert(reference < 1UL << 40, "a reference has 40 bits");
        return reference;
    }

    // With N buckets, 2^k < N <= 2^(k+1): k+1 bits of the hash where that bucket exists already, else k bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint NumberOf(ulong hash)
    {
        uint number = (uint)hash & _mask;
        return number < _main.Count ? number : number & (_mask >> 1);
    }

    private bool TryStart()
    {
        while (_main.Count < FirstBuckets)
        {
            if (!_main.TryAdd(MemoryRoom.Brief))
            {
                _main.Clear();
                return false;
            }
        }

        _mask = FirstBuckets - 1;
        return true;
    }

    // Without memory for it the table stays as it is, and its chains get longer.
    private void TrySplit()
    {
        uint added = _main.Count;
        if (added == MostBuckets || !_chains.TryKeepSpare(MemoryRoom.New) || !_main.TryAdd(MemoryRoom.New))
        {
            return;
        }

        if (added > _mask)
        {
            _mask = (_mask << 1) | 1;
        }

        uint bit = (_mask >> 1) + 1;
        uint source = added & ~bit;
        Prefetch(_main.At(source));
        Relink(source, bit, source, added);
    }

    // Takes a chain apart and links its slots anew: those whose hash has the bit into one bucket, the others into
    // another. Each overflow bucket is free before its slots are linked, so one spare bucket is enough.
    private void Relink(uint number, uint bit, uint withoutBit, uint withBit)
    {
        Span<byte> tags = stackalloc byte[Bucket.Slots];
        Span<ulong> references = stackalloc ulong[Bucket.Slots];
        Bucket bucket = _main.At(number);
        uint chain = bucket.Next;
        bucket.Next = 0;
        int count = BucketChains.Empty(bucket, tags, references);
        while (true)
        {
            for (int i = 0; i < count; i++)
            {
                bool hasBit = bit != 0 && (_hash(RecordOf(references[i]).Key) & bit) != 0;
                if (!_chains.TryLink(hasBit ? withBit : withoutBit, tags[i], references[i]))
                {
                    throw new InvalidOperationException("A chain needs more buckets than it had.");
                }
            }

            if (chain == 0)
            {
                return;
            }

            bucket = _overflow.At(chain);
            count = BucketChains.Empty(bucket, tags, references);
            chain = _chains.Release(chain);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchAhead(byte* record)
    {
        if (Sse.IsSupported)
        {
            for (int line = 1; line <= FetchedLines; line++)
            {
                Sse.Prefetch0(record + (line * 64));
            }
        }
    }

    private void Prefetch(Bucket first)
    {
        for (uint slots = first.UsedSlots(); slots != 0; slots &= slots - 1)
        {
            byte* address = RecordOf(first.ReferenceAt(BitOperations.TrailingZeroCount(slots))).Address;
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(address);
            }
        }
    }
}
