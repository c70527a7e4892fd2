using System.Collections.Concurrent;
using System.Diagnostics;
using SessionGateway.Store;
using SessionGateway.Store.Segments;

namespace SessionGateway.Bench.Microbench.Concurrency;

/// <summary>
/// The two ways to let several loops use one store, for ADR 0002: a lock per shard taken by whichever loop has the
/// request, or an owner loop per shard that others send requests to. Same store, same keys, reads of 1 KB; a request
/// that must travel waits for its answer as a connection with one request in flight does, many connections at a time.
/// </summary>
internal static class ConcurrencyComparison
{
    private const int Keys = 100_000;
    private const int Operations = 2_000_000;
    private const int InFlight = 32;

    public static void Run()
    {
        using var store = new SegmentItemStore(1L << 30, seed: 7);
        byte[][] keys = [.. Enumerable.Range(0, Keys).Select(i => System.Text.Encoding.ASCII.GetBytes($"{i:D40}"))];
        byte[] value = new byte[1024];
        foreach (byte[] bytes in keys)
        {
            ItemKey key = store.Key(0, bytes);
            using ShardScope scope = store.Enter(key, 1);
            scope.Shard.Put(key, value, default, new ItemAttributes(0, 0), 1, out _);
        }

        Console.WriteLine("| way | loops | ns per operation and loop | million operations/s |");
        Console.WriteLine("|---|---|---|---|");
        for (int round = 0; round < 3; round++)
        {
            Print("lock per shard", 1, Locked(store, keys, 1));
            Print("lock per shard", 2, Locked(store, keys, 2));
            Print("owner per shard, half of the requests travel", 2, Owned(store, keys, 2));
        }
    }

    private static void Print(string way, int loops, double seconds) => Console.WriteLine(
        $"| {way} | {loops} | {seconds * 1e9 / Operations:F0} | {loops * Operations / seconds / 1e6:F1} |");

    private static double Locked(ItemStore store, byte[][] keys, int loops) => Time(loops, loop =>
    {
        byte[] reply = new byte[2048];
        uint random = (uint)loop + 1;
        for (int i = 0; i < Operations; i++)
        {
            Read(store, keys[Next(ref random) % Keys], reply);
        }
    });

    private static double Owned(ItemStore store, byte[][] keys, int loops)
    {
        ConcurrentQueue<Request>[] inboxes =
            [.. Enumerable.Range(0, loops).Select(_ => new ConcurrentQueue<Request>())];
        int finished = 0;
        return Time(loops, loop =>
        {
            byte[] reply = new byte[2048];
            uint random = (uint)loop + 1;
            int waiting = 0;
            int done = 0;
            var free = new Queue<Request>(Enumerable.Range(0, InFlight).Select(_ => new Request(loop)));
            while (done < Operations || Volatile.Read(ref finished) < loops)
            {
                while (inboxes[loop].TryDequeue(out Request? message))
                {
                    if (message.Home == loop)
                    {
                        free.Enqueue(message);
                        waiting--;
                        Finish(ref done);
                    }
                    else
                    {
                        Read(store, message.Key, message.Reply);
                        inboxes[message.Home].Enqueue(message);
                    }
                }

                if (done + waiting < Operations && free.TryPeek(out Request? next))
                {
                    byte[] key = keys[Next(ref random) % Keys];
                    int owner = store.ShardOf(store.Key(0, key)) % loops;
                    if (owner == loop)
                    {
                        Read(store, key, reply);
                        Finish(ref done);
                    }
                    else
                    {
                        free.Dequeue();
                        next.Key = key;
                        inboxes[owner].Enqueue(next);
                        waiting++;
                    }
                }
            }

            void Finish(ref int count)
            {
                if (++count == Operations)
                {
                    Interlocked.Increment(ref finished);
                }
            }
        });
    }

    private static void Read(ItemStore store, byte[] bytes, byte[] reply)
    {
        ItemKey key = store.Key(0, bytes);
        using ShardScope scope = store.Enter(key, 2);
        if (scope.Shard.TryGet(key, 2, out ItemView item))
        {
            item.Value.CopyTo(reply);
        }
    }

    private static double Time(int loops, Action<int> body)
    {
        using var start = new ManualResetEventSlim();
        Thread[] threads =
        [
            .. Enumerable.Range(0, loops).Select(loop => new Thread(() =>
            {
                start.Wait();
                body(loop);
            })),
        ];
        Array.ForEach(threads, t => t.Start());
        var watch = Stopwatch.StartNew();
        start.Set();
        Array.ForEach(threads, t => t.Join());
        return watch.Elapsed.TotalSeconds;
    }

    private static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }

    private sealed class Request(int home)
    {
        public int Home { get; } = home;

        public byte[] Key { get; set; } = [];

        public byte[] Reply { get; } = new byte[2048];
    }
}
