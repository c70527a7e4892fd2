using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>cas uniques.</summary>
public abstract class CasContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    [Fact]
    public void Every_write_gives_a_cas_that_no_other_item_has()
    {
        var seen = new HashSet<ulong>();
        for (int i = 0; i < 3000; i++)
        {
            Assert.Equal(StoreStatus.Stored, PutParts(Bytes($"key-{i % 500}"), Bytes("v"), default, out ulong cas));
            Assert.True(seen.Add(cas), "a cas came twice");
            Assert.NotEqual(0UL, cas);
        }
    }

    [Fact]
    public void A_rewrite_of_the_same_bytes_changes_the_cas()
    {
        PutParts(Bytes("k"), Bytes("same"), default, out ulong first);
        PutParts(Bytes("k"), Bytes("same"), default, out ulong second);
        Assert.NotEqual(first, second);
        Assert.Equal(second, Get(Bytes("k"))!.Cas);
    }

    [Fact]
    public void A_touch_keeps_the_cas()
    {
        PutParts(Bytes("k"), Bytes("v"), default, out ulong cas);
        Assert.True(SetExpiry("k", Now + 1000));
        Assert.Equal(cas, Get(Bytes("k"))!.Cas);
    }

    [Fact]
    public void A_given_cas_is_stored_as_it_is()
    {
        const ulong given = 0xFFFF_0000_1234_5678;
        PutParts(Bytes("k"), Bytes("v"), default, out ulong cas, givenCas: given);
        Assert.Equal(given, cas);
        Assert.Equal(given, Get(Bytes("k"))!.Cas);
    }

    [Fact]
    public void The_next_own_cas_of_a_key_is_above_a_given_one()
    {
        const ulong given = 123_456 << ItemStore.ShardBits;
        PutParts(Bytes("k"), Bytes("v"), default, out _, givenCas: given);
        PutParts(Bytes("k"), Bytes("w"), default, out ulong cas);
        Assert.True(cas > given, "a key's cas went back, so it can come twice");
    }
}
