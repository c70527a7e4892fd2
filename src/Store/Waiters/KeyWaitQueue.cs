using System.Diagnostics;

namespace SessionGateway.Store.Waiters;

/// <summary>Those who wait for one key to hold one type, in the order in which they came.</summary>
internal sealed class KeyWaitQueue(ItemType type)
{
    /// <summary>The type.</summary>
    public ItemType Type { get; } = type;

    /// <summary>Whose turn it is.</summary>
    public KeyWait? First { get; private set; }

    /// <summary>The queue of the same key and another type.</summary>
    public KeyWaitQueue? Other { get; set; }

    private KeyWait? Last { get; set; }

    /// <summary>Puts one behind all others.</summary>
    public void Add(KeyWait wait)
    {
        Debug.Assert(wait.Next is null && wait.Previous is null, "the place is in a queue already");
        wait.Queue = this;
        wait.Previous = Last;
        if (Last is null)
        {
            First = wait;
        }
        else
        {
            Last.Next = wait;
        }

        Last = wait;
    }

    /// <summary>Takes one out.</summary>
    public void Remove(KeyWait wait)
    {
        Debug.Assert(wait.Queue == this, "the place is in another queue");
        if (wait.Previous is null)
        {
            First = wait.Next;
        }
        else
        {
            wait.Previous.Next = wait.Next;
        }

        if (wait.Next is null)
        {
            Last = wait.Previous;
        }
        else
        {
            wait.Next.Previous = wait.Previous;
        }

        wait.Next = wait.Previous = null;
        wait.Queue = null;
    }
}
