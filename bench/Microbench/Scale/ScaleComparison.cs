using System.Diagnostics;
using SessionGateway.Bench.Microbench.Store;
using SessionGateway.Commands;
using SessionGateway.Store;

namespace SessionGateway.Bench.Microbench.Scale;

/// <summary>
/// Two event loops on two cores against one on a pipelined mix of gets and sets, without sockets, so that no client
/// takes time from them. Beside them two loops with a store each: what the machine gives two threads that share
/// nothing. Slices of half a second in turn, so that all are disturbed alike.
/// </summary>
internal static class ScaleComparison
{
    private const int Keys = 100_000;
    private const int Rounds = 9;
    private const long Limit = 1L << 30;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(500);

    public static int Run(string[] engines)
    {
        if (Environment.ProcessorCount < 2)
        {
            Console.Error.WriteLine("scale needs two cores");
            return 1;
        }

        MachineState.Print("before");
        Console.WriteLine(
            "| engine, protocol | one loop, million/s | two loops, million/s | two ÷ one | CPU ns/op, one | two "
                + "| two ÷ one with a store each |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (string engine in engines.Length > 0 ? engines : ["segments", "managed"])
        {
            foreach (bool isResp in (bool[])[false, true])
            {
                Compare(engine, isResp);
            }
        }

        Console.WriteLine();
        MachineState.Print("after");
        return 0;
    }

    private static void Compare(string engine, bool isResp)
    {
        using ItemStore shared = StoreRig.Create(engine, Limit);
        using ItemStore other = StoreRig.Create(engine, Limit);
        CommandServices services = RigServices.For(shared, loops: 2);
        using var first = new LoopRig(services, 0, isResp, Keys);
        using var second = new LoopRig(services, 1, isResp, Keys);
        using var alone = new LoopRig(RigServices.For(other, loops: 2), 1, isResp, Keys);
        first.Fill();
        alone.Fill();

        List<Outcome> one = [];
        List<Outcome> two = [];
        List<Outcome> apart = [];
        for (int round = -1; round < Rounds; round++)
        {
            Outcome left = Measure(first, null);
            Outcome both = Measure(first, second);
            Outcome right = Measure(null, second);
            Outcome separate = Measure(first, alone);
            if (round < 0)
            {
                continue; // the compiler's round
            }

            one.Add(new Outcome((left.Rate + right.Rate) / 2, (left.CpuNanoseconds + right.CpuNanoseconds) / 2));
            two.Add(both);
            apart.Add(separate);
        }

        Console.WriteLine($"| {engine}, {(isResp ? "RESP" : "text")} | {Spread.Of(one.Select(o => o.Rate)).Show("F2")} "
            + $"| {Spread.Of(two.Select(o => o.Rate)).Show("F2")} | {Ratio(two, one).Show("F2")} "
            + $"| {Spread.Of(one.Select(o => o.CpuNanoseconds)).Show("F0")} "
            + $"| {Spread.Of(two.Select(o => o.CpuNanoseconds)).Show("F0")} | {Ratio(apart, one).Show("F2")} |");
    }

    private static Spread Ratio(List<Outcome> two, List<Outcome> one) =>
        Spread.Of(two.Zip(one, (t, o) => t.Rate / o.Rate));

    // The first rig has core 0, the second one core 1.
    private static Outcome Measure(LoopRig? first, LoopRig? second)
    {
        LoopRig?[] rigs = [first, second];
        int running = rigs.Count(r => r is not null);
        using var start = new Barrier(running);
        var outcomes = new Outcome[2];
        Thread[] threads =
        [
            .. Enumerable.Range(0, 2).Where(core => rigs[core] is not null).Select(core => new Thread(() =>
            {
                CorePin.ThisThread(core);
                start.SignalAndWait();
                outcomes[core] = Loop(rigs[core]!);
            })),
        ];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        return new Outcome(outcomes.Sum(o => o.Rate), outcomes.Sum(o => o.CpuNanoseconds) / running);
    }

    private static Outcome Loop(LoopRig rig)
    {
        long operations = 0;
        double cpu = ThreadClock.Nanoseconds();
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            rig.Execute();
            operations += LoopRig.RequestsPerBatch;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < Slice);
        return new Outcome(operations / elapsed.TotalMicroseconds, (ThreadClock.Nanoseconds() - cpu) / operations);
    }

    /// <param name="Rate">Operations per microsecond, which is millions per second, over all loops.</param>
    /// <param name="CpuNanoseconds">CPU time per operation.</param>
    private readonly record struct Outcome(double Rate, double CpuNanoseconds);
}
