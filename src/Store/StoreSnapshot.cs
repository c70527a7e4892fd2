namespace SessionGateway.Store;

/// <summary>
/// A walk over all items as they were at one point in time, in bounded steps, while writers go on. Disposing it before
/// the end gives it up.
/// </summary>
public abstract class StoreSnapshot : IDisposable
{
    /// <summary>The point in time, Unix milliseconds: items that had expired then are left out.</summary>
    public abstract long TakenAt { get; }

    /// <summary>Position in the mutation stream at that moment: what is behind it is not in the snapshot.</summary>
    public long Position { get; init; }

    /// <summary>The highest cas unique that had been given: <see cref="ItemStore.RaiseCas"/> of a store made from the
    /// snapshot takes it.</summary>
    public ulong LastCas { get; init; }

    /// <summary>True when every item was handed over.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>Goes on in one shard.</summary>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="maxSteps">Items to look at, about.</param>
    /// <returns>True when the shard is complete.</returns>
    public abstract bool Step(int shard, int maxSteps);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the walk up.</summary>
    protected abstract void Dispose(bool disposing);
}
