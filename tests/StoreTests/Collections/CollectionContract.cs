using System.Text;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Collections;

/// <summary>What the suites of collections share: names, values and elements are Latin-1 text.</summary>
public abstract class CollectionContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private const string K = "key";

    private protected delegate T Work<out T>(ShardCollections collections, in ItemKey key);

    private protected static string Long(char c, int length) => new(c, length);

    private protected T In<T>(Work<T> work, string key = K, int database = 0)
    {
        ItemKey k = Store.Key(database, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return work(scope.Shard.Collections, k);
    }

    private protected ElementWrite HSet(string field, string value, long expiresAt = 0, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Hashes.Set(k, Bytes(field), Bytes(value), Now, expiresAt), key);

    private protected Lookup HFind(string field, out string? value, string key = K)
    {
        string? got = null;
        Lookup found = In((ShardCollections c, in ItemKey k) =>
        {
            Lookup lookup = c.Hashes.Find(k, Bytes(field), Now, out ElementView view);
            got = lookup == Lookup.Found ? Encoding.Latin1.GetString(view.Value) : null;
            return lookup;
        }, key);
        value = got;
        return found;
    }

    private protected string? HGet(string field, string key = K)
    {
        HFind(field, out string? value, key);
        return value;
    }

    private protected Lookup HDel(string field, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Hashes.Remove(k, Bytes(field), Now), key);

    private protected long HLen(string key = K) => In(
        (ShardCollections c, in ItemKey k) => c.Hashes.Length(k, Now, out long count) == Lookup.Found ? count : -1,
        key);

    private protected List<Seen> HScan(string key = K, int step = 10, Action<int>? between = null) =>
        ScanAll((ulong cursor, SeenElements seen) => In((ShardCollections c, in ItemKey k) =>
        {
            c.Hashes.Scan(k, cursor, step, Now, seen, out ulong next);
            return next;
        }, key), between);

    private protected ElementWrite SAdd(string member, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Sets.Add(k, Bytes(member), Now), key);

    private protected Lookup SFind(string member, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Sets.Find(k, Bytes(member), Now), key);

    private protected Lookup SRem(string member, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Sets.Remove(k, Bytes(member), Now), key);

    private protected ElementWrite ZAdd(double score, string member, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.SortedSets.Set(k, Bytes(member), score, Now), key);

    private protected double? ZScore(string member, string key = K) => In((ShardCollections c, in ItemKey k) =>
        c.SortedSets.Find(k, Bytes(member), Now, out double score) == Lookup.Found ? score : (double?)null, key);

    private protected long ZRank(string member, string key = K) => In((ShardCollections c, in ItemKey k) =>
        c.SortedSets.Rank(k, Bytes(member), Now, out long rank) == Lookup.Found ? rank : -1, key);

    private protected long ZRankBefore(double score, string member = "", string key = K) =>
        In((ShardCollections c, in ItemKey k) =>
            c.SortedSets.RankBefore(k, score, Bytes(member), Now, out long rank) == Lookup.Found ? rank : -1, key);

    private protected Lookup ZRem(string member, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.SortedSets.Remove(k, Bytes(member), Now), key);

    private protected List<Seen> ZRange(
        long start = 0, long count = long.MaxValue, bool isReverse = false, string key = K)
    {
        var seen = new SeenElements();
        In((ShardCollections c, in ItemKey k) => c.SortedSets.Walk(k, start, count, isReverse, Now, seen), key);
        return seen.All;
    }

    private protected ElementWrite LInsert(long index, string element, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Lists.Insert(k, index, Bytes(element), Now), key);

    private protected ElementWrite LAddLast(string element, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Lists.AddLast(k, Bytes(element), Now), key);

    private protected ElementWrite LSet(long index, string element, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Lists.Set(k, index, Bytes(element), Now), key);

    private protected string? LAt(long index, string key = K) => In((ShardCollections c, in ItemKey k) =>
        c.Lists.Find(k, index, Now, out ElementView view) == Lookup.Found
            ? Encoding.Latin1.GetString(view.Name) : null, key);

    private protected Lookup LRemoveAt(long index, long count, string key = K) =>
        In((ShardCollections c, in ItemKey k) => c.Lists.RemoveAt(k, index, count, Now), key);

    private protected List<string> LRange(
        long start = 0, long count = long.MaxValue, bool isReverse = false, string key = K)
    {
        var seen = new SeenElements();
        In((ShardCollections c, in ItemKey k) => c.Lists.Walk(k, start, count, isReverse, Now, seen), key);
        return [.. seen.Names];
    }

    private protected static List<Seen> ScanAll(Func<ulong, SeenElements, ulong> step, Action<int>? between = null)
    {
        var seen = new SeenElements();
        ulong cursor = 0;
        for (int steps = 0; ; steps++)
        {
            cursor = step(cursor, seen);
            Assert.True(cursor < 1UL << 62, "a cursor has more than 62 bits");
            if (cursor == 0)
            {
                return seen.All;
            }

            Assert.True(steps < 1_000_000, "the iteration never ends");
            between?.Invoke(steps);
        }
    }

    /// <summary>Pages of large collections that are there.</summary>
    private protected long Pages(int database = 0)
    {
        long sum = 0;
        foreach (Shard shard in Store.Shards)
        {
            sum += shard.Count(ItemStore.PagesOf(database));
        }

        return sum;
    }

    /// <summary>Proves that the collections are what they say.</summary>
    private protected int Check()
    {
        int count = 0;
        foreach (Shard shard in Store.Shards)
        {
            shard.Enter();
            for (int database = 0; database < ItemStore.DatabaseCount; database++)
            {
                var checker = new CollectionChecker(shard);
                checker.Check(database, Now);
                count += checker.Count;
            }

            shard.Exit();
        }

        return count;
    }
}
