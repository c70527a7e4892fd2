using System.Diagnostics;

namespace SessionGateway.Store.Waiters;

/// <summary>
/// Who waits for which keys of a shard, whatever loop and database they are in. Used under the shard's lock; fed by the
/// shard itself with every write and end of an item.
/// </summary>
/// <remarks>
/// <para>
/// How to wait (a list that is empty, a lock that is taken): under one hold of the locks of all keys that may answer,
/// look; take what is there if <see cref="IsFirst"/> says that it is this waiter's turn; else <see cref="Add"/> a place
/// for each key. When <see cref="IKeyWaiter.Wake"/> comes, do the same again, but without Add: the places are kept.
/// Whoever got something, or gives up (deadline, closed connection), <see cref="Remove"/>s its places.
/// </para>
/// <para>
/// Fair as Redis is: the one who waits longest is woken, and nobody else who waits takes anything before; leaving the
/// first place wakes the next in line, so that several elements, a waiter that is gone and one that found nothing lose
/// no wake. Nothing is handed over: what was written stays in the store until the waiter takes it, so nothing is lost
/// with a waiter; in between a command that does not wait (LPOP) may be quicker.
/// </para>
/// <para>
/// Keys are told apart by their hash, which knows the database: two of them would have to agree in 64 seeded bits to
/// share a queue.
/// </para>
/// </remarks>
public sealed class KeyWaiters
{
    private readonly Dictionary<ulong, KeyWaitQueue> _queues = [];

    /// <summary>Places that are taken.</summary>
    public int Count { get; private set; }

    /// <summary>True when nobody waits for the key to hold the type, or <paramref name="waiter"/> has waited
    /// longest.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">What it should hold.</param>
    /// <param name="waiter">Who asks; null: somebody who has no place yet.</param>
    public bool IsFirst(in ItemKey key, ItemType type, IKeyWaiter? waiter) =>
        Count == 0 || Find(key.Hash, type)?.First is not { } first || first.Waiter == waiter;

    /// <summary>Takes the last place of the key's queue.</summary>
    public void Add(KeyWait wait)
    {
        Debug.Assert(wait.Queue is null, "it waits already");
        KeyWaitQueue? queue = Find(wait.Hash, wait.Type);
        if (queue is null)
        {
            queue = new KeyWaitQueue(wait.Type) { Other = _queues.GetValueOrDefault(wait.Hash) };
            _queues[wait.Hash] = queue;
        }

        queue.Add(wait);
        Count++;
    }

    /// <summary>Gives a place up; nothing happens when it has none. The next in line is woken: whatever the first was
    /// woken for may be left.</summary>
    public void Remove(KeyWait wait)
    {
        if (wait.Queue is not { } queue)
        {
            return;
        }

        bool wasFirst = queue.First == wait;
        queue.Remove(wait);
        Count--;
        Debug.Assert(Count >= 0, "more places were given up than taken");
        if (queue.First is null)
        {
            Forget(wait.Hash, queue);
        }
        else if (wasFirst)
        {
            queue.First.Waiter.Wake();
        }
    }

    /// <summary>Something was written to the key, or its item has ended.</summary>
    internal void Signal(in ItemKey key)
    {
        if (Count > 0 && _queues.TryGetValue(key.Hash, out KeyWaitQueue? queue))
        {
            WakeFirst(queue);
        }
    }

    /// <summary>All items of a database have ended.</summary>
    internal void SignalAll()
    {
        foreach (KeyWaitQueue queue in _queues.Values)
        {
            WakeFirst(queue);
        }
    }

    private static void WakeFirst(KeyWaitQueue queue)
    {
        for (KeyWaitQueue? next = queue; next is not null; next = next.Other)
        {
            next.First!.Waiter.Wake();
        }
    }

    private KeyWaitQueue? Find(ulong hash, ItemType type)
    {
        KeyWaitQueue? queue = _queues.GetValueOrDefault(hash);
        while (queue is not null && queue.Type != type)
        {
            queue = queue.Other;
        }

        return queue;
    }

    private void Forget(ulong hash, KeyWaitQueue empty)
    {
        KeyWaitQueue queue = _queues[hash];
        if (queue != empty)
        {
            while (queue.Other != empty)
            {
                queue = queue.Other!;
            }

            queue.Other = empty.Other;
        }
        else if (empty.Other is null)
        {
            _queues.Remove(hash);
        }
        else
        {
            _queues[hash] = empty.Other;
        }
    }
}
