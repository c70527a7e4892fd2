using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>
/// What comes out of several collections, found slice by slice without a copy of them. All keys' shards are held, and
/// nothing is written to the keys between the slices (<see cref="Gathering"/> looks).
/// </summary>
internal abstract class Combination
{
    /// <summary>Look-ups of a combination that is answered at once: about a millisecond.</summary>
    public const int MostAtOnce = 2048;

    /// <summary>Entries of one slice.</summary>
    protected const int EntriesPerSlice = 256;

    /// <summary>Look-ups that it takes, at most.</summary>
    public long Work { get; protected set; }

    /// <summary>Look-ups that were done so far.</summary>
    public long Looked { get; protected set; }

    /// <summary>Number of keys that it reads.</summary>
    public abstract int Sources { get; }

    /// <summary>Memory is out for what it keeps meanwhile.</summary>
    public virtual bool IsRefused => false;

    /// <summary>Argument of a key that it reads.</summary>
    public abstract int PlaceOf(int source);

    /// <summary>Looks at types and sizes, or writes the error; begins at the first slice.</summary>
    public abstract bool TryBegin(in RespCall call);

    /// <summary>Gives the next members.</summary>
    /// <returns>True when it was the last one.</returns>
    public abstract bool Next(in RespCall call, IMemberSink sink);

    /// <summary>Begins a step.</summary>
    /// <returns>False when what it kept is gone, since its database was flushed.</returns>
    public virtual bool BeginStep(long now) => true;

    /// <summary>Forgets what it keeps. The shards are held.</summary>
    public virtual void Clear()
    {
    }

    /// <summary>As <see cref="Clear"/>, with no shard held; nothing when that was done.</summary>
    public virtual void Release()
    {
    }

    /// <summary>Gives all members at one moment.</summary>
    /// <returns>False when memory is out for that; the error is written.</returns>
    public bool TryRun(in RespCall call, IMemberSink sink)
    {
        call.Context.Spend(Work / WorkUnits.KeysPerUnit);
        while (!Next(call, sink))
        {
        }

        Clear();
        if (IsRefused)
        {
            call.Error(RespErrors.OutOfMemory);
        }

        return !IsRefused;
    }

    /// <summary>The change of a key that is its latest; 0 when it is absent.</summary>
    public ulong VersionOf(in RespCall call, int source)
    {
        ItemKey key = call.Key(PlaceOf(source));
        return call.Shard(key).TryPeekAttributes(key, call.Now, out ItemView item) ? item.Cas : 0;
    }
}
