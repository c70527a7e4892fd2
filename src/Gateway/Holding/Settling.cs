using SessionGateway.Store.Mutations;

namespace SessionGateway.Gateway.Holding;

/// <summary>
/// Decides up to where writes are safe, and has the <see cref="ReplyGate"/> release what tells of them: from what the
/// log and the backups have, by a rule that whoever knows better sets. Positions are those of the mutation stream. Any
/// thread; as a listener it hears of writes inside the stream's lock.
/// </summary>
internal sealed class Settling : IMutationListener, IReadGuard
{
    private readonly Lock _lock = new();
    private readonly Safety _always;
    private volatile Safety _rule;
    private volatile bool _hasDiskFailed;
    private volatile bool _follows;
    private long _followedFrom;
    private long _written;
    private long _durable;
    private long _backedUp = -1;
    private long _backupDisks = -1;

    /// <summary>Begins with what is always needed.</summary>
    /// <param name="gate">Holds replies.</param>
    /// <param name="always">Part of every rule.</param>
    public Settling(ReplyGate gate, Safety always) => (Gate, _always, _rule) = (gate, always, always);

    /// <summary>Holds replies.</summary>
    public ReplyGate Gate { get; }

    /// <summary>What a write has to have.</summary>
    public Safety Rule => _rule;

    /// <summary>The log is to be brought to the disk for what waits, whatever its policy says.</summary>
    public bool NeedsDisk => ((_follows ? _always : _rule) & Safety.Disk) != 0;

    /// <summary>The items are a primary's: what it sent is settled.</summary>
    public bool Follows => _follows;

    /// <summary>The position of the last write.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Up to here the log is on the disk.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Up to here all backups have everything; -1: there is none, or it is not known.</summary>
    public long BackedUp => Volatile.Read(ref _backedUp);

    /// <summary>Up to here their logs are on their disks; -1: there is none, or it is not known.</summary>
    public long BackupDisks => Volatile.Read(ref _backupDisks);

    /// <summary>Up to here replies were released.</summary>
    public long Released => _rule == Safety.None ? Math.Max(Written, Gate.Reached) : Gate.Reached;

    /// <inheritdoc/>
    public long Settled => _rule == Safety.None ? long.MaxValue : Gate.Reached;

    /// <summary>Called after something came further or the rule changed; from any thread, must be quick.</summary>
    public Action? Changed { get; set; }

    /// <summary>Called after another rule was set; from any thread, must be quick.</summary>
    public Action? RuleChanged { get; set; }

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        // What nobody asked for has no reply: reads that are told, items that expire or are given up.
        if (IsAsked(mutation))
        {
            Volatile.Write(ref _written, mutation.Position);
            if (_rule != Safety.None && !_follows)
            {
                Gate.Hold(mutation.Position);
            }
        }
    }

    /// <inheritdoc/>
    public void OnUnsettled(long position)
    {
        if (!_follows || position <= Volatile.Read(ref _followedFrom))
        {
            Gate.Hold(position);
        }
    }

    /// <summary>The items are a primary's from now on. What waits has an unknown outcome: nobody is told that it is
    /// done, and nobody sees it.</summary>
    public void Follow()
    {
        lock (_lock)
        {
            if (!_follows)
            {
                Volatile.Write(ref _followedFrom, Math.Max(Written, Gate.Reached));
                _follows = true;
                Gate.Lose(_followedFrom);
            }
        }
    }

    /// <summary>The items are this node's own: all that is there is settled, and what is written from now on goes by
    /// the rule.</summary>
    public void Lead()
    {
        lock (_lock)
        {
            if (!_follows)
            {
                return;
            }

            Gate.Reach(Written);
            _follows = false;
        }

        RuleChanged?.Invoke();
    }

    /// <summary>What a primary sent may still have been applied after <see cref="Lead"/>: where nothing can be written
    /// it is settled as well.</summary>
    public void EndFollowing()
    {
        lock (_lock)
        {
            if (!_follows && (_rule & Safety.Never) != 0)
            {
                Gate.Reach(Written);
            }
        }
    }

    /// <summary>True for what a client asked for.</summary>
    public static bool IsAsked(in Mutation mutation) =>
        mutation.Kind is not (MutationKind.Accessed or MutationKind.GroupBegin)
        && (mutation.Kind != MutationKind.Removed || mutation.Reason == Store.RemoveReason.Deleted);

    /// <summary>Writes have to have something else from now on. What that allows is released; when this returns nothing
    /// is that it does not.</summary>
    public void Set(Safety rule)
    {
        lock (_lock)
        {
            _rule = rule | _always;
            LookAtDisk();
            Release();
        }

        RuleChanged?.Invoke();
        Changed?.Invoke();
    }

    /// <summary>The log is on the disk up to a position.</summary>
    public void OnDurable(long position)
    {
        lock (_lock)
        {
            Volatile.Write(ref _durable, Math.Max(_durable, position));
            Release();
        }

        Changed?.Invoke();
    }

    /// <summary>The log cannot be written.</summary>
    public void OnDiskFailed()
    {
        lock (_lock)
        {
            _hasDiskFailed = true;
            LookAtDisk();
        }
    }

    /// <summary>The log is written again.</summary>
    public void OnDiskMended()
    {
        lock (_lock)
        {
            _hasDiskFailed = false;
            LookAtDisk();
        }
    }

    /// <summary>How far the backups are; -1: there is none, or it is not known.</summary>
    /// <param name="position">Up to here all of them have everything.</param>
    /// <param name="onDisks">Up to here it is on all their disks.</param>
    public void OnBackedUp(long position, long onDisks)
    {
        lock (_lock)
        {
            Volatile.Write(ref _backedUp, position);
            Volatile.Write(ref _backupDisks, onDisks);
            Release();
        }

        Changed?.Invoke();
    }

    private void LookAtDisk()
    {
        if (!NeedsDisk)
        {
            Gate.Mend();
        }
        else if (_hasDiskFailed)
        {
            Gate.Fail();
        }
        else
        {
            Gate.Mend();
        }
    }

    private void Release()
    {
        Safety rule = _rule;
        if ((rule & Safety.Never) != 0 || _follows)
        {
            return;
        }

        long reached = rule == Safety.None ? Written : long.MaxValue;
        reached = (rule & Safety.Disk) != 0 ? Math.Min(reached, _durable) : reached;
        reached = (rule & Safety.Backup) != 0 ? Math.Min(reached, _backedUp) : reached;
        reached = (rule & Safety.BackupDisk) != 0 ? Math.Min(reached, _backupDisks) : reached;
        Gate.Reach(reached);
    }
}
