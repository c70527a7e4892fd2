using System.Collections.Concurrent;
using SessionGateway.Store;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Gateway.Persistence;

/// <summary>A thread that applies the mutations of some shards, in their order. One thread brings them.</summary>
internal sealed class LoadLane : IDisposable
{
    /// <summary>Bytes that are handed over at once: some hundred sessions, which outweighs waking a thread.</summary>
    public const int BatchBytes = 256 << 10;

    /// <summary>Batches that wait at most, the one that is applied and the one that is filled besides.</summary>
    public const int MostWaiting = 4;

    private readonly BlockingCollection<MutationBuffer> _waiting = new(MostWaiting);
    private readonly ConcurrentBag<MutationBuffer> _spare = [];
    private readonly SemaphoreSlim _isSettled = new(0);
    private readonly MutationApplier _applier;
    private readonly Thread _thread;
    private MutationBuffer _batch = new();
    private Exception? _failure;

    /// <summary>Makes it and starts its thread.</summary>
    public LoadLane(ItemStore store, int index)
    {
        _applier = new MutationApplier(store);
        _thread = new Thread(Run) { Name = $"load-{index}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Mutations that could not be applied, by why; right when it is settled.</summary>
    public long[] Refused { get; } = new long[Enum.GetValues<ApplyStatus>().Length];

    /// <summary>Adds a copy of a mutation.</summary>
    public void Add(in Mutation mutation)
    {
        _batch.Add(mutation);
        if (_batch.Length >= BatchBytes)
        {
            HandOver();
        }
    }

    /// <summary>Returns when all that was added is applied.</summary>
    public void Settle()
    {
        if (_batch.Length > 0)
        {
            HandOver();
        }

        // An empty one asks for an answer.
        HandOver();
        _isSettled.Wait();
        if (_failure is not null)
        {
            throw new InvalidOperationException("a mutation of the log cannot be applied", _failure);
        }
    }

    /// <summary>Ends the thread; what waits is applied before.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
        _isSettled.Dispose();
    }

    private void HandOver()
    {
        _waiting.Add(_batch);
        _batch = _spare.TryTake(out MutationBuffer? spare) ? spare : new MutationBuffer();
    }

    private void Run()
    {
        foreach (MutationBuffer batch in _waiting.GetConsumingEnumerable())
        {
            if (batch.Length == 0)
            {
                _isSettled.Release();
            }
            else if (_failure is null)
            {
                TryApply(batch);
            }

            batch.Clear();
            _spare.Add(batch);
        }
    }

    private void TryApply(MutationBuffer batch)
    {
        try
        {
            for (MutationBuffer.Reader reader = batch.Read(); reader.MoveNext();)
            {
                Refused[(int)_applier.Apply(reader.Current)]++;
            }
        }
        catch (Exception failure)
        {
            // Told to who waits for it; the thread has nobody to tell.
            _failure = failure;
        }
    }
}
