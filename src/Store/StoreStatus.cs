namespace SessionGateway.Store;

/// <summary>Outcome of a write.</summary>
public enum StoreStatus
{
    /// <summary>The item is stored.</summary>
    Stored,

    /// <summary>The memory limit allows no such item; nothing changed.</summary>
    OutOfMemory,
}
