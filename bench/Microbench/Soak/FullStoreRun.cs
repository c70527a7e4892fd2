using System.Globalization;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Soak;

namespace SessionGateway.Bench.Microbench.Soak;

/// <summary>
/// An hour of simulated time on stores that are full: those who are in them are served, new ones are refused. The
/// tests' soak of a full store, longer.
/// </summary>
internal static class FullStoreRun
{
    private const int DefaultSeconds = 3600;
    private const int SecondsPerCheck = 300;

    private static readonly int[] Megabytes = [8, 64, 512];
    private static readonly int[] Sizes = [100, 1_000, 5_000, 20_000, 100_000, 900_000];

    /// <param name="args">Seconds of simulated time.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        int seconds = DefaultSeconds;
        if (args.Length > 1 || (args.Length == 1 && !int.TryParse(args[0], CultureInfo.InvariantCulture, out seconds)))
        {
            Console.Error.WriteLine("soak full [SECONDS]");
            return 2;
        }

        MachineState.Print("before");
        Console.WriteLine(
            "| limit, MB | session, bytes | sessions | page views | refused inside | refused new | let in "
                + "| reserve used, % | µs per view: p50 | p99 | p99.9 |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        bool isClean = true;
        foreach (int megabytes in Megabytes)
        {
            foreach (int size in Sizes)
            {
                isClean &= Soak(megabytes, size, seconds);
            }
        }

        MachineState.Print("after");
        return isClean ? 0 : 1;
    }

    private static bool Soak(int megabytes, int size, int seconds)
    {
        using var store = new SegmentItemStore((long)megabytes << 20, 7);
        var times = new List<double>();
        var soak = new FullStoreSoak(store, size, seed: 5) { Times = times };
        long before = soak.Sessions;
        double reserve = 0;
        for (int done = 0; done < seconds; done += SecondsPerCheck)
        {
            soak.Run(Math.Min(SecondsPerCheck, seconds - done));
            reserve = Math.Max(reserve, 100.0 * store.ReserveUsedBytes / store.ReserveBytes);
            store.CheckIntegrity();
        }

        soak.ReadAll();
        times.Sort();
        double At(double share) => times[(int)(times.Count * share)];
        Console.WriteLine($"| {megabytes} | {size:N0} | {soak.Sessions:N0} | {soak.Views:N0} | {soak.RefusedInside} "
            + $"| {soak.RefusedNew:N0} | {soak.Admitted} | {reserve:F0} | {At(0.5):F1} | {At(0.99):F1} | "
            + $"{At(0.999):F1} |");
        return soak.RefusedInside == 0 && soak.Sessions == before + soak.Admitted && soak.RefusedNew > 0;
    }
}
