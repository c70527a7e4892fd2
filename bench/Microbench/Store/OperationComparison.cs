namespace SessionGateway.Bench.Microbench.Store;

/// <summary>
/// CPU time and allocated bytes per operation of two engines: a million items of 40-byte keys and 1 KB values, keys
/// drawn at random, so that index and item come from memory and not from the cache. Making the key is part of each
/// operation. The engines take turns, slice by slice, so that both are disturbed alike.
/// </summary>
internal static class OperationComparison
{
    private const int Items = 1_000_000;
    private const int Operations = 500_000;
    private const int Length = 1024;
    private const long Ttl = 1_440_000;
    private const long Limit = 8L << 30;

    private static readonly (string Name, Func<StoreRig, int, uint, bool> Execute)[] Table =
    [
        ("get", (rig, i, _) => rig.Get(i)),
        ("get, absent", (rig, i, _) => !rig.Get(i + Items)),
        ("set, same length", (rig, i, n) => rig.Put(i, Length, Ttl, (int)n)),
        ("touch", (rig, i, _) => rig.Touch(i, Ttl)),
        ("set, new length", (rig, i, n) => rig.Put(i, Length - 124 + (int)(n * 31 % 248), Ttl)),
        ("delete and insert", (rig, i, _) => rig.Remove(i) && rig.Put(i, Length, Ttl)),
    ];

    /// <param name="rounds">Slices of each operation.</param>
    /// <param name="engines">Two names of <see cref="StoreRig.Create"/>.</param>
    public static void Run(int rounds, string[] engines)
    {
        Array.ForEach(engines, WarmUp);
        StoreRig[] rigs = [.. engines.Select(engine => new StoreRig(StoreRig.Create(engine, Limit)))];
        (string a, string b) = (engines[0], engines[1]);
        Console.WriteLine($"| operation | {a}, CPU ns | {b}, CPU ns | {b} ÷ {a} | {a}, B allocated | {b} |");
        Console.WriteLine("|---|---|---|---|---|---|");
        int next = 0;
        Compare("insert", rigs, 1, Items, (rig, _, n) => rig.Put((int)n, Length, Ttl), ref next);
        foreach ((string name, Func<StoreRig, int, uint, bool> execute) in Table)
        {
            Compare(name, rigs, rounds, Operations, execute, ref next);
        }

        Array.ForEach(rigs, rig => rig.Dispose());
    }

    // Enough for the compiler to be done with all methods: the first operation in the table would pay for it.
    private static void WarmUp(string engine)
    {
        const int few = 20_000;
        using var rig = new StoreRig(StoreRig.Create(engine, Limit));
        for (int round = 0; round < 10; round++)
        {
            for (int i = 0; i < few; i++)
            {
                rig.Put(i, Length + round, Ttl, round);
                rig.Put(i, Length + round, Ttl, round + 1);
                rig.Get(i);
                rig.Get(i + few);
                rig.Touch(i, Ttl);
                if (i % 2 == 0)
                {
                    rig.Remove(i);
                }
            }

            Thread.Sleep(150);
        }
    }

    private static void Compare(
        string name, StoreRig[] rigs, int rounds, int count, Func<StoreRig, int, uint, bool> execute, ref int next)
    {
        var samples = new Average[rigs.Length, rounds];
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < rigs.Length; turn++)
            {
                // Another one begins each time; both get the same keys.
                int rig = (turn + round) % rigs.Length;
                samples[rig, round] = Measure(rigs[rig], count, (uint)(next + round), execute);
            }
        }

        next += rounds;
        double[] ratios =
            [.. Enumerable.Range(0, rounds).Select(r => samples[1, r].Nanoseconds / samples[0, r].Nanoseconds)];
        Console.WriteLine($"| {name} | {Of(0).Show("F0")} | {Of(1).Show("F0")} | {Spread.Of(ratios).Show("F2")} "
            + $"| {Bytes(0):F0} | {Bytes(1):F2} |");

        Spread Of(int rig) => Spread.Of(Enumerable.Range(0, rounds).Select(r => samples[rig, r].Nanoseconds));
        double Bytes(int rig) => Enumerable.Range(0, rounds).Max(r => samples[rig, r].Bytes);
    }

    private static Average Measure(StoreRig rig, int count, uint seed, Func<StoreRig, int, uint, bool> execute)
    {
        uint random = (seed * 2_654_435_761) + 12_345;
        double start = ThreadClock.Nanoseconds();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (uint n = 0; n < count; n++)
        {
            random = (random * 1_664_525) + 1_013_904_223;
            if (!execute(rig, (int)(((ulong)random * Items) >> 32), n))
            {
                throw new InvalidOperationException("An operation has not the expected answer.");
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new Average((ThreadClock.Nanoseconds() - start) / count, (double)allocated / count);
    }

    private readonly record struct Average(double Nanoseconds, double Bytes);
}
