using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Collections;

/// <summary>Sorted sets, packed and large.</summary>
public abstract class SortedSetContract<TEngine> : CollectionContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private static readonly Comparer<(double Score, string Member)> Order =
        Comparer<(double Score, string Member)>.Create(
            (x, y) => x.Score != y.Score ? x.Score.CompareTo(y.Score) : string.CompareOrdinal(x.Member, y.Member));

    [Fact]
    public void Members_are_in_the_order_of_scores_and_then_of_bytes()
    {
        ZAdd(2, "b");
        ZAdd(1, "z");
        ZAdd(2, "a");
        ZAdd(double.PositiveInfinity, "last");
        ZAdd(double.NegativeInfinity, "first");
        ZAdd(2, "ab");
        ZAdd(2, "\u00ff");
        Assert.Equal(["first", "z", "a", "ab", "b", "\u00ff", "last"], ZRange().Select(s => s.Name));
        Assert.Equal(["last", "\u00ff"], ZRange(0, 2, isReverse: true).Select(s => s.Name));
        Assert.Equal(3, ZRank("ab"));
        Assert.Equal(-1, ZRank("c"));
        Assert.Equal(2, ZRankBefore(2));
        Assert.Equal(5, ZRankBefore(2, "c"));
        Assert.Equal(6, ZRankBefore(3));
        Assert.Equal(0, ZRankBefore(double.NegativeInfinity));
    }

    [Fact]
    public void A_new_score_moves_a_member()
    {
        Assert.Equal(ElementWrite.Added, ZAdd(1, "a"));
        Assert.Equal(ElementWrite.Added, ZAdd(2, "b"));
        Assert.Equal(ElementWrite.Unchanged, ZAdd(1, "a"));
        Assert.Equal(ElementWrite.Replaced, ZAdd(3, "a"));
        Assert.Equal(["b", "a"], ZRange().Select(s => s.Name));
        Assert.Equal(3, ZScore("a"));
        Assert.Equal(Lookup.Found, ZRem("a"));
        Assert.Equal(Lookup.Absent, ZRem("a"));
        Assert.Equal(Lookup.Found, ZRem("b"));
        Assert.Equal(0, Store.Count(0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2000)]
    public void Minus_zero_and_zero_are_one_place_and_two_numbers(int count)
    {
        for (int i = 0; i < count; i++)
        {
            ZAdd(i % 2 == 0 ? 0.0 : -0.0, $"{i:D6}");
        }

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i:D6}"), ZRange().Select(s => s.Name));
        Assert.True(double.IsNegative(ZScore("000001")!.Value));
        Assert.Equal(ElementWrite.Replaced, ZAdd(0.0, "000001"));
        Assert.False(double.IsNegative(ZScore("000001")!.Value));
        Assert.False(double.IsNegative(ZRange()[1].Score));
        Check();
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(3, "")]
    [InlineData(1_000_000, "")]
    [InlineData(2, "a common start of all members: ")]
    public void Random_members_come_move_and_go_as_in_the_model(int scores, string start)
    {
        var random = new Random(scores);
        var model = new Dictionary<string, double>();
        for (int i = 0; i < 30_000; i++)
        {
            string member = $"{start}{random.Next(3000)}";
            if (random.Next(10) < (i < 20_000 ? 8 : 3))
            {
                double score = random.Next(scores) - (scores / 2);
                ElementWrite expected = !model.TryGetValue(member, out double old) ? ElementWrite.Added
                    : old == score ? ElementWrite.Unchanged : ElementWrite.Replaced;
                Assert.Equal(expected, ZAdd(score, member));
                model[member] = score;
            }
            else
            {
                Assert.Equal(model.Remove(member) ? Lookup.Found : Lookup.Absent, ZRem(member));
            }
        }

        Check();
        List<(double Score, string Member)> sorted = [.. model.Select(pair => (pair.Value, pair.Key)).Order(Order)];
        Assert.Equal(sorted, ZRange().Select(s => (s.Score, s.Name)));
        Assert.Equal(Enumerable.Reverse(sorted), ZRange(isReverse: true).Select(s => (s.Score, s.Name)));
        for (int i = 0; i < sorted.Count; i += 7)
        {
            Assert.Equal(i, ZRank(sorted[i].Member));
            Assert.Equal(sorted[i].Score, ZScore(sorted[i].Member));
            Assert.Equal(sorted.FindIndex(x => x.Score >= sorted[i].Score), ZRankBefore(sorted[i].Score));
            Assert.Equal(
                sorted.Skip(i).Take(5), ZRange(i, 5).Select(s => (s.Score, s.Name)));
        }

        List<Seen> seen = ScanAll((ulong cursor, SeenElements all) => In((ShardCollections c, in ItemKey k) =>
        {
            c.SortedSets.Scan(k, cursor, 10, Now, all, out ulong next);
            return next;
        }));
        Assert.Equal(sorted, seen.Select(s => (s.Score, s.Name)).Order(Order));
        foreach ((_, string member) in sorted)
        {
            Assert.Equal(Lookup.Found, ZRem(member));
        }

        Maintain();
        Assert.Equal((0, 0), (Store.Count(0), Pages()));
    }

    [Fact]
    public void Members_longer_than_a_page_have_their_place_too()
    {
        for (int i = 0; i < 40; i++)
        {
            ZAdd(i % 3, Long('m', 1000 * i) + (i % 7));
        }

        Check();
        List<(double Score, string Name)> expected =
            [.. Enumerable.Range(0, 40).Select(i => ((double)(i % 3), Long('m', 1000 * i) + (i % 7))).Order(Order)];
        Assert.Equal(expected, ZRange().Select(s => (s.Score, s.Name)));
        Assert.Equal(17, ZRank(expected[17].Name));
    }

    [Fact]
    public void A_sorted_set_that_memory_has_no_room_for_stays_as_it_was()
    {
        UseStore(8 << 20);
        int count = 0;
        while (ZAdd(count * 7919 % 10_007, $"member {count}") == ElementWrite.Added)
        {
            count++;
        }

        Assert.True(count > 10_000, $"{count} members in 8 MB");
        Check();
        Assert.Equal(count, ZRange().Count);
        Assert.Null(ZScore($"member {count}"));
        for (int i = 0; i < count; i += 2)
        {
            Assert.Equal(Lookup.Found, ZRem($"member {i}"));
        }

        Check();
        Assert.Equal(count / 2, ZRange().Count);
    }

    [Fact]
    public void A_score_is_a_number() => Assert.Throws<ArgumentException>(() => ZAdd(double.NaN, "m"));
}
