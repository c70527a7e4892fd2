using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SessionGateway.Store.Segments.Index;

/// <summary>
/// One cache line of an index: ten tags of a byte (0 = free slot), ten references of five bytes, and the number of the
/// overflow bucket that continues it (0 = none). A lookup compares all tags in one instruction.
/// </summary>
internal readonly unsafe struct Bucket(byte* address)
{
    public const int Bytes = 64;
    public const int BytesShift = 6;
    public const int Slots = 10;

    private const int ReferenceBytes = 5;
    private const int ReferencesAt = Slots;
    private const int NextAt = 60;
    private const uint SlotMask = (1 << Slots) - 1;
    private const ulong ReferenceMask = (1UL << 40) - 1;

    public byte* Address { get; } = address;

    public uint Next
    {
        get => *(uint*)(Address + NextAt);
        set => *(uint*)(Address + NextAt) = value;
    }

    public bool IsEmpty => MatchingSlots(0) == SlotMask;

    /// <summary>Bit set of the slots with a tag; tag 0 finds the free ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint MatchingSlots(byte tag) =>
        Vector128.Equals(Vector128.Load(Address), Vector128.Create(tag)).ExtractMostSignificantBits() & SlotMask;

    /// <summary>Bit set of the slots in use.</summary>
    public uint UsedSlots() => ~MatchingSlots(0) & SlotMask;

    public byte TagAt(int slot) => Address[slot];

    /// <summary>The reference in a slot: the last one is read with three bytes of <see cref="Next"/> behind
    /// it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReferenceAt(int slot) =>
        *(ulong*)(Address + ReferencesAt + (slot * ReferenceBytes)) & ReferenceMask;

    public void Set(int slot, byte tag, ulong reference)
    {
        Address[slot] = tag;
        SetReference(slot, reference);
    }

    public void SetReference(int slot, ulong reference)
    {
        byte* place = Address + ReferencesAt + (slot * ReferenceBytes);
        *(uint*)place = (uint)reference;
        place[4] = (byte)(reference >> 32);
    }

    public void Free(int slot) => Address[slot] = 0;

    /// <summary>A free slot, or -1.</summary>
    public int FreeSlot()
    {
        uint free = MatchingSlots(0);
        return free == 0 ? -1 : BitOperations.TrailingZeroCount(free);
    }
}
