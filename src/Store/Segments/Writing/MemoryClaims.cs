using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Writing;

/// <summary>
/// Which writes may draw on the reserve when memory is full: those without which who is in the store already cannot go
/// on. Told by size, lifetime and what is there already, never by the key's name, so that every client's locks are
/// served.
/// </summary>
internal sealed class MemoryClaims(PrefixRules rules, ByteBudget budget)
{
    /// <summary>Longest record that counts as small: a key of 250 bytes (memcached's longest) and more than 200 of
    /// value, where locks have up to 80.</summary>
    public const int SmallBytes = 512;

    /// <summary>Longest life of a new item that counts as brief: locks and tokens, not sessions.</summary>
    public const long BriefMilliseconds = 10 * 60_000;

    // A rewrite may grow by an eighth, as a large record's run of units does, or by a few bytes.
    private const int GrowthShift = 3;
    private const int LeastGrowth = 32;

    /// <summary>What a write may take.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="old">The record it replaces, or none.</param>
    /// <param name="length">Bytes of the new record.</param>
    /// <param name="expiresAt">Unix milliseconds, 0 = never.</param>
    /// <param name="now">Unix milliseconds.</param>
    public MemoryRoom Of(ReadOnlySpan<byte> key, Record old, int length, long expiresAt, long now)
    {
        MemoryRoom room = MemoryRoom.New;
        if (length <= SmallBytes && (expiresAt == 0 || expiresAt - now <= BriefMilliseconds)
            && !rules.IsAnonymous(key) && !rules.IsEvictable(key))
        {
            room = expiresAt == 0 ? MemoryRoom.Lasting : MemoryRoom.Brief;
        }

        if (room < MemoryRoom.Growth && !old.IsNone)
        {
            int before = old.Length;
            room = length - before <= Math.Max(before >> GrowthShift, LeastGrowth) ? MemoryRoom.Growth : room;
        }

        return room;
    }

    /// <summary>True when an item should go to any page that has room for it, whatever its lifetime: a small one in a
    /// full store.</summary>
    public bool SharesPages(MemoryRoom room) =>
        room is MemoryRoom.Brief or MemoryRoom.Lasting && !budget.HasRoom(MemoryRegion.PageBytes, MemoryRoom.New);
}
