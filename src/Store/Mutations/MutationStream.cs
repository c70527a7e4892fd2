using System.Diagnostics;

namespace SessionGateway.Store.Mutations;

/// <summary>
/// The effects on a store in one order. Positions are given under a lock of its own, taken inside the locks of the
/// shards and held while the listeners are called: what is delivered is in order, and a group is contiguous. Without
/// listeners nothing is counted and nothing costs.
/// </summary>
public sealed class MutationStream
{
    private readonly Lock _lock = new();
    private IMutationListener[] _listeners = [];
    private long _position;
    private bool _isGroupOpen;

    internal MutationStream()
    {
    }

    /// <summary>Position of the latest mutation.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Hears of items that end by themselves, outside of the order, or null; from any thread.</summary>
    internal IEndListener? Ends
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>True while somebody listens.</summary>
    internal bool HasListeners => _listeners.Length > 0;

    /// <summary>True while some listener wants to know of reads.</summary>
    internal bool WantsAccesses => Array.Exists(_listeners, l => l.WantsAccesses);

    /// <summary>The next mutation comes behind a position of an earlier process; before anybody listens.</summary>
    public void ContinueFrom(long position)
    {
        Debug.Assert(!HasListeners && position >= _position, "positions go up");
        Volatile.Write(ref _position, position);
    }

    /// <summary>Adds or takes away a listener; the caller holds all shards.</summary>
    internal void Change(IMutationListener? added, IMutationListener? removed)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners.Where(l => l != removed), .. added is null ? [] : (IMutationListener[])[added]];
        }
    }

    /// <summary>Gives a mutation its position and hands it on.</summary>
    /// <param name="mutation">What happened.</param>
    /// <param name="isGrouped">The shard is held together with others: this belongs to a group, which begins with its
    /// first mutation.</param>
    /// <returns>Its position.</returns>
    internal long Emit(ref Mutation mutation, bool isGrouped)
    {
        _lock.Enter();
        if (isGrouped && !_isGroupOpen)
        {
            // Held until the group ends, so that nobody's mutations come between.
            _lock.Enter();
            _isGroupOpen = true;
            var begin = new Mutation { Kind = MutationKind.GroupBegin };
            Deliver(ref begin);
        }

        Deliver(ref mutation);
        _lock.Exit();
        return mutation.Position;
    }

    /// <summary>Ends the group of the calling thread, if it has begun.</summary>
    /// <returns>The position of its end, or 0.</returns>
    internal long EndGroup()
    {
        if (!_lock.IsHeldByCurrentThread)
        {
            return 0;
        }

        Debug.Assert(_isGroupOpen, "the stream is held without a group");
        _isGroupOpen = false;
        var end = new Mutation { Kind = MutationKind.GroupEnd };
        Deliver(ref end);
        _lock.Exit();
        return end.Position;
    }

    private void Deliver(ref Mutation mutation)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "a position is given outside of the stream's lock");
        mutation.Position = ++_position;
        foreach (IMutationListener listener in _listeners)
        {
            listener.OnMutation(mutation);
        }
    }
}
