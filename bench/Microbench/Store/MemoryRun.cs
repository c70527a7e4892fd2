using System.Diagnostics;
using System.Globalization;
using SessionGateway.Store;

namespace SessionGateway.Bench.Microbench.Store;

/// <summary>
/// Resident memory of one engine in this process: a million sessions loaded, rewritten twice, left alone for ten
/// seconds of the store's time, then expired all at once. One engine per process, because the other's pages would count
/// too.
/// </summary>
internal sealed class MemoryRun
{
    private const int Items = 1_000_000;
    private const long Ttl = 1_440_000;

    // As many steps as the gateway gives a slice.
    private const int StepsPerSlice = 1024;

    private readonly StoreRig _rig;
    private readonly bool _resize;
    private readonly int[] _lengths = new int[Items];
    private readonly SessionSizes _sizes = new(1);
    private readonly List<double> _slices = new(100_000);
    private readonly long _idle;

    private MemoryRun(string engine, bool resize, long limit)
    {
        _resize = resize;
        _rig = new StoreRig(StoreRig.Create(engine, limit));
        Array.Fill(_lengths, 1);
        WarmUp();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _idle = Resident();
    }

    /// <param name="engine">managed or segments.</param>
    /// <param name="resize">True: each rewrite has a new length.</param>
    /// <param name="limit">Bytes.</param>
    public static void Run(string engine, bool resize, long limit)
    {
        Console.WriteLine("| after | CPU s | resident − idle, MB | payload, MB | ratio | overhead per item, bytes |");
        Console.WriteLine("|---|---|---|---|---|---|");
        new MemoryRun(engine, resize, limit).Run();
    }

    private static long Resident()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return long.Parse(words[1], CultureInfo.InvariantCulture) * 1024;
            }
        }

        throw new InvalidOperationException("No VmRSS in /proc/self/status.");
    }

    private void Run()
    {
        Step("load", () => Write(first: true));
        Step("rewrite 1", () => Write(first: false));
        Step("rewrite 2", () => Write(first: false));
        for (int second = 1; second <= 10; second++)
        {
            _rig.Now += 1000;
            Step($"{second} s later", Maintain);
        }

        Console.WriteLine();
        PrintSlices("upkeep");
        _rig.Now += Ttl;
        Step("all expired, one round", Maintain);
        PrintSlices("expiry");
        Console.WriteLine($"items left: {_rig.Store.Count(0)}");
        _rig.Dispose();
    }

    // Enough for the compiler to be done with all methods: its memory would count as the items'.
    private void WarmUp()
    {
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < 20_000; i++)
            {
                _rig.Put(i, _sizes.Next(), 1000);
                _rig.Get(i);
                _rig.Touch(i, 1000);
            }

            Maintain();
            Thread.Sleep(200);
        }

        _rig.Now += 1000;
        Maintain();
        _rig.Store.Flush(0);
        Maintain();
        _slices.Clear();
    }

    private void Step(string name, Action action)
    {
        double start = ThreadClock.Nanoseconds();
        action();
        double seconds = (ThreadClock.Nanoseconds() - start) / 1e9;
        long resident = Resident() - _idle;
        long payload = 0;
        foreach (int length in _lengths)
        {
            payload += length + StoreRig.KeyBytes;
        }

        Console.WriteLine(
            $"| {name} | {seconds:F2} | {resident >> 20} | {payload >> 20} | {(double)resident / payload:F3} "
            + $"| {(double)(resident - payload) / Items:F1} |");
    }

    private void Write(bool first)
    {
        for (int n = 0; n < Items; n++)
        {
            int i = first ? n : (int)((long)n * 7919 % Items);
            _lengths[i] = first || _resize ? _sizes.Next() : _lengths[i];
            if (!_rig.Put(i, _lengths[i], Ttl))
            {
                throw new InvalidOperationException("The store refused a write.");
            }

            // A hundred thousand writes are a second: upkeep makes its rounds meanwhile.
            if (n % 100 == 0)
            {
                _rig.Now++;
            }

            if (n % 100_000 == 0)
            {
                Maintain();
            }
        }
    }

    private void Maintain()
    {
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            bool done = false;
            while (!done)
            {
                double start = ThreadClock.Nanoseconds();
                done = _rig.Store.Maintain(shard, _rig.Now, StepsPerSlice);
                _slices.Add((ThreadClock.Nanoseconds() - start) / 1000);
            }
        }
    }

    private void PrintSlices(string name)
    {
        _slices.Sort();
        Console.WriteLine(
            $"slices of {name}: {_slices.Count}, p50 {_slices[_slices.Count / 2]:F0} µs, "
            + $"p99 {_slices[_slices.Count * 99 / 100]:F0} µs, longest {_slices[^1]:F0} µs of CPU");
        _slices.Clear();
    }
}
