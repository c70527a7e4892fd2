namespace SessionGateway.Bench.Microbench.Store;

/// <summary>
/// CPU time and allocated bytes per operation of both engines: a million items of 40-byte keys and 1 KB values, keys
/// drawn at random, so that index and item come from memory and not from the cache. The first line is the cost of
/// making the key.
/// </summary>
internal static class OperationComparison
{
    private const int Items = 1_000_000;
    private const int Operations = 2_000_000;
    private const int Length = 1024;
    private const long Ttl = 1_440_000;
    private const long Limit = 8L << 30;

    public static void Run(int rounds)
    {
        Console.WriteLine("| round | engine | operation | CPU ns | bytes allocated |");
        Console.WriteLine("|---|---|---|---|---|");
        for (int round = 1; round <= rounds; round++)
        {
            foreach (string engine in (string[])["managed", "segments"])
            {
                using var rig = new StoreRig(StoreRig.Create(engine, Limit));
                Measure(round, engine, rig);
            }

            GC.Collect();
        }
    }

    private static void Measure(int round, string engine, StoreRig rig)
    {
        int next = 0;
        void Time(string name, int count, Func<int, bool> operation)
        {
            (double ns, double bytes) = Average(count, operation);
            Console.WriteLine($"| {round} | {engine} | {name} | {ns:F0} | {bytes:F2} |");
        }

        Time("insert", Items, _ => rig.Put(next++, Length, Ttl));
        Time("get", Operations, rig.Get);
        Time("get, absent", Operations, i => !rig.Get(i + Items));
        Time("put, same length", Operations, i => rig.Put(i, Length, Ttl));
        Time("touch", Operations, i => rig.Touch(i, Ttl));
        Time("put, other length", Operations, i => rig.Put(i, Length - 124 + (next++ * 31 % 248), Ttl));
        Time("remove and insert", Operations, i => rig.Remove(i) && rig.Put(i, Length, Ttl));
    }

    private static (double Nanoseconds, double Bytes) Average(int count, Func<int, bool> operation)
    {
        double start = ThreadClock.Nanoseconds();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        uint random = 12_345;
        for (int i = 0; i < count; i++)
        {
            random = (random * 1_664_525) + 1_013_904_223;
            if (!operation((int)(((ulong)random * Items) >> 32)))
            {
                throw new InvalidOperationException("An operation has not the expected answer.");
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return ((ThreadClock.Nanoseconds() - start) / count, (double)allocated / count);
    }
}
