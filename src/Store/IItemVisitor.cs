namespace SessionGateway.Store;

/// <summary>Receives items during an iteration, inside the shard's lock; must not call back into the store.</summary>
public interface IItemVisitor
{
    /// <summary>One live item.</summary>
    void Visit(ReadOnlySpan<byte> key, in ItemView item);
}
