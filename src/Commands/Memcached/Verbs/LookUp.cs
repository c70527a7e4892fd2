using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>Looking for an item, with or without a new expiry, and counting it.</summary>
internal static class LookUp
{
    /// <summary>Finds an item.</summary>
    /// <param name="context">Where it is counted.</param>
    /// <param name="shard">The key's shard, entered.</param>
    /// <param name="key">The key.</param>
    /// <param name="withValue">Whether the value is answered; one that is not need not be expanded.</param>
    /// <param name="touches">Whether the item gets an expiry.</param>
    /// <param name="exptime">That expiry.</param>
    /// <param name="item">The item.</param>
    /// <param name="isGone">
    /// The expiry ends the item, but the answer still carries it: <see cref="RemoveIf"/> when it has been written.
    /// </param>
    public static bool Find(
        CommandContext context, Shard shard, in ItemKey key, bool withValue, bool touches, long exptime,
        out ItemView item,
        out bool isGone)
    {
        isGone = false;
        if (touches)
        {
            long expiresAt = Exptime.ToExpiresAt(exptime, context.Now);
            isGone = expiresAt == Exptime.Gone;
            if (!isGone && IsOfClients(shard, key, context.Now))
            {
                shard.SetExpiry(key, expiresAt, context.Now);
            }
        }

        bool isHit = withValue
            ? shard.TryGet(key, context.Now, out item)
            : shard.TryGetAttributes(key, context.Now, out item);
        if (isHit && item.Type != ItemType.String)
        {
            // Nor is it found.
            item = default;
            isHit = false;
        }

        isGone &= isHit;
        ProtocolStats stats = context.Stats.Memcached;
        if (touches)
        {
            CountTouch(stats, isHit);
        }
        else
        {
            stats.CmdGet++;
            _ = isHit ? stats.GetHits++ : stats.GetMisses++;
        }

        if (context.Services.Memcached.Prefixes.IsOn)
        {
            context.Services.Memcached.Prefixes.CountGet(key.Bytes, isHit);
        }

        return isHit;
    }

    /// <summary>False for what memcached does not know: a hash of a RESP client keeps the expiry that it has.</summary>
    public static bool IsOfClients(Shard shard, in ItemKey key, long now) =>
        !shard.HasCollections || !shard.TryPeekAttributes(key, now, out ItemView item) || item.Type == ItemType.String;

    /// <summary>Ends an item that its last answer has been written from.</summary>
    public static void RemoveIf(bool isGone, Shard shard, in ItemKey key, CommandContext context)
    {
        if (isGone)
        {
            shard.Remove(key, RemoveReason.Deleted, context.Now);
        }
    }

    /// <summary>Counts a touch.</summary>
    public static void CountTouch(ProtocolStats stats, bool isHit)
    {
        stats.CmdTouch++;
        _ = isHit ? stats.TouchHits++ : stats.TouchMisses++;
    }
}
