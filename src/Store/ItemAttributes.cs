namespace SessionGateway.Store;

/// <summary>What is stored beside the value.</summary>
/// <param name="Flags">memcached client flags.</param>
/// <param name="ExpiresAt">Unix milliseconds, 0 = never. Must lie in the future: an item that is gone at once is a
/// remove.</param>
/// <param name="Type">What the value holds.</param>
/// <param name="Cas">0 lets the shard give the next cas unique; replication and recovery pass the original.</param>
/// <param name="Form">How a string came about.</param>
/// <param name="IsEdit">A part of the item changes: what is known of who saw it stays.</param>
/// <param name="IsQuiet">The mutation stream is told of it by the caller.</param>
public readonly record struct ItemAttributes(
    uint Flags,
    long ExpiresAt,
    ItemType Type = ItemType.String,
    ulong Cas = 0,
    StringForm Form = StringForm.Whole,
    bool IsEdit = false,
    bool IsQuiet = false);
