namespace SessionGateway.Store.Waiters;

/// <summary>A place in the queue of those who wait for a key; in <see cref="KeyWaiters"/> from Add to Remove.</summary>
public sealed class KeyWait
{
    /// <summary>Makes a place.</summary>
    /// <param name="waiter">Who waits.</param>
    /// <param name="shard">Index of the key's shard.</param>
    /// <param name="key">The key.</param>
    /// <param name="type">What it must hold to be of use.</param>
    public KeyWait(IKeyWaiter waiter, int shard, in ItemKey key, ItemType type)
    {
        Waiter = waiter;
        Shard = shard;
        Hash = key.Hash;
        Type = type;
    }

    /// <summary>Who waits.</summary>
    public IKeyWaiter Waiter { get; }

    /// <summary>Index of the shard, whose lock guards the place.</summary>
    public int Shard { get; }

    /// <summary>What the key must hold to be of use.</summary>
    public ItemType Type { get; }

    internal ulong Hash { get; }

    internal KeyWaitQueue? Queue { get; set; }

    internal KeyWait? Next { get; set; }

    internal KeyWait? Previous { get; set; }
}
