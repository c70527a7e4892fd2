using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Collections;

/// <summary>Sets, packed and large.</summary>
public abstract class SetContract<TEngine> : CollectionContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    [Fact]
    public void A_member_is_added_once_and_removed_once()
    {
        Assert.Equal(ElementWrite.Added, SAdd("a"));
        Assert.Equal(ElementWrite.Unchanged, SAdd("a"));
        Assert.Equal(ElementWrite.Added, SAdd(""));
        Assert.Equal(Lookup.Found, SFind("a"));
        Assert.Equal(Lookup.Found, SFind(""));
        Assert.Equal(Lookup.Absent, SFind("b"));
        Assert.Equal(Lookup.Found, SRem("a"));
        Assert.Equal(Lookup.Absent, SRem("a"));
        Assert.Equal(Lookup.Found, SRem(""));
        Assert.Equal(0, Store.Count(0));
    }

    [Fact]
    public void Random_members_come_and_go_as_in_the_model()
    {
        var random = new Random(12);
        var model = new HashSet<string>();
        for (int i = 0; i < 60_000; i++)
        {
            string member = random.Next(50) == 0 ? Long('m', random.Next(3000)) : $"member-{random.Next(4000)}";
            if (random.Next(i < 30_000 ? 3 : 2) > 0 && i < 40_000)
            {
                Assert.Equal(model.Add(member) ? ElementWrite.Added : ElementWrite.Unchanged, SAdd(member));
            }
            else
            {
                Assert.Equal(model.Remove(member) ? Lookup.Found : Lookup.Absent, SRem(member));
            }
        }

        Check();
        Assert.All(model, member => Assert.Equal(Lookup.Found, SFind(member)));
        List<Seen> seen = ScanAll((ulong cursor, SeenElements all) => In((ShardCollections c, in ItemKey k) =>
        {
            c.Sets.Scan(k, cursor, 10, Now, all, out ulong next);
            return next;
        }));
        Assert.Equal(model.Order(StringComparer.Ordinal), seen.Select(s => s.Name).Order(StringComparer.Ordinal));
        foreach (string member in model)
        {
            Assert.Equal(Lookup.Found, SRem(member));
        }

        Maintain();
        Assert.Equal((0, 0), (Store.Count(0), Pages()));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("9223372036854775807", false)]
    [InlineData("-9223372036854775808", false)]
    [InlineData("9223372036854775808", true)]
    [InlineData("007", true)]
    [InlineData("+1", true)]
    [InlineData("-0", true)]
    [InlineData("1.0", true)]
    [InlineData("", true)]
    [InlineData("a", true)]
    public void A_set_tells_whether_Redis_would_keep_it_as_integers(string member, bool isMixed)
    {
        SAdd("12");
        SAdd(member);
        Assert.Equal(isMixed, Info().IsMixed);
        SRem(member);
        Assert.Equal(isMixed, Info().IsMixed);
    }

    [Fact]
    public void Beyond_512_integers_a_set_is_no_set_of_integers()
    {
        for (int i = 0; i < 512; i++)
        {
            SAdd($"{i}");
        }

        Assert.False(Info().IsMixed);
        SAdd("512");
        Assert.True(Info().IsMixed);
    }

    private CollectionInfo Info() => In((ShardCollections c, in ItemKey k) =>
    {
        c.Sets.Describe(k, Now, out CollectionInfo info);
        return info;
    });
}
