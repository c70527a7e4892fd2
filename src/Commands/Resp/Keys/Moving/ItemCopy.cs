using System.Buffers;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>
/// Puts the item of one key under another one, of whatever type, with its expiry and client flags. The shards of both
/// keys are held.
/// </summary>
internal static class ItemCopy
{
    /// <summary>Whether the key holds a collection whose entries lie in pages: <see cref="LargeMove"/>.</summary>
    public static bool IsLarge(in RespCall call, in ItemKey key) =>
        call.Shard(key).TryPeekAttributes(key, call.Now, out ItemView item) && item.Type != ItemType.String
        && call.Shard(key).TryPeek(key, call.Now, out item) && ShardCollections.Describe(item).IsLarge;

    /// <summary>Copies what is not large, or writes the error and leaves both keys as they are.</summary>
    public static bool TryCopy(in RespCall call, in ItemKey source, in ItemKey target)
    {
        if (!call.Shard(source).TryPeek(source, call.Now, out ItemView item))
        {
            return false;
        }

        int length = item.Value.Length;
        call.Context.Spend(WorkUnits.ForBytes(length));

        // Memory that is made for the copy may move the original.
        byte[] value = ArrayPool<byte>.Shared.Rent(length);
        item.Value.CopyTo(value);
        var attributes = new ItemAttributes(item.Flags, item.ExpiresAt, item.Type, Form: item.Form);
        StoreStatus status = call.Shard(target)
            .Put(target, value.AsSpan(0, length), default, attributes, call.Now, out _);
        ArrayPool<byte>.Shared.Return(value);
        if (status != StoreStatus.Stored)
        {
            call.Error(RespErrors.OutOfMemory);
        }

        return status == StoreStatus.Stored;
    }
}
