using SessionGateway.Store;

namespace SessionGateway.StoreTests.Soak;

/// <summary>
/// Rounds of random operations from several threads against models, with a clock that steps between the rounds: forth
/// by up to an hour, sometimes back by up to an hour.
/// </summary>
public sealed class StoreSoak(
    ItemStore store, Action check, int threads, int seed, int keysPerThread, int maxValueBytes)
{
    private readonly SoakWorker[] _workers =
        [.. Enumerable.Range(0, threads).Select(n => new SoakWorker(store, n, seed, keysPerThread, maxValueBytes))];

    private readonly Random _random = new(seed);
    private long _now = 1_750_000_000_000;

    /// <summary>The clock, Unix milliseconds.</summary>
    public long Now => _now;

    /// <summary>Writes that the store refused for memory.</summary>
    public int Refused => _workers.Sum(w => w.Refused);

    /// <summary>Runs the rounds; any difference is a failed assertion.</summary>
    public void Run(int rounds, int operationsPerRound)
    {
        for (int round = 0; round < rounds; round++)
        {
            RunWorkers(operationsPerRound);
            Maintain(complete: round % 4 == 3);
            check();
            StepClock();
        }

        Parallel.ForEach(_workers, w => w.ReadAll(_now));
        CompareScan();
        check();
    }

    private void RunWorkers(int operations)
    {
        var failures = new List<Exception>();
        Thread[] running = [.. _workers.Select(w => new Thread(() =>
        {
            try
            {
                w.Run(operations, _now);
            }
            catch (Exception e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        }))];
        Array.ForEach(running, t => t.Start());
        Array.ForEach(running, t => t.Join());
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    private void StepClock()
    {
        if (_random.Next(4) != 0)
        {
            _now += _random.Next(3_600_000);
            return;
        }

        // Before the clock goes back everything that is over must be gone, or it would be live again.
        Maintain(complete: true);
        Array.ForEach(_workers, w => w.Expire(_now));
        _now -= _random.Next(3_600_000);
    }

    // A round may have begun at an earlier time, by a worker; the second one has not.
    private void Maintain(bool complete)
    {
        for (int round = 0; round < (complete ? 2 : 1); round++)
        {
            for (int shard = 0; shard < store.Shards.Length; shard++)
            {
                while (!store.Maintain(shard, _now, 500) && complete)
                {
                }
            }
        }
    }

    private void CompareScan()
    {
        for (int database = 0; database <= threads; database++)
        {
            var visitor = new Contract.CollectingVisitor();
            ulong cursor = 0;
            do
            {
                cursor = store.Scan(database, cursor, visitor.Seen + 1000, _now, visitor);
            }
            while (cursor != 0);

            int expected = 0;
            foreach (SoakWorker worker in _workers)
            {
                foreach (((int Database, int Key) id, Expected item) in worker.Model)
                {
                    if (id.Database == database && !item.IsExpired(_now))
                    {
                        expected++;
                        string key = System.Text.Encoding.Latin1.GetString(worker.KeyBytes(id.Key));
                        Assert.Equal(item.Value, visitor.Items[key]);
                    }
                }
            }

            Assert.Equal(expected, visitor.Items.Count);
        }
    }
}
