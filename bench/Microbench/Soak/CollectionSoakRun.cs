using System.Diagnostics;
using System.Globalization;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Soak;

namespace SessionGateway.Bench.Microbench.Soak;

/// <summary>
/// Millions of random operations on collections, each answer compared with a model, the store proven against itself
/// after every round: the tests' soak of collections, longer.
/// </summary>
internal static class CollectionSoakRun
{
    private const int DefaultMillions = 20;
    private const int OperationsPerRound = 100_000;

    /// <param name="args">Millions of operations.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        int millions = DefaultMillions;
        if (args.Length > 1 || (args.Length == 1 && !int.TryParse(args[0], CultureInfo.InvariantCulture, out millions)))
        {
            Console.Error.WriteLine("soak collections [MILLIONS]");
            return 2;
        }

        MachineState.Print("before");
        long start = Stopwatch.GetTimestamp();
        long operations = Soak("large", millions * 0.4, 1L << 30, seed: 1, names: 20_000, longBytes: 9000)
            + Soak("of all sizes", millions * 0.2, 1L << 30, seed: 2, names: 1000, longBytes: 70_000)
            + Soak("small", millions * 0.2, 64 << 20, seed: 3, names: 60, longBytes: 500)
            + Soak("at the limit", millions * 0.2, 8 << 20, seed: 4, names: 20_000, longBytes: 150_000);
        Console.WriteLine($"{operations:N0} operations in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, "
            + "every answer as the model has it, every check passed");
        MachineState.Print("after");
        return 0;
    }

    private static long Soak(string name, double millions, long limit, int seed, int names, int longBytes)
    {
        using var store = new SegmentItemStore(limit, (ulong)seed);
        var soak = new CollectionSoak(store, seed, names, longBytes);
        int rounds = (int)Math.Ceiling(millions * 1e6 / OperationsPerRound);
        for (int round = 0; round < rounds; round++)
        {
            soak.Run(OperationsPerRound);
            soak.CompareAll();
            store.CheckIntegrity();
        }

        Console.WriteLine($"{name}: {soak.Operations:N0} operations, {soak.Refused:N0} writes refused; the last check: "
            + $"{store.CheckIntegrity()}");
        return soak.Operations;
    }
}
