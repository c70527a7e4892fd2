using System.Diagnostics;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>
/// The byte limit that all shards share. Two parts of it are set aside: one for compaction, which needs room before it
/// makes room, and below that the reserve, from which a full store goes on serving those who are in it (<see
/// cref="MemoryRoom"/>). Writers of anything else stop below both.
/// </summary>
internal sealed class ByteBudget
{
    // By MemoryRoom: where its takers stop.
    private readonly long[] _ends;
    private long _used;
    private long _copies;
    private long _buffers;

    /// <summary>Makes a budget with nothing taken.</summary>
    /// <param name="limit">Bytes in all.</param>
    /// <param name="forCompaction">Bytes of them for compaction.</param>
    /// <param name="reserve">Bytes of them for small writes and small growth.</param>
    public ByteBudget(long limit, long forCompaction, long reserve)
    {
        Limit = limit;
        ForCompaction = forCompaction;
        Reserve = reserve;
        long last = limit - forCompaction;
        long first = last - reserve;
        _ends = [first, first + (reserve / 4), first + (reserve / 2), last, long.MaxValue];
    }

    public long Limit { get; }

    public long ForCompaction { get; }

    public long Reserve { get; }

    public long Used => Interlocked.Read(ref _used);

    /// <summary>Bytes of the reserve that are taken.</summary>
    public long ReserveUsed => Math.Clamp(Lasting - EndOf(MemoryRoom.New), 0, Reserve);

    /// <summary>True while less than three quarters are taken.</summary>
    public bool IsAmple => Lasting < EndOf(MemoryRoom.New) - (EndOf(MemoryRoom.New) / 4);

    /// <summary>Bytes that may be taken in all by takers of a kind.</summary>
    public long EndOf(MemoryRoom room) => _ends[(int)room];

    /// <summary>True when a taker of this kind could take so many bytes now.</summary>
    public bool HasRoom(long bytes, MemoryRoom room) => CountedFor(room, Used) + bytes <= EndOf(room);

    /// <summary>Takes bytes, or refuses.</summary>
    public bool TryTake(long bytes, MemoryRoom room)
    {
        Debug.Assert(bytes >= 0, "giving is not taking less");
        if (CountedFor(room, Interlocked.Add(ref _used, bytes)) <= EndOf(room))
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>
    /// Takes bytes for copies out of a segment that compaction is emptying. They are bounded by its tokens and are
    /// there twice until the segment is empty, so nobody else is told that memory is out because of them.
    /// </summary>
    public void TakeForCopies(long bytes)
    {
        Interlocked.Add(ref _copies, bytes);
        Interlocked.Add(ref _used, bytes);
    }

    /// <summary>The originals of so many bytes of copies are gone.</summary>
    public void SettleCopies(long bytes)
    {
        long copies = Interlocked.Add(ref _copies, -bytes);
        Debug.Assert(bytes >= 0 && copies >= 0, "more copies were settled than taken");
    }

    /// <summary>Takes bytes that are bounded by other means (buffers); negative: gives them.</summary>
    public void Take(long bytes)
    {
        long used = Interlocked.Add(ref _used, bytes);
        Debug.Assert(used >= 0, "more bytes were given than taken");
        Interlocked.Add(ref _buffers, bytes);
    }

    public void Give(long bytes)
    {
        long used = Interlocked.Add(ref _used, -bytes);
        Debug.Assert(bytes >= 0 && used >= 0, "more bytes were given than taken");
    }

    // What connections hold may grow beyond the whole reserve, and stays until its owners read or are dropped. Locks
    // are not refused for it: without one nobody gets on with a session that is there already.
    private long CountedFor(MemoryRoom room, long used)
    {
        long buffers = room == MemoryRoom.Brief ? Interlocked.Read(ref _buffers) : 0;
        return used - buffers - Interlocked.Read(ref _copies);
    }

    // Without what is there twice.
    private long Lasting => Used - Interlocked.Read(ref _copies);
}
