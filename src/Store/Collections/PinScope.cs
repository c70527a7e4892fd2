namespace SessionGateway.Store.Collections;

/// <summary>Keeps an item from being given up for the memory that its own pages need; leave it with
/// <c>using</c>.</summary>
internal readonly ref struct PinScope(ShardCollections collections)
{
    public void Dispose() => collections.Unpin();
}
