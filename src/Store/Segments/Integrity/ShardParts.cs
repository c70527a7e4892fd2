using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;
using SessionGateway.Store.Segments.Snapshots;

namespace SessionGateway.Store.Segments.Integrity;

/// <summary>What one shard consists of, for who proves that it agrees. Looked at under the shard's lock.</summary>
/// <param name="Number">Number of the shard.</param>
/// <param name="Memory">Its units.</param>
/// <param name="Items">Its indexes.</param>
/// <param name="Heap">Its records.</param>
/// <param name="Snapshot">Its part of a running snapshot.</param>
internal sealed record ShardParts(
    int Number, ShardMemory Memory, LiveItems Items, SegmentHeap Heap, ShardSnapshot Snapshot)
{
    /// <summary>The index that leads to the records that segments of a database hold, and the database of their keys:
    /// another one for those that only a snapshot still sees.</summary>
    public (HashIndex? Index, int Database) IndexOf(int database) =>
        database < ShardSnapshot.FirstRetained ? (Items[database], database) : Snapshot.RetainedAt(database);
}
