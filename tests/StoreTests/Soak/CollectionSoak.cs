using System.Text;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.StoreTests.Soak;

/// <summary>
/// Random operations on hashes, sets, sorted sets and lists of all sizes, each answer compared with a model of the
/// framework's own collections; items also expire, are removed, overwritten by strings and flushed, fields end by
/// themselves, and upkeep runs between. With a memory limit that is met, a refused write must leave everything as it
/// was.
/// </summary>
/// <param name="store">An empty store.</param>
/// <param name="seed">Of all that is random here.</param>
/// <param name="names">Different names of fields, members and elements.</param>
/// <param name="longBytes">Length of the longest values.</param>
public sealed class CollectionSoak(ItemStore store, int seed, int names, int longBytes = 9000)
{
    private const int Keys = 24;

    private static readonly Comparer<(double Score, string Member)> Order =
        Comparer<(double Score, string Member)>.Create(
            (x, y) => x.Score != y.Score ? x.Score.CompareTo(y.Score) : string.CompareOrdinal(x.Member, y.Member));

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Kept> _model = [];
    private long _now = 1_750_000_000_000;

    /// <summary>Operations so far.</summary>
    public long Operations { get; private set; }

    /// <summary>Writes that were refused for memory.</summary>
    public long Refused { get; private set; }

    /// <summary>The time of the soak, Unix milliseconds.</summary>
    public long Now => _now;

