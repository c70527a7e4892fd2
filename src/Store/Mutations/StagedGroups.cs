namespace SessionGateway.Store.Mutations;

/// <summary>The groups that are open, and the keys of their effects. The stream's lock guards it.</summary>
internal sealed class StagedGroups
{
    private readonly List<StagedGroup> _open = [];
    private readonly Dictionary<ulong, StagedGroup> _owners = [];
    private int _count;

    /// <summary>True while there are some; without the lock it is known to who holds a shard that they have
    /// changed.</summary>
    public bool Any => Volatile.Read(ref _count) != 0;

    /// <summary>All that are open.</summary>
    public IReadOnlyList<StagedGroup> All => _open;

    /// <summary>Bytes of all that are open.</summary>
    public long Bytes { get; private set; }

    /// <summary>A group goes on without locks.</summary>
    public void Open(StagedGroup group)
    {
        _open.Add(group);
        Count(group, group.Effects.Length);
        for (MutationBuffer.Reader reader = group.Effects.Read(); reader.MoveNext();)
        {
            _owners.TryAdd(group.HashOf(reader.Current), group);
        }

        Volatile.Write(ref _count, _open.Count);
    }

    /// <summary>A group is told or given up.</summary>
    public void Close(StagedGroup group)
    {
        Forget(group);
        _open.Remove(group);
        Volatile.Write(ref _count, _open.Count);
    }

    /// <summary>What a group had is told; it goes on.</summary>
    public void Forget(StagedGroup group)
    {
        if (_owners.Count > 0)
        {
            foreach ((ulong hash, StagedGroup owner) in _owners)
            {
                if (owner == group)
                {
                    _owners.Remove(hash);
                }
            }
        }

        Count(group, -group.Effects.Length);
        group.Effects.Clear();
    }

    /// <summary>The group that an effect belongs to: that of its key's earlier effects, or the writer's own.</summary>
    /// <param name="mutation">The effect.</param>
    /// <param name="own">Group of who causes it, or null.</param>
    public StagedGroup? OwnerOf(in Mutation mutation, StagedGroup? own)
    {
        if (_open.Count == 0)
        {
            return own;
        }

        ulong hash = _open[0].HashOf(mutation);
        if (_owners.TryGetValue(hash, out StagedGroup? owner))
        {
            return owner;
        }

        if (own is { IsOpen: true })
        {
            _owners.Add(hash, own);
        }

        return own;
    }

    /// <summary>Adds an effect to a group.</summary>
    public void Add(StagedGroup group, in Mutation mutation)
    {
        int before = group.Effects.Length;
        group.Add(mutation);
        Count(group, group.Effects.Length - before);
    }

    /// <summary>A database was flushed: what waits to be told of its items is void.</summary>
    public void DropDatabase(int database)
    {
        foreach (StagedGroup group in _open)
        {
            int before = group.Effects.Length;
            group.Effects.Drop(database);
            Count(group, group.Effects.Length - before);
        }
    }

    // What is not open is gone before others have their turn.
    private void Count(StagedGroup group, long growth)
    {
        if (group.IsOpen)
        {
            Bytes += growth;
            group.Count(growth);
        }
    }
}
