using SessionGateway.Store;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Gateway.Persistence;

/// <summary>
/// Applies the mutations of a log on several threads. Each has shards of its own, so what happens to a key keeps its
/// order; nobody looks at the items meanwhile, so nothing else has to. What concerns all of them waits for all.
/// </summary>
/// <remarks>
/// A shard that is short of memory ends what has expired in others, by the time of its own mutation: of one that is not
/// as far yet it would end an item whose expiry is about to be moved. So the threads work only while there is memory
/// for all that is on its way, and one thread goes on alone behind that.
/// </remarks>
internal sealed class ParallelApplier : IMutationSink, IDisposable
{
    // Whatever is longer is not worth a copy.
    private const int MostCopiedBytes = LoadLane.BatchBytes;

    // More threads than these wait for the one that reads.
    private const int MostLanes = 6;

    private readonly ItemStore _store;
    private readonly MutationApplier _alone;
    private readonly LoadLane[] _lanes;
    private readonly long _safeBytes;
    private readonly long[] _refused = new long[Enum.GetValues<ApplyStatus>().Length];
    private long _untilLook;
    private bool _isAlone;

    /// <summary>Makes one for an empty store.</summary>
    /// <param name="store">The store; nobody else touches its items.</param>
    /// <param name="processors">Processors of the machine.</param>
    public ParallelApplier(ItemStore store, int processors)
    {
        _store = store;
        _alone = new MutationApplier(store);
        _isAlone = processors == 1;
        _lanes = [.. Enumerable.Range(0, _isAlone ? 0 : Math.Min(processors, MostLanes)).Select(i =>
            new LoadLane(store, i))];

        // Twice what the threads may have before them: records take more room than bytes.
        _safeBytes = store.MemoryLimit - store.ReserveBytes
            - (2L * _lanes.Length * (LoadLane.MostWaiting + 2) * (LoadLane.BatchBytes + MostCopiedBytes));
    }

    /// <summary>Changes of items that were not there; when all is settled.</summary>
    public long Diverged => Count(ApplyStatus.Diverged);

    /// <summary>Items that the memory limit did not allow; when all is settled.</summary>
    public long OutOfMemory => Count(ApplyStatus.OutOfMemory);

    /// <inheritdoc/>
    public ApplyStatus Apply(in Mutation mutation)
    {
        switch (mutation.Kind)
        {
            case MutationKind.GroupBegin or MutationKind.GroupEnd:
                return ApplyStatus.Applied;
            case MutationKind.Flushed:
                Settle();
                ApplyAlone(mutation);
                break;
            case MutationKind.Accessed when !_isAlone:
                for (var entries = new AccessReader(mutation.Head); entries.MoveNext();)
                {
                    LaneOf(entries.Database, entries.Key).Add(new Mutation
                    {
                        Kind = MutationKind.Accessed, Position = mutation.Position, Head = entries.Entry,
                    });
                }

                break;
            default:
                ApplyToKey(mutation);
                break;
        }

        return ApplyStatus.Applied;
    }

    /// <summary>Returns when all that was brought is applied.</summary>
    public void Settle()
    {
        foreach (LoadLane lane in _lanes)
        {
            lane.Settle();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LoadLane lane in _lanes)
        {
            lane.Dispose();
        }
    }

    private void ApplyToKey(in Mutation mutation)
    {
        if (!_isAlone && --_untilLook < 0)
        {
            _untilLook = 100;
            _isAlone = _store.UsedBytes > _safeBytes;
            if (_isAlone)
            {
                Settle();
            }
        }

        if (_isAlone)
        {
            ApplyAlone(mutation);
            return;
        }

        LoadLane lane = LaneOf(mutation.Database, mutation.Key);
        if (mutation.ValueLength <= MostCopiedBytes)
        {
            lane.Add(mutation);
            return;
        }

        Settle();
        ApplyAlone(mutation);
    }

    private void ApplyAlone(in Mutation mutation) => _refused[(int)_alone.Apply(mutation)]++;

    private LoadLane LaneOf(int database, ReadOnlySpan<byte> key) =>
        _lanes[_store.ShardOf(_store.Key(database, key)) % _lanes.Length];

    private long Count(ApplyStatus status) =>
        _refused[(int)status] + _lanes.Sum(lane => lane.Refused[(int)status]);
}