    /// <summary>Runs operations.</summary>
    public void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            Step();
            if (i % 512 == 0)
            {
                for (int shard = 0; shard < ItemStore.ShardCount; shard++)
                {
                    store.Maintain(shard, _now, 200);
                }
            }
        }

        Operations += operations;
    }

    /// <summary>Compares everything.</summary>
    public void CompareAll()
    {
        for (int i = 0; i < Keys; i++)
        {
            Compare($"key-{i}");
        }
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private string Name() => $"n{_random.Next(_random.Next(3) == 0 ? names : Math.Max(2, names / 50))}";

    private string Value() => _random.Next(longBytes > 100_000 ? 10 : 200) == 0
        ? new string((char)('a' + _random.Next(26)), _random.Next(longBytes))
        : $"{_random.NextInt64():D19}"[.._random.Next(1, 15)];

    private void Step()
    {
        string name = $"key-{_random.Next(Keys)}";
        ItemKey key = store.Key(0, Bytes(name));
        using ShardScope scope = store.Enter(key, _now);
        ShardCollections all = scope.Shard.Collections;
        Kept? kept = Live(name);
        int dice = _random.Next(4000);

        // With many names collections have to live long to become large.
        if (dice < 3 && names > 5000 && _random.Next(100) != 0)
        {
            dice = 1000;
        }

        switch (dice)
        {
            case 0:
                Assert.Equal(kept is not null, scope.Shard.Remove(key, RemoveReason.Deleted, _now));
                _model.Remove(name);
                return;
            case 1:
                if (scope.Shard.Put(key, Bytes("text"), default, default, _now, out _) == StoreStatus.Stored)
                {
                    _model[name] = new Kept(ItemType.String);
                }

                return;
            case 2:
                long expiresAt = _now + _random.Next(1, 200_000);
                Assert.Equal(kept is not null, scope.Shard.SetExpiry(key, expiresAt, _now));
                if (kept is not null)
                {
                    kept.ExpiresAt = expiresAt;
                }

                return;
            case < 200:
                _now += _random.Next(300);
                return;
        }

        // Mostly what is there; what is not becomes something by its number.
        ItemType type = kept is null || _random.Next(100) == 0
            ? (ItemType)(1 + (name[^1] + _random.Next(10) / 9) % 4)
            : kept.Type;
        bool isRight = kept is null || kept.Type == type;
        Kept target = kept ?? new Kept(type);
        switch (type)
        {
            case ItemType.Hash:
                StepHash(all.Hashes, key, target, isRight);
                break;
            case ItemType.Set:
                StepSet(all.Sets, key, target, isRight);
                break;
            case ItemType.SortedSet:
                StepSortedSet(all.SortedSets, key, target, isRight);
                break;
            case ItemType.List:
                StepList(all.Lists, key, target, isRight);
                break;
            default:
                Assert.Equal(Lookup.WrongType, all.Lists.Find(key, 0, _now, out _));
                return;
        }

        if (isRight)
        {
            _model[name] = target;
            if (target.Count == 0)
            {
                _model.Remove(name);
            }
        }
    }

    private void StepHash(Hashes hashes, in ItemKey key, Kept kept, bool isRight)
    {
        string field = Name(), value = Value();
        bool isThere = isRight && kept.Fields.TryGetValue(field, out (string Value, long ExpiresAt) old)
            && (old.ExpiresAt == 0 || old.ExpiresAt > _now);
        switch (_random.Next(8))
        {
            case < 4:
                long expiresAt = _random.Next(12) == 0 ? _now + _random.Next(1, 60_000) : 0;
                if (Written(hashes.Set(key, Bytes(field), Bytes(value), _now, expiresAt), isRight, isThere))
                {
                    kept.Fields[field] = (value, expiresAt);
                }

                break;
            case < 6:
                Assert.Equal(Answer(isRight, isThere), hashes.Remove(key, Bytes(field), _now));
                if (isRight)
                {
                    kept.Fields.Remove(field);
                }

                break;
            default:
                Assert.Equal(Answer(isRight, isThere), hashes.Find(key, Bytes(field), _now, out ElementView view));
                Assert.Equal(isThere ? kept.Fields[field].Value : "", Encoding.Latin1.GetString(view.Value));
                break;
        }

        if (isRight)
        {
            kept.EndFields(_now);
        }
    }

    private void StepSet(Sets sets, in ItemKey key, Kept kept, bool isRight)
    {
        string member = _random.Next(300) == 0 ? Value() : Name();
        bool isThere = isRight && kept.Members.Contains(member);
        switch (_random.Next(8))
        {
            case < 4:
                ElementWrite outcome = sets.Add(key, Bytes(member), _now);
                Assert.Equal(isThere && isRight, outcome == ElementWrite.Unchanged);
                if (isThere || Written(outcome, isRight, isThere: false))
                {
                    kept.Members.Add(member);
                }

                break;
            case < 7:
                Assert.Equal(Answer(isRight, isThere), sets.Remove(key, Bytes(member), _now));
                kept.Members.Remove(member);
                break;
            default:
                Assert.Equal(Answer(isRight, isThere), sets.Find(key, Bytes(member), _now));
                break;
        }
    }

    private void StepSortedSet(SortedSets sets, in ItemKey key, Kept kept, bool isRight)
    {
        string member = Name();
        double score = _random.Next(2) == 0 ? _random.Next(-3, 3) : Math.Round(_random.NextDouble() * 1000, 2);
        double old = 0;
        bool isThere = isRight && kept.Scores.TryGetValue(member, out old);
        switch (_random.Next(9))
        {
            case < 4:
                ElementWrite outcome = sets.Set(key, Bytes(member), score, _now);
                if (outcome == ElementWrite.Unchanged)
                {
                    Assert.True(isThere && old == score);
                }
                else if (Written(outcome, isRight, isThere))
                {
                    kept.Scored.Remove((old, member));
                    kept.Scored.Add((score, member));
                    kept.Scores[member] = score;
                }

                break;
            case < 7:
                Assert.Equal(Answer(isRight, isThere), sets.Remove(key, Bytes(member), _now));
                if (isThere)
                {
                    kept.Scored.Remove((old, member));
                    kept.Scores.Remove(member);
                }

                break;
            case 7:
                Assert.Equal(Answer(isRight, isThere), sets.Find(key, Bytes(member), _now, out double found));
                Assert.Equal(old, found);
                break;
            default:
                if (_random.Next(30) == 0)
                {
                    Assert.Equal(Answer(isRight, isThere), sets.Rank(key, Bytes(member), _now, out long rank));
                    Assert.Equal(isThere ? kept.Scored.GetViewBetween(kept.Scored.Min, (old, member)).Count - 1 : 0,
                        rank);
                }

                break;
        }
    }

    private void StepList(Lists lists, in ItemKey key, Kept kept, bool isRight)
    {
        string element = Value();
        int count = kept.Elements.Count;
        int at = count == 0 ? 0 : _random.Next(count);
        bool isThere = isRight && at < count;
        switch (_random.Next(12))
        {
            case < 6:
                int index = _random.Next(3) switch { 0 => 0, 1 => count, _ => at };
                if (Written(lists.Insert(key, index, Bytes(element), _now), isRight, isThere: false))
                {
                    kept.Elements.Insert(index, element);
                }

                break;
            case < 8:
                ElementWrite outcome = lists.Set(key, at, Bytes(element), _now);
                if (isRight && !isThere)
                {
                    Assert.Equal(ElementWrite.OutOfRange, outcome);
                }
                else if (Written(outcome, isRight, isThere: true))
                {
                    kept.Elements[at] = element;
                }

                break;
            case < 11:
                int removed = Math.Min(_random.Next(40) == 0 ? 300 : 1, count - at);
                Assert.Equal(Answer(isRight, isThere), lists.RemoveAt(key, at, Math.Max(1, removed), _now));
                if (isThere)
                {
                    kept.Elements.RemoveRange(at, removed);
                }

                break;
            default:
                Assert.Equal(Answer(isRight, isThere), lists.Find(key, at, _now, out ElementView view));
                Assert.Equal(isThere ? kept.Elements[at] : "", Encoding.Latin1.GetString(view.Name));
                break;
        }
    }

    private static Lookup Answer(bool isRight, bool isThere) =>
        !isRight ? Lookup.WrongType : isThere ? Lookup.Found : Lookup.Absent;

    // True when the model has to follow.
    private bool Written(ElementWrite outcome, bool isRight, bool isThere)
    {
        if (outcome == ElementWrite.OutOfMemory)
        {
            Refused++;
            return false;
        }

        ElementWrite expected = !isRight
            ? ElementWrite.WrongType : isThere ? ElementWrite.Replaced : ElementWrite.Added;
        Assert.Equal(expected, outcome);
        return isRight;
    }

    private Kept? Live(string name)
    {
        if (_model.TryGetValue(name, out Kept? kept))
        {
            kept.EndFields(_now);
            if ((kept.ExpiresAt != 0 && kept.ExpiresAt <= _now) || kept.Count == 0)
            {
                _model.Remove(name);
                return null;
            }
        }

        return kept;
    }

    private void Compare(string name)
    {
        Kept? kept = Live(name);
        ItemKey key = store.Key(0, Bytes(name));
        using ShardScope scope = store.Enter(key, _now);
        ShardCollections all = scope.Shard.Collections;
        var seen = new Collected();
        if (kept is null)
        {
            // The last fields of a hash may have ended since the last look.
            all.Hashes.Length(key, _now, out _);
            Assert.False(scope.Shard.TryPeek(key, _now, out _));
            return;
        }

        switch (kept.Type)
        {
            case ItemType.Hash:
                Scan((ulong cursor, in ItemKey k) =>
                {
                    all.Hashes.Scan(k, cursor, 100, _now, seen, out ulong next);
                    return next;
                }, key);
                AssertSame(
                    kept.Fields.Select(f => (f.Key, f.Value.Value)).Order(),
                    seen.All.Select(e => (e.Name, e.Value)).Order());
                break;
            case ItemType.Set:
                Scan((ulong cursor, in ItemKey k) =>
                {
                    all.Sets.Scan(k, cursor, 100, _now, seen, out ulong next);
                    return next;
                }, key);
                AssertSame(kept.Members.Order(), seen.All.Select(e => e.Name).Order());
                break;
            case ItemType.SortedSet:
                all.SortedSets.Walk(key, 0, long.MaxValue, isReverse: false, _now, seen);
                AssertSame(kept.Scored, seen.All.Select(e => (e.Score, e.Name)));
                break;
            case ItemType.List:
                all.Lists.Walk(key, 0, long.MaxValue, isReverse: false, _now, seen);
                AssertSame(kept.Elements, seen.All.Select(e => e.Name));
                break;
        }
    }

    private static void AssertSame<T>(IEnumerable<T> expected, IEnumerable<T> actual) =>
        Assert.True(expected.SequenceEqual(actual), "a collection has other entries than the model");

    private delegate ulong ScanWork(ulong cursor, in ItemKey key);

    private static void Scan(ScanWork step, in ItemKey key)
    {
        ulong cursor = 0;
        do
        {
            cursor = step(cursor, key);
        }
        while (cursor != 0);
    }

    private sealed class Collected : IElementVisitor
    {
        public List<(string Name, string Value, double Score)> All { get; } = [];

        public bool Visit(in ElementView element)
        {
            All.Add((Encoding.Latin1.GetString(element.Name), Encoding.Latin1.GetString(element.Value), element.Score));
            return true;
        }
    }

    private sealed class Kept(ItemType type)
    {
        public ItemType Type { get; } = type;

        public long ExpiresAt { get; set; }

        public Dictionary<string, (string Value, long ExpiresAt)> Fields { get; } = [];

        public HashSet<string> Members { get; } = [];

        public Dictionary<string, double> Scores { get; } = [];

        public SortedSet<(double Score, string Member)> Scored { get; } = new(Order);

        public List<string> Elements { get; } = [];

        public int Count => Type == ItemType.String ? 1 : Fields.Count + Members.Count + Scores.Count + Elements.Count;

        public void EndFields(long now)
        {
            if (Type != ItemType.Hash)
            {
                return;
            }

            foreach ((string field, (_, long expiresAt)) in Fields.Where(f => f.Value.ExpiresAt != 0).ToArray())
            {
                if (expiresAt <= now)
                {
                    Fields.Remove(field);
                }
            }
        }
    }
}
