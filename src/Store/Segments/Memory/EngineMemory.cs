using System.Diagnostics;
using System.Numerics;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>The memory of one engine: the region, its units, what is known about each of them, and the limit.</summary>
internal sealed unsafe class EngineMemory : IDisposable
{
    private const int LeastUnitBytes = 64 << 10;
    private const int MostUnitBytes = 512 << 10;

    private readonly MemoryRegion _infoRegion;

    // Segments that may be in compaction at a time over all shards, so that their copies fit the reserve.
    private readonly int _mostTokens;
    private int _compactionTokens;
    private int _sequence;

    /// <summary>Reserves addresses for a limit.</summary>
    /// <param name="limit">Resident bytes that may be used at a time.</param>
    /// <param name="portable">Use the system's heap even where pages can be given back.</param>
    /// <param name="shards">Number of shards.</param>
    public EngineMemory(long limit, bool portable, int shards)
    {
        Shards = shards;
        // A 4,096th of the limit: with 64 shards that is 64 segments per shard, so that one half-empty segment per
        // group of expiry stays small against the whole. Bounded below by what a page's rounding wastes at a segment's
        // end, above by what one slice of upkeep can handle.
        long share = (long)BitOperations.RoundUpToPowerOf2((ulong)limit / 4096);
        UnitBytes = (int)Math.Clamp(share, LeastUnitBytes, MostUnitBytes);
        UnitShift = BitOperations.TrailingZeroCount(UnitBytes);
        BlockShift = UnitShift - SegmentInfo.BlockShift;

        // Values above a quarter of a unit have a run of their own: four times the limit in the worst case, half as
        // much again for holes between runs, and a few units in every shard of every database.
        long open = (long)shards * ItemStore.DatabaseCount * 8 * UnitBytes;
        long wanted = (limit * 6) + open;
        long least = (limit * 3 / 2) + (open / ItemStore.DatabaseCount);
        wanted = Math.Min(wanted & -UnitBytes, MostAddresses);
        least = Math.Min(least & -UnitBytes, wanted);
        Region = portable ? new HeapRegion(least) : MemoryRegion.Create(least, wanted);
        UnitCount = (int)(Region.Length >> UnitShift);

        long infoLength = MemoryRegion.RoundUp((long)UnitCount * sizeof(SegmentInfo));
        try
        {
            _infoRegion = portable ? new HeapRegion(infoLength) : MemoryRegion.Create(infoLength, infoLength);
        }
        catch
        {
            Region.Dispose();
            throw;
        }

        Infos = (SegmentInfo*)_infoRegion.Start;
        for (int unit = 0; portable && unit < UnitCount; unit++)
        {
            Infos[unit] = default;
        }

        // Set aside at once: what is known about as many units as can be resident.
        long fixedBytes = limit / UnitBytes * sizeof(SegmentInfo);
        Budget = new ByteBudget(limit - fixedBytes, Math.Max(2L * UnitBytes, limit / 64), ReserveOf(limit, shards));
        _mostTokens = _compactionTokens = (int)Math.Max(2, Budget.ForCompaction / UnitBytes);
        Pool = new UnitPool(Region, Infos, Budget, UnitShift);
    }

    /// <summary>Bytes that 40 bits of eight-byte steps can address.</summary>
    public static long MostAddresses => 8L << 40;

    /// <summary>Number of shards that share the memory.</summary>
    public int Shards { get; }

    public int UnitBytes { get; }

    public int UnitShift { get; }

    /// <summary>Memory that a segment takes at a time while there is plenty.</summary>
    public int AheadBytes => 4 * MemoryRegion.PageBytes;

    /// <summary>Shift from an offset in a segment to its block.</summary>
    public int BlockShift { get; }

    public int UnitCount { get; }

    public MemoryRegion Region { get; }

    public SegmentInfo* Infos { get; }

    public UnitPool Pool { get; }

    public ByteBudget Budget { get; }

    /// <summary>Unused memory that upkeep leaves resident for the next segment.</summary>
    public long KeepDirtyBytes => Math.Max(2L * UnitBytes, Budget.Used / 256);

    public byte* AddressOf(int unit) => Region.Start + ((long)unit << UnitShift);

    public int UnitOf(byte* address)
    {
        Debug.Assert(
            address >= Region.Start && address < Region.Start + Region.Length, "an address outside the region");
        return (int)((address - Region.Start) >> UnitShift);
    }

    /// <summary>A number for a segment that is opened: lower is older, over all shards.</summary>
    public uint NextSequence() => (uint)Interlocked.Increment(ref _sequence);

    /// <summary>Takes the right to compact a segment.</summary>
    public bool TryTakeCompactionToken()
    {
        if (Interlocked.Decrement(ref _compactionTokens) >= 0)
        {
            return true;
        }

        Interlocked.Increment(ref _compactionTokens);
        return false;
    }

    public void GiveCompactionToken()
    {
        int tokens = Interlocked.Increment(ref _compactionTokens);
        Debug.Assert(tokens <= _mostTokens, "a token is given back twice");
    }

    /// <summary>Gives unused memory back to the system until a taker of this kind could take so many bytes.</summary>
    public bool MakeRoom(long bytes, MemoryRoom room)
    {
        while (!Budget.HasRoom(bytes, room))
        {
            if (!Pool.ReleaseOne())
            {
                return false;
            }
        }

        return true;
    }

    // A lock is some 100 bytes and lives for as long as a request: a 32nd of 512 MB has room for more than 100,000 at a
    // time. What rewrites leave dead until it is compacted takes half of it at most. Below 32 MB a store needs more
    // than that share, because every shard fills pages of its own: one with locks, one with what rewrites move, and as
    // much again.
    private static long ReserveOf(long limit, int shards) =>
        Math.Max(limit / 32, 4L * shards * MemoryRegion.PageBytes);

    public void Dispose()
    {
        Region.Dispose();
        _infoRegion.Dispose();
    }
}
