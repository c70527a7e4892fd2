using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Following;

/// <summary>Repeats in a shard, which the caller holds, what happened to items elsewhere: nobody is told.</summary>
public static class ShardRestoring
{
    /// <summary>Tells of what was repeated here, under the hold in which it was.</summary>
    internal static void TellApplied(this Shard shard, Mutation mutation)
    {
        if (shard.IsTold)
        {
            shard.Tell(mutation);
        }
    }

    /// <summary>Writes an item as it is elsewhere, with its cas unique and its marks; nobody is told.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="key">The key.</param>
    /// <param name="head">First part of the value.</param>
    /// <param name="tail">Second part of the value.</param>
    /// <param name="attributes">With the cas unique.</param>
    /// <param name="marks">What the policies go by.</param>
    /// <param name="now">Unix milliseconds at which it was written.</param>
    public static StoreStatus Restore(
        this Shard shard, in ItemKey key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail,
        in ItemAttributes attributes, in ItemMarks marks, long now)
    {
        shard.Effects.IsQuiet = true;
        StoreStatus status = shard.Put(key, head, tail, attributes, now, out _);
        if (status == StoreStatus.Stored)
        {
            shard.SetMarksCore(key, marks);
        }

        shard.Effects.IsQuiet = false;
        return status;
    }

    /// <summary>Notes what happened to an item elsewhere; nobody is told. One with another cas unique stays.</summary>
    public static void RestoreAccess(this Shard shard, in ItemKey key, ulong cas, long at)
    {
        shard.Effects.IsQuiet = true;
        if (shard.TryPeek(key, at, out ItemView item) && item.Cas == cas)
        {
            shard.SetMarksCore(key, new ItemMarks(Math.Max(at, item.LastAccess), WasRead: true, item.IsAnonymous));
        }

        shard.Effects.IsQuiet = false;
    }

    /// <summary>As <see cref="Shard.SetExpiry"/>, for what happened elsewhere: nobody is told.</summary>
    public static bool RestoreExpiry(this Shard shard, in ItemKey key, long expiresAt, long now)
    {
        shard.Effects.IsQuiet = true;
        bool found = shard.SetExpiry(key, expiresAt, now);
        shard.Effects.IsQuiet = false;
        return found;
    }

    /// <summary>As <see cref="Shard.Remove"/>, for what happened elsewhere: nobody is told.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="key">The key.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cas">No later item of the key may have this unique or a lower one.</param>
    public static void RestoreRemoval(this Shard shard, in ItemKey key, RemoveReason reason, ulong cas)
    {
        shard.Effects.IsQuiet = true;
        shard.RaiseCas(cas);

        // At no time: whatever the clock here says, the item was there when it ended.
        shard.Remove(key, reason, 0);
        shard.Effects.IsQuiet = false;
    }

    /// <summary>Repeats what happened to a collection elsewhere; nobody is told.</summary>
    /// <returns>False when memory is out, or the key holds something else.</returns>
    internal static bool RestoreElement(this Shard shard, in ItemKey key, in ElementChange change, ulong cas, long at)
    {
        shard.Effects.IsQuiet = true;
        bool isDone = shard.Collections.TryRepeat(key, change, at);
        shard.RaiseCas(cas);
        _ = isDone && shard.TryEditCore(key, at, cas, out _);
        shard.Effects.IsQuiet = false;
        return isDone;
    }
}
