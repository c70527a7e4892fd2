namespace SessionGateway.Store;

/// <summary>
/// Receives the items of a snapshot, each exactly once. Called inside a shard's lock: by the thread that steps the
/// snapshot, and by any thread that is about to change an item that was not handed over yet; for different shards at
/// the same time. It must be quick, must not call back into the store and must not keep the spans.
/// </summary>
public interface ISnapshotSink
{
    /// <summary>One item as it was when the snapshot began. It comes before every later mutation of its key.</summary>
    void OnItem(in ItemKey key, in ItemView item);

    /// <summary>
    /// A page of a large collection, as it was when the snapshot began. Its item names it, itself or through other
    /// pages (<see cref="Collections.CollectionReader"/>); which of them comes first is open, and a collection that had
    /// just ended leaves pages that no item names.
    /// </summary>
    void OnPage(int database, ulong number, ReadOnlySpan<byte> page);
}
