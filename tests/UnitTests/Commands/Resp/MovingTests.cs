using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>RENAME, COPY and MOVE of what the wire samples do not have: large collections, client flags.</summary>
public sealed class MovingTests : OwningTests
{
    private const int Many = 2000;

    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public MovingTests() => _peer = new RespPeer(_host);

    [Theory]
    [InlineData(ItemType.Hash)]
    [InlineData(ItemType.Set)]
    [InlineData(ItemType.SortedSet)]
    [InlineData(ItemType.List)]
    public void A_large_collection_keeps_its_entries_and_its_expiry(ItemType type)
    {
        Fill("old", type, Many);
        _peer.Expect("PEXPIRE old 5000", ":1").Expect("SET new x", "+OK").Expect("RENAME old new", "+OK")
            .Expect("EXISTS old", ":0").Expect("PTTL new", ":5000").Expect("COPY new other DB 3", ":1")
            .Expect("DEL new", ":1").Expect("SELECT 3", "+OK").Expect("PTTL other", ":5000");
        Assert.Equal(Many, LengthOf(3, "other", type));
        _peer.Expect("MOVE other 4", ":1").Expect("SELECT 4", "+OK");
        Assert.Equal(Many, LengthOf(4, "other", type));
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Fact]
    public void Client_flags_of_memcached_go_with_the_item()
    {
        _host.PutWithFlags("a", "v", 42, _host.Clock.Now + 1000);
        _peer.Expect("RENAME a b", "+OK").Expect("COPY b c", ":1");
        Assert.Equal((42U, _host.Clock.Now + 1000), _host.Attributes("b"));
        Assert.Equal((42U, _host.Clock.Now + 1000), _host.Attributes("c"));
    }

    [Fact]
    public void A_rename_is_one_group_of_the_mutation_stream()
    {
        var kinds = new List<MutationKind>();
        _host.Store.Listen(new Recorder(kinds));
        _peer.Expect("SET a 1", "+OK").Expect("RENAME a b", "+OK");
        Assert.Equal(
            [
                MutationKind.Put, MutationKind.GroupBegin, MutationKind.Put, MutationKind.Removed,
                MutationKind.GroupEnd,
            ],
            kinds);
    }

    private void Fill(string name, ItemType type, int count)
    {
        ItemKey key = _host.Store.Key(0, Segments.BytesOf(name));
        using ShardScope scope = _host.Store.Enter(key, _host.Clock.Now);
        ShardCollections into = scope.Shard.Collections;
        for (int i = 0; i < count; i++)
        {
            byte[] entry = Segments.BytesOf($"entry {i}");
            ElementWrite outcome = type switch
            {
                ItemType.Hash => into.Hashes.Set(key, entry, entry, _host.Clock.Now, 0),
                ItemType.Set => into.Sets.Add(key, entry, _host.Clock.Now),
                ItemType.SortedSet => into.SortedSets.Set(key, entry, i, _host.Clock.Now),
                _ => into.Lists.AddLast(key, entry, _host.Clock.Now),
            };
            Assert.Equal(ElementWrite.Added, outcome);
        }
    }

    private long LengthOf(int database, string name, ItemType type)
    {
        ItemKey key = _host.Store.Key(database, Segments.BytesOf(name));
        using ShardScope scope = _host.Store.Enter(key, _host.Clock.Now);
        Assert.True(scope.Shard.TryPeek(key, _host.Clock.Now, out ItemView item));
        Assert.Equal(type, item.Type);
        return ShardCollections.Describe(item).Count;
    }

    private sealed class Recorder(List<MutationKind> kinds) : IMutationListener
    {
        public void OnMutation(in Mutation mutation) => kinds.Add(mutation.Kind);
    }
}
