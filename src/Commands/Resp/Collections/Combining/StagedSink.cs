using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>Makes a collection of the members, which nobody sees until it is linked.</summary>
/// <param name="type">What it makes.</param>
/// <param name="isStored">It is for a key, where no zero has a sign.</param>
internal sealed class StagedSink(ItemType type, bool isStored) : IMemberSink
{
    private long _now;

    public long Count { get; private set; }

    public bool IsSet => true;

    public bool IsRefused { get; private set; }

    /// <summary>The collection.</summary>
    public StagedCollection? Staged { get; private set; }

    /// <summary>Begins a step. The shard of the key is held.</summary>
    /// <param name="call">The call.</param>
    /// <param name="home">The key that it is for, or one of a shard that is held anyway.</param>
    /// <returns>False when what was collected is gone, since its database was flushed.</returns>
    public bool BeginStep(in RespCall call, in ItemKey home)
    {
        _now = call.Now;
        if (Staged is { } staged)
        {
            return staged.Exists(_now);
        }

        Staged = StagedCollection.TryBegin(call.Shard(home), home.Database, type, _now);
        IsRefused = Staged is null;
        return true;
    }

    public void Add(ReadOnlySpan<byte> member, double score)
    {
        if (!IsRefused)
        {
            IsRefused = !Staged!.TryAdd(member, isStored && score == 0 ? 0 : score, _now);
            Count++;
        }
    }

    /// <summary>Takes the place of what a key holds. The sink is empty then.</summary>
    /// <returns>False when memory is out.</returns>
    public bool TryLink(in RespCall call, in ItemKey target)
    {
        bool isLinked = Staged!.TryLink(target, 0, call.Now);
        Staged = isLinked ? null : Staged;
        return isLinked;
    }

    /// <summary>Gives up what was collected. Its shard is held.</summary>
    public void Clear()
    {
        Staged?.Release(_now);
        Staged = null;
        Count = 0;
        IsRefused = false;
    }

    /// <summary>As <see cref="Clear"/>, with no shard held.</summary>
    public void Release()
    {
        if (Staged is { } staged)
        {
            using ShardScope scope = ItemStore.Enter(staged.Shard);
            Clear();
        }
    }
}
