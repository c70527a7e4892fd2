using System.Diagnostics;

namespace SessionGateway.Store.Mutations;

/// <summary>
/// The effects on a store in one order. Positions are given under a lock of its own, taken inside the locks of the
/// shards and held while the listeners are called: what is delivered is in order, and a group is contiguous. Without
/// listeners nothing is counted and nothing costs.
/// </summary>
public sealed class MutationStream
{
    // A minute: a script that takes as long is several groups.
    private const int MostStateWaits = 60_000;

    private readonly Lock _lock = new();
    private readonly StagedGroups _staged = new();
    private IMutationListener[] _listeners = [];
    private long _position;
    private long _stateWaitsSince;
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

    /// <summary>True while groups are open that are told later.</summary>
    internal bool HasStaged => _staged.Any;

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

    /// <summary>Has an effect told later, if it belongs to a group that is.</summary>
    /// <param name="mutation">What happened.</param>
    /// <param name="own">Group of who caused it, or null.</param>
    /// <returns>False when it is to be told now.</returns>
    internal bool TryStage(in Mutation mutation, StagedGroup? own)
    {
        lock (_lock)
        {
            switch (mutation.Kind)
            {
                case MutationKind.Accessed:
                    return false;
                case MutationKind.Flushed:
                    // What the group has done to the others must not come behind what is written after the flush.
                    if (own is { IsOpen: false })
                    {
                        own.Effects.Drop(mutation.Database);
                    }

                    _staged.DropDatabase(mutation.Database);
                    return false;
            }

            if (_staged.OwnerOf(mutation, own) is not { } group)
            {
                return false;
            }

            bool isSmall = mutation.ValueLength <= StagedGroup.MostBytes;
            if (isSmall)
            {
                _staged.Add(group, mutation);
            }

            if (!isSmall || group.Effects.Length > StagedGroup.MostBytes || _staged.Bytes > StagedGroup.MostOfAll)
            {
                TellStaged(group);
                _staged.Forget(group);
            }

            return isSmall;
        }
    }

    /// <summary>A group goes on without locks; the caller holds all shards that it has changed.</summary>
    internal void Open(StagedGroup group)
    {
        lock (_lock)
        {
            _staged.Open(group);
        }
    }

    /// <summary>Tells a group; while it is open the caller needs no locks, else those of all its shards.</summary>
    /// <returns>The position of its end; 0 when there was nothing to tell.</returns>
    internal long Close(StagedGroup group)
    {
        lock (_lock)
        {
            long end = TellStaged(group);
            _staged.Close(group);
            return end;
        }
    }

    /// <summary>Gives a group up.</summary>
    internal void Abandon(StagedGroup group)
    {
        lock (_lock)
        {
            _staged.Close(group);
        }
    }

    /// <summary>
    /// A state of all items wants to begin and must not have the half of a group: it waits for those that are open, but
    /// not for ever. Then what they have is told as it is. The caller holds all shards.
    /// </summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>False when the state must not begin yet.</returns>
    internal bool TrySettle(long now)
    {
        lock (_lock)
        {
            bool hasHalves = _staged.All.Any(group => group.Effects.Length > 0);
            if (hasHalves && _stateWaitsSince == 0)
            {
                _stateWaitsSince = now;
            }

            if (hasHalves && now - _stateWaitsSince < MostStateWaits)
            {
                return false;
            }

            _stateWaitsSince = 0;
            foreach (StagedGroup group in _staged.All)
            {
                TellStaged(group);
                _staged.Forget(group);
            }

            return true;
        }
    }

    private long TellStaged(StagedGroup group)
    {
        if (group.Effects.Length == 0 || !HasListeners)
        {
            return 0;
        }

        // A writer that holds several shards and touches an item of an open group has a group of its own under way.
        bool isWithin = _isGroupOpen;
        if (!isWithin)
        {
            _isGroupOpen = true;
            var begin = new Mutation { Kind = MutationKind.GroupBegin };
            Deliver(ref begin);
        }

        for (MutationBuffer.Reader reader = group.Effects.Read(); reader.MoveNext();)
        {
            Mutation mutation = reader.Current;
            Deliver(ref mutation);
        }

        if (isWithin)
        {
            return _position;
        }

        _isGroupOpen = false;
        var end = new Mutation { Kind = MutationKind.GroupEnd };
        Deliver(ref end);
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
