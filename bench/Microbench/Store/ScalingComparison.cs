using System.Diagnostics;

namespace SessionGateway.Bench.Microbench.Store;

/// <summary>Two threads against one: half gets, half puts of the same length, on the same items.</summary>
internal static class ScalingComparison
{
    private const int Items = 200_000;
    private const int Operations = 3_000_000;
    private const int Length = 1024;
    private const long Ttl = 1_440_000;

    public static void Run(int rounds)
    {
        Console.WriteLine("| round | engine | one thread, million/s | two threads, million/s | ratio |");
        Console.WriteLine("|---|---|---|---|---|");
        for (int round = 1; round <= rounds; round++)
        {
            foreach (string engine in (string[])["managed", "segments"])
            {
                using var rig = new StoreRig(StoreRig.Create(engine, 2L << 30));
                for (int i = 0; i < Items; i++)
                {
                    rig.Put(i, Length, Ttl);
                }

                Rate(rig, 1);
                double one = Rate(rig, 1);
                double two = Rate(rig, 2);
                Console.WriteLine($"| {round} | {engine} | {one:F2} | {two:F2} | {two / one:F2} |");
            }
        }
    }

    private static double Rate(StoreRig rig, int threads)
    {
        Thread[] running = [.. Enumerable.Range(1, threads).Select(n => new Thread(() => Mix(rig.Share(), (uint)n)))];
        long start = Stopwatch.GetTimestamp();
        Array.ForEach(running, t => t.Start());
        Array.ForEach(running, t => t.Join());
        return threads * (double)Operations / Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static void Mix(StoreRig rig, uint random)
    {
        for (int i = 0; i < Operations; i++)
        {
            random = (random * 1_664_525) + 1_013_904_223;
            int number = (int)(((ulong)random * Items) >> 32);
            bool done = i % 2 == 0 ? rig.Get(number) : rig.Put(number, Length, Ttl);
            if (!done)
            {
                throw new InvalidOperationException("An operation has not the expected answer.");
            }
        }
    }
}
