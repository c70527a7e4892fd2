using System.Diagnostics;
using System.Globalization;
using SessionGateway.Store.Segments;
using SessionGateway.Store.Segments.Integrity;
using SessionGateway.StoreTests.Soak;

namespace SessionGateway.Bench.Microbench.Soak;

/// <summary>
/// Millions of random operations on the memory engine from several threads, each answer compared with a model, the
/// clock stepping back and forth, and the whole store proven against itself after every round: the tests' soak, longer.
/// </summary>
internal static class SoakRun
{
    private const int DefaultMillions = 20;
    private const int OperationsPerRound = 5000;
    private const int RoundsPerReport = 100;

    /// <param name="args">Millions of operations.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        int millions = DefaultMillions;
        if (args.Length > 1 || (args.Length == 1 && !int.TryParse(args[0], CultureInfo.InvariantCulture, out millions)))
        {
            Console.Error.WriteLine("soak [MILLIONS]");
            return 2;
        }

        MachineState.Print("before");
        long start = Stopwatch.GetTimestamp();
        long operations = 0;
        // As the tests have them: plenty of memory, a limit that is met all the time, few keys of all sizes.
        operations += Soak("plenty of memory", millions * 0.55, 1L << 30, 42, threads: 3, seed: 1, 3000, 1 << 20,
            false);
        operations += Soak("at the limit", millions * 0.4, 8 << 20, 43, threads: 2, seed: 2, 8000, 200_000, true);
        operations += Soak("few keys", millions * 0.05, 64 << 20, 44, threads: 1, seed: 3, 60, 2 << 20, false);
        Console.WriteLine($"{operations:N0} operations in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, "
            + "every answer as the model has it, every check passed");
        MachineState.Print("after");
        return 0;
    }

    private static long Soak(
        string name, double millions, long limit, ulong storeSeed, int threads, int seed, int keys, int maxValueBytes,
        bool mustRefuse)
    {
        using var store = new SegmentItemStore(limit, storeSeed);
        long checks = 0;
        IntegrityReport? last = null;
        Action check = () =>
        {
            last = store.CheckIntegrity();
            checks++;
        };
        var soak = new StoreSoak(store, check, threads, seed, keys, maxValueBytes);
        int rounds = (int)Math.Ceiling(millions * 1e6 / OperationsPerRound / threads);
        for (int done = 0; done < rounds; done += RoundsPerReport)
        {
            soak.Run(Math.Min(RoundsPerReport, rounds - done), OperationsPerRound);
            Console.Error.WriteLine($"{name}: {Math.Min(rounds, done + RoundsPerReport)} of {rounds} rounds");
        }

        if (mustRefuse != (soak.Refused > 0))
        {
            throw new InvalidOperationException($"{soak.Refused} writes were refused.");
        }

        long operations = (long)rounds * OperationsPerRound * threads;
        Console.WriteLine($"{name}: {operations:N0} operations of {threads} threads, {soak.Refused:N0} writes refused, "
            + $"{checks:N0} integrity checks; the last one: {last}");
        return operations;
    }
}
