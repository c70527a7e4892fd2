namespace SessionGateway.Store;

/// <summary>Receives items during an iteration, inside the shard's lock; must not call back into the store.</summary>
public interface IItemVisitor
{
    /// <summary>True to see values; else a value that is kept compressed is not shown and costs nothing.</summary>
    bool WantsValues { get; }

    /// <summary>One live item.</summary>
    void Visit(ReadOnlySpan<byte> key, in ItemView item);
}
