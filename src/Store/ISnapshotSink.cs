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
}
