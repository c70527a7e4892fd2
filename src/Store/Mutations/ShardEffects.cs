using System.Diagnostics;

namespace SessionGateway.Store.Mutations;

/// <summary>What happens to the items of one shard, on its way into the stream. Used under the shard's lock.</summary>
internal sealed class ShardEffects(MutationStream stream)
{
    private bool _isListenedTo;
    private AccessBatch? _accesses;

    /// <summary>Where they are told.</summary>
    public MutationStream Stream => stream;

    /// <summary>Position in the stream of the latest effect on this shard: what a reply about it may have to wait for.
    /// When it belongs to a group, that of the group's end, once the group has ended.</summary>
    public long LastPosition { get; private set; }

    /// <summary>The lock is held together with others: effects belong to a group.</summary>
    public bool IsGrouped { get; set; }

    /// <summary>The effects of who holds the lock belong to this group, which is told later; or null.</summary>
    public StagedGroup? Stage { get; set; }

    /// <summary>What happens now has happened elsewhere before: nobody is told.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Where keys were last written; null: who reads waits for nothing.</summary>
    public UnsettledWrites? Unsettled { get; set; }

    /// <summary>True when somebody wants to hear of effects.</summary>
    public bool IsTold => _isListenedTo && !IsQuiet;

    /// <summary>Gives an effect its position.</summary>
    public void Tell(ref Mutation mutation)
    {
        if ((Stage is not null || stream.HasStaged) && stream.TryStage(mutation, Stage))
        {
            return;
        }

        long before = LastPosition;
        LastPosition = stream.Emit(
            ref mutation, IsGrouped && (Stage is null || mutation.Kind == MutationKind.Flushed));
        Debug.Assert(LastPosition > before, "positions go up");
    }

    /// <summary>Notes a read; it is told with others.</summary>
    public void NoteRead(in ItemKey key, ulong cas, long before, bool isFirst, long now)
    {
        if (_accesses is { } batch
            && (isFirst || before / AccessBatch.StepMilliseconds != now / AccessBatch.StepMilliseconds)
            && !batch.TryAdd(key, cas, now))
        {
            TellAccesses();
            batch.TryAdd(key, cas, now);
        }
    }

    /// <summary>Tells of reads that were not told yet.</summary>
    public void TellAccesses()
    {
        if (_accesses is { Entries.Length: > 0 } batch)
        {
            var accesses = new Mutation { Kind = MutationKind.Accessed, Head = batch.Entries };
            Tell(ref accesses);
            batch.Clear();
        }
    }

    /// <summary>Somebody began or ceased to listen; all shards are held.</summary>
    public void OnListenersChanged(bool tracksAccess)
    {
        _isListenedTo = stream.HasListeners;
        _accesses = !tracksAccess || !stream.WantsAccesses ? null : _accesses ?? new AccessBatch();
    }

    /// <summary>The effects of a group are complete.</summary>
    public void EndGroup(long position)
    {
        Debug.Assert(IsGrouped, "no group to end");
        IsGrouped = false;
        LastPosition = Math.Max(LastPosition, position);
        Unsettled?.EndGroup(position);
    }

    /// <summary>An effect on the shard was told that had waited.</summary>
    public void Reach(long position)
    {
        LastPosition = Math.Max(LastPosition, position);
        Unsettled?.NoteAll(position);
    }
}
