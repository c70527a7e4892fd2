using System.Buffers.Text;
using System.Globalization;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Segments;

namespace SessionGateway.Bench.Microbench.Store;

/// <summary>
/// What one field of a hash costs at different sizes, and what collections take in memory, for ADR 0012. CPU time of
/// the thread. <c>redis_memory.py</c> beside this file stores the same in a redis-server and prints its memory.
/// </summary>
internal static class CollectionRun
{
    private const long Now = 1_750_000_000_000;
    private const int Operations = 200_000;

    private static readonly byte[] Value = new byte[256 << 10];

    public static void Run()
    {
        MachineState.Print("before");
        Console.WriteLine(
            "| fields | value, bytes | get, ns | set, same length | set, other length | add and remove |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (int fields in (int[])[3, 10, 20, 40, 80, 1_000, 20_000, 1_000_000])
        {
            Fields(fields, 20);
        }

        Fields(100, 10_000);
        Fields(20_000, 40);
        Console.WriteLine();
        Console.WriteLine("| 1,000,000 | ns |");
        Console.WriteLine("|---|---|");
        SortedSet();
        List();
        Console.WriteLine();
        Console.WriteLine("| collections | bytes each, all counted | bytes of names and values |");
        Console.WriteLine("|---|---|---|");
        foreach (int fields in (int[])[3, 5, 10, 20])
        {
            Memory($"hashes of {fields} fields, values of 20 bytes", 100_000, fields, 20);
        }

        Memory("hashes of 8 fields, values of 60 bytes", 100_000, 8, 60);
        Memory("hash of 1,000,000 fields, values of 20 bytes", 1, 1_000_000, 20);
        MachineState.Print("after");
    }

    private static void Fields(int fields, int length)
    {
        using var store = new SegmentItemStore(2L << 30, 7);
        byte[] field = new byte[32];
        for (int i = 0; i < fields; i++)
        {
            Set(store, "h", NameOf(field, i), length);
        }

        var random = new Random(1);
        double get = Time(() => Find(store, NameOf(field, random.Next(fields))));
        double same = Time(() => Set(store, "h", NameOf(field, random.Next(fields)), length));
        double other = Time(() => Set(store, "h", NameOf(field, random.Next(fields)), length + random.Next(-3, 4)));
        double both = Time(() =>
        {
            ReadOnlySpan<byte> name = NameOf(field, fields + random.Next(1000));
            Set(store, "h", name, length);
            Remove(store, name);
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {fields:N0} | {length:N0} | {get:F0} | {same:F0} | {other:F0} | {both:F0} |"));
    }

    private static void SortedSet()
    {
        using var store = new SegmentItemStore(2L << 30, 7);
        byte[] name = new byte[32];
        var random = new Random(1);
        for (int i = 0; i < 1_000_000; i++)
        {
            Score(store, NameOf(name, i), random.NextDouble() * 1e6);
        }

        Line("sorted set: score of a member", Time(() =>
        {
            ItemKey key = store.Key(0, "h"u8);
            using ShardScope scope = store.Enter(key, Now);
            scope.Shard.Collections.SortedSets.Find(key, NameOf(name, random.Next(1_000_000)), Now, out _);
        }));
        Line("sorted set: rank of a member", Time(() =>
        {
            ItemKey key = store.Key(0, "h"u8);
            using ShardScope scope = store.Enter(key, Now);
            scope.Shard.Collections.SortedSets.Rank(key, NameOf(name, random.Next(1_000_000)), Now, out _);
        }));
        Line("sorted set: new score",
            Time(() => Score(store, NameOf(name, random.Next(1_000_000)), random.NextDouble() * 1e6)));
        Line($"sorted set: bytes each, {store.UsedBytes / 1e6:F1} of", store.UsedBytes / 1e6);
    }

    private static void List()
    {
        using var store = new SegmentItemStore(2L << 30, 7);
        for (int i = 0; i < 1_000_000; i++)
        {
            Insert(store, long.MaxValue);
        }

        var random = new Random(1);
        Line("list: put at the end", Time(() => Insert(store, long.MaxValue)));
        Line("list: put between", Time(() => Insert(store, random.Next(1_000_000))));
        Line("list: look at a place", Time(() =>
        {
            ItemKey key = store.Key(0, "h"u8);
            using ShardScope scope = store.Enter(key, Now);
            scope.Shard.Collections.Lists.Find(key, random.Next(1_000_000), Now, out _);
        }));
    }

    private static void Memory(string what, int count, int fields, int length)
    {
        using var store = new SegmentItemStore(2L << 30, 7);
        long idle = store.UsedBytes, payload = 0;
        byte[] name = new byte[32];
        for (int i = 0; i < count; i++)
        {
            string key = $"session:{i:D24}";
            payload += key.Length;
            for (int f = 0; f < fields; f++)
            {
                ReadOnlySpan<byte> field = NameOf(name, f);
                Set(store, key, field, length);
                payload += field.Length + length;
            }
        }

        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            for (int i = 0; i < 4; i++)
            {
                while (!store.Maintain(shard, Now + (i * 2000), 10_000))
                {
                }
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {(store.UsedBytes - idle) / (double)count:F0} | {payload / (double)count:F0} |"));
    }

    private static void Line(string what, double nanoseconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {nanoseconds:F0} |"));

    private static ReadOnlySpan<byte> NameOf(byte[] buffer, int number)
    {
        "field:"u8.CopyTo(buffer);
        Utf8Formatter.TryFormat(number, buffer.AsSpan(6), out int written);
        return buffer.AsSpan(0, 6 + written);
    }

    private static void Find(ItemStore store, ReadOnlySpan<byte> field)
    {
        ItemKey key = store.Key(0, "h"u8);
        using ShardScope scope = store.Enter(key, Now);
        scope.Shard.Collections.Hashes.Find(key, field, Now, out _);
    }

    private static void Set(ItemStore store, string name, ReadOnlySpan<byte> field, int length)
    {
        Span<byte> bytes = stackalloc byte[name.Length];
        System.Text.Encoding.Latin1.GetBytes(name, bytes);
        ItemKey key = store.Key(0, bytes);
        using ShardScope scope = store.Enter(key, Now);
        if (scope.Shard.Collections.Hashes.Set(key, field, Value.AsSpan(0, length), Now) == ElementWrite.OutOfMemory)
        {
            throw new InvalidOperationException("Memory is out.");
        }
    }

    private static void Remove(ItemStore store, ReadOnlySpan<byte> field)
    {
        ItemKey key = store.Key(0, "h"u8);
        using ShardScope scope = store.Enter(key, Now);
        scope.Shard.Collections.Hashes.Remove(key, field, Now);
    }

    private static void Score(ItemStore store, ReadOnlySpan<byte> member, double score)
    {
        ItemKey key = store.Key(0, "h"u8);
        using ShardScope scope = store.Enter(key, Now);
        scope.Shard.Collections.SortedSets.Set(key, member, score, Now);
    }

    private static void Insert(ItemStore store, long index)
    {
        ItemKey key = store.Key(0, "h"u8);
        using ShardScope scope = store.Enter(key, Now);
        scope.Shard.Collections.Lists.Insert(key, index, Value.AsSpan(0, 20), Now);
    }

    private static double Time(Action operation)
    {
        for (int i = 0; i < Operations / 4; i++)
        {
            operation();
        }

        double best = double.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            double start = ThreadClock.Nanoseconds();
            for (int i = 0; i < Operations; i++)
            {
                operation();
            }

            best = Math.Min(best, (ThreadClock.Nanoseconds() - start) / Operations);
        }

        return best;
    }
}
