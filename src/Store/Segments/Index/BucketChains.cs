using System.Diagnostics;
using System.Numerics;
using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Index;

/// <summary>
/// The chains of an index: a bucket that is full is continued by overflow buckets. Chains are kept without holes before
/// their last bucket, so that the last one runs empty and comes free; free ones wait in a list, and one of them is kept
/// ready so that a split never runs out of memory half way.
/// </summary>
internal sealed class BucketChains(BucketArea main, BucketArea overflow)
{
    private uint _free;

    /// <summary>Puts a reference into the first free slot of a chain.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    public bool TryLink(uint number, byte tag, ulong reference)
    {
        Debug.Assert(tag != 0, "tag 0 stands for a free slot");
        Bucket bucket = main.At(number);
        while (true)
        {
            int slot = bucket.FreeSlot();
            if (slot >= 0)
            {
                bucket.Set(slot, tag, reference);
                return true;
            }

            if (bucket.Next == 0)
            {
                break;
            }

            bucket = overflow.At(bucket.Next);
        }

        if (!TryKeepSpare(MemoryRoom.Brief))
        {
            return false;
        }

        uint added = _free;
        Bucket next = overflow.At(added);
        _free = next.Next;
        next.Next = 0;
        next.Set(0, tag, reference);
        bucket.Next = added;
        return true;
    }

    /// <summary>Frees a slot of a chain.</summary>
    public void Unlink(uint number, in Place place)
    {
        Bucket bucket = place.Bucket;
        Debug.Assert(bucket.TagAt(place.Slot) != 0, "a slot is freed twice");
        bucket.Free(place.Slot);
        Bucket before = main.At(number);
        if (before.Next == 0)
        {
            return;
        }

        Bucket last = overflow.At(before.Next);
        while (last.Next != 0)
        {
            before = last;
            last = overflow.At(last.Next);
        }

        unsafe
        {
            if (last.Address != bucket.Address)
            {
                int slot = BitOperations.TrailingZeroCount(last.UsedSlots());
                bucket.Set(place.Slot, last.TagAt(slot), last.ReferenceAt(slot));
                last.Free(slot);
            }
        }

        if (last.IsEmpty)
        {
            before.Next = Release(before.Next);
        }
    }

    /// <summary>Makes sure that one free overflow bucket is at hand.</summary>
    /// <param name="room">How far it may go for memory.</param>
    /// <returns>False when memory is out.</returns>
    public bool TryKeepSpare(MemoryRoom room)
    {
        if (_free != 0)
        {
            return true;
        }

        // Number 0 means none, so bucket 0 of the area is never used.
        if ((overflow.Count == 0 && !overflow.TryAdd(room)) || !overflow.TryAdd(room))
        {
            return false;
        }

        _free = overflow.Count - 1;
        return true;
    }

    /// <summary>Puts an empty overflow bucket into the list of free ones.</summary>
    /// <returns>The bucket that continued it, or 0.</returns>
    public uint Release(uint number)
    {
        Bucket freed = overflow.At(number);
        Debug.Assert(number != 0 && freed.IsEmpty, "an overflow bucket with items is free");
        uint next = freed.Next;
        freed.Next = _free;
        _free = number;
        return next;
    }

    /// <summary>Gives all overflow buckets back.</summary>
    public void Clear()
    {
        overflow.Clear();
        _free = 0;
    }

    /// <summary>Takes all slots out of a bucket.</summary>
    /// <returns>How many there were.</returns>
    public static int Empty(Bucket bucket, Span<byte> tags, Span<ulong> references)
    {
        int count = 0;
        for (uint slots = bucket.UsedSlots(); slots != 0; slots &= slots - 1)
        {
            int slot = BitOperations.TrailingZeroCount(slots);
            tags[count] = bucket.TagAt(slot);
            references[count++] = bucket.ReferenceAt(slot);
            bucket.Free(slot);
        }

        return count;
    }
}
