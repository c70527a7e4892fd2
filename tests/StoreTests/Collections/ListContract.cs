using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Collections;

/// <summary>Lists, packed and large.</summary>
public abstract class ListContract<TEngine> : CollectionContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    [Fact]
    public void Elements_are_put_at_both_ends_and_between()
    {
        LAddLast("b");
        LInsert(0, "a");
        LAddLast("d");
        LInsert(2, "c");
        LInsert(100, "e");
        Assert.Equal(["a", "b", "c", "d", "e"], LRange());
        Assert.Equal(["e", "d", "c", "b", "a"], LRange(isReverse: true));
        Assert.Equal(["b", "c"], LRange(1, 2));
        Assert.Equal("c", LAt(2));
        Assert.Null(LAt(5));
        Assert.Null(LAt(-1));
        Assert.Equal(ElementWrite.Replaced, LSet(2, "a longer one"));
        Assert.Equal(ElementWrite.OutOfRange, LSet(5, "x"));
        Assert.Equal(Lookup.Found, LRemoveAt(1, 3));
        Assert.Equal(["a", "e"], LRange());
        Assert.Equal(Lookup.Absent, LRemoveAt(2, 1));
        Assert.Equal(Lookup.Found, LRemoveAt(0, 100));
        Assert.Equal(0, Store.Count(0));
        Assert.Equal(ElementWrite.OutOfRange, LSet(0, "x"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_edits_agree_with_the_model(int seed)
    {
        var random = new Random(seed);
        var model = new List<string>();
        for (int i = 0; i < 30_000; i++)
        {
            string element = random.Next(100) == 0 ? Long('e', random.Next(5000)) : $"element {i}";
            int at = model.Count == 0 ? 0 : random.Next(model.Count);
            switch (random.Next(i < 20_000 ? 8 : 14))
            {
                case 0 or 1:
                    LInsert(0, element);
                    model.Insert(0, element);
                    break;
                case 2 or 3:
                    LAddLast(element);
                    model.Add(element);
                    break;
                case 4:
                    LInsert(at, element);
                    model.Insert(at, element);
                    break;
                case 5:
                    Assert.Equal(model.Count > 0 ? ElementWrite.Replaced : ElementWrite.OutOfRange, LSet(at, element));
                    if (model.Count > 0)
                    {
                        model[at] = element;
                    }

                    break;
                case 6:
                    Assert.Equal(model.Count > 0 ? model[at] : null, LAt(at));
                    break;
                default:
                    int count = Math.Min(random.Next(20) == 0 ? 200 : 1, model.Count - at);
                    Assert.Equal(count > 0 ? Lookup.Found : Lookup.Absent, LRemoveAt(at, count));
                    model.RemoveRange(at, count);
                    break;
            }
        }

        Check();
        Assert.Equal(model, LRange());
        Assert.Equal(Enumerable.Reverse(model), LRange(isReverse: true));
        Assert.Equal(model.Skip(100).Take(50), LRange(100, 50));
    }

    [Fact]
    public void A_queue_keeps_no_pages_behind_it()
    {
        for (int i = 0; i < 50_000; i++)
        {
            LAddLast($"element {i}");
            if (i >= 1000)
            {
                Assert.Equal($"element {i - 1000}", LAt(0));
                LRemoveAt(0, 1);
            }
        }

        Check();
        Assert.InRange(Pages(), 1, 20);
    }

    [Fact]
    public void A_list_that_grows_at_its_ends_fills_its_pages()
    {
        for (int i = 0; i < 10_000; i++)
        {
            LAddLast(Long('e', 20));
            LInsert(0, Long('b', 20));
        }

        // 21 bytes each: 97 to the page.
        Assert.InRange(Pages(), 206, 215);
        Check();
    }
}
