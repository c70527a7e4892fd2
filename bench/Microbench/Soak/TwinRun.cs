using System.Diagnostics;
using System.Globalization;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Soak;

namespace SessionGateway.Bench.Microbench.Soak;

/// <summary>
/// The soak with a second store, of another seed and number of shards, that is made from the mutation stream of the
/// first and compared with it item by item after every round.
/// </summary>
internal static class TwinRun
{
    private const int DefaultMillions = 20;
    private const int OperationsPerRound = 20_000;
    private const int Threads = 3;

    /// <param name="args">Millions of operations.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        int millions = DefaultMillions;
        if (args.Length > 1 || (args.Length == 1 && !int.TryParse(args[0], CultureInfo.InvariantCulture, out millions)))
        {
            Console.Error.WriteLine("soak twin [MILLIONS]");
            return 2;
        }

        MachineState.Print("before");
        long start = Stopwatch.GetTimestamp();
        using var store = new SegmentItemStore(1L << 30, 42);
        using var twin = new SegmentItemStore(
            new SegmentStoreOptions { MemoryLimit = 1L << 30, Seed = 99, ShardBits = 4 });
        var replay = new ReplayTwin(store, twin, readsAreTold: false);
        StoreSoak? soak = null;
        long rounds = 0;
        soak = new StoreSoak(store, Check, Threads, seed: 7, keysPerThread: 3000, maxValueBytes: 1 << 19);
        soak.Run((int)Math.Ceiling(millions * 1e6 / OperationsPerRound / Threads), OperationsPerRound);
        string kinds = string.Join(", ", Enum.GetValues<MutationKind>().Select(k => $"{k} {replay.Counts[(int)k]:N0}"));
        Console.WriteLine(
            $"{rounds * OperationsPerRound * Threads:N0} operations in "
                + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, "
                + $"{replay.Last:N0} mutations ({kinds}), equal after each of {rounds:N0} rounds");
        MachineState.Print("after");
        return 0;

        void Check()
        {
            replay.Compare(soak!.Now);
            twin.CheckIntegrity();
            store.CheckIntegrity();
            if (++rounds % 50 == 0)
            {
                Console.Error.WriteLine($"{rounds} rounds");
            }
        }
    }
}
