using System.Text;
using SessionGateway.Commands.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Who reads the mutation stream (a log, a backup) never has a half of a script, however many steps it
/// takes.</summary>
public sealed class ScriptGroupTests : OwningTests, IMutationListener, ISnapshotSink
{
    private const string Loop = "for i = 1, 1000000 do end ";

    private readonly CommandHost _host = new();
    private readonly SegmentItemStore _twin = new(new SegmentStoreOptions { MemoryLimit = 64 << 20, Seed = 99 });
    private readonly MutationApplier _applier;
    private readonly RespPeer _other;
    private readonly RespPeer _peer;
    private readonly RespProcessor _processor = new();
    private readonly StringBuilder _told = new();
    private readonly List<ApplyStatus> _problems = [];

    public ScriptGroupTests()
    {
        Own(_twin);
        _applier = new MutationApplier(_twin);
        _other = new RespPeer(_host);
        _peer = new RespPeer(_host);
        _host.Store.Listen(this);
    }

    [Fact]
    public void A_script_of_many_steps_is_one_group_and_others_write_meanwhile()
    {
        byte[] script = Request($"redis.call('SET', KEYS[1], 'half') {Loop} redis.call('RPUSH', 'late', 'half') {Loop}"
            + "redis.call('SET', KEYS[1], 'whole') redis.call('RPUSH', 'late', 'whole')");
        int others = 0;
        while (Turn(script) == 0)
        {
            _other.Expect($"SET other {++others}", "+OK");
            Assert.Equal("", Twin("k"));
            Assert.Equal("", Twin("late"));
        }

        Assert.True(others > 1);
        Assert.Equal("( Put k Element late Put k Element late )", _told.Replace("Put other ", "").Replace("( ) ", "")
            .ToString().Trim());
        Assert.Equal("whole", Twin("k"));
        Assert.Equal($"{others}", Twin("other"));
        Assert.Empty(_problems);
    }

    [Fact]
    public void An_item_of_it_that_expires_before_its_end_is_told_in_order()
    {
        byte[] script = Request($"redis.call('SET', KEYS[1], 'short', 'PX', 1000) redis.call('SET', 'b', 'x') {Loop}"
            + $"{Loop} redis.call('APPEND', 'b', 'y')");
        Assert.Equal(0, Turn(script));
        _host.Clock.Now += 2000;
        for (int shard = 0; shard < _host.Store.Shards.Length; shard++)
        {
            _host.Store.Maintain(shard, _host.Clock.Now, 1000);
        }

        Assert.Equal("", _told.ToString());
        Finish(script);
        Assert.Equal("( Put k Put b Removed k Spliced b )", _told.ToString().Trim());
        Assert.Equal("xy", Twin("b"));
        Assert.Equal("", Twin("k"));
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_flush_inside_of_it_does_not_take_what_others_write_afterwards()
    {
        _other.Expect("SET old 1", "+OK");
        byte[] script = Request($"redis.call('SET', KEYS[1], 1) redis.call('FLUSHDB') redis.call('SET', 'b', 1) {Loop}"
            + $"{Loop} redis.call('SET', 'b', 2)");
        Assert.Equal(0, Turn(script));
        _other.Expect("SET new 1", "+OK");
        Finish(script);
        Assert.Equal(["", "", "2", "1"], new[] { "old", "k", "b", "new" }.Select(Twin));
        _other.Expect("MGET old k b new", "*4 $-1 $-1 $1 2 $1 1");
    }

    [Fact]
    public void More_than_a_copy_may_take_is_several_groups()
    {
        Finish(Request("for i = 1, 50 do redis.call('SET', 'large' .. i, string.rep('x', 100000)) end"));
        Assert.Equal(2, _told.ToString().Count(c => c == '('));
        Assert.Equal(50, _told.ToString().Split("Put ").Length - 1);
        Assert.Equal(100_000, Twin("large50").Length);
    }

    [Fact]
    public void What_the_stop_of_the_gateway_cuts_off_has_never_happened()
    {
        byte[] script = Request("redis.call('SET', KEYS[1], 1) while true do end");
        Assert.Equal(0, Turn(script));
        _host.Services.Resp.EndScripts(_host.Clock.Now);
        Assert.NotEqual(0, Turn(script));
        Assert.Equal("", _told.ToString());
    }

    [Fact]
    public void A_state_of_all_items_begins_when_no_half_is_in_it()
    {
        byte[] script = Request($"redis.call('SET', KEYS[1], 1) {Loop} {Loop}");
        Assert.Equal(0, Turn(script));
        Assert.Null(_host.Store.TryBeginSnapshot(this, _host.Clock.Now));

        // What runs for a minute is several groups.
        _host.Clock.Now += 61_000;
        _host.Store.TryBeginSnapshot(this, _host.Clock.Now)!.Dispose();
        Assert.Equal("( Put k )", _told.ToString().Trim());
        Finish(script);
    }

    [Fact]
    public void Two_that_cross_are_told_in_the_order_of_each_key()
    {
        const string Crossing = "redis.call('APPEND', KEYS[1], 'x') for i = 1, 3000000 do end "
            + "redis.call('APPEND', ARGV[1], 'y') for i = 1, 3000000 do end return redis.call('APPEND', ARGV[1], 'z')";
        byte[] one = RespPeer.Encode($"EVAL \"{Crossing}\" 1 a b");
        byte[] two = RespPeer.Encode($"EVAL \"{Crossing}\" 1 b a");
        var second = new RespProcessor();
        bool isOneOver = false;
        bool isTwoOver = false;
        for (int i = 0; i < 100_000 && !(isOneOver && isTwoOver); i++)
        {
            isOneOver = isOneOver || Turn(one) != 0;
            isTwoOver = isTwoOver || Turn(two, second) != 0;
        }

        Assert.Equal("xyz", Twin("a"));
        Assert.Equal("xyz", Twin("b"));
        Assert.Empty(_problems);
    }

    void IMutationListener.OnMutation(in Mutation mutation)
    {
        ApplyStatus status = _applier.Apply(mutation);
        if (status != ApplyStatus.Applied)
        {
            _problems.Add(status);
        }

        _told.Append(mutation.Kind switch
        {
            MutationKind.GroupBegin => "( ",
            MutationKind.GroupEnd => ") ",
            _ => $"{mutation.Kind} {Encoding.Latin1.GetString(mutation.Key)} ",
        });
    }

    void ISnapshotSink.OnItem(in ItemKey key, in ItemView item)
    {
    }

    void ISnapshotSink.OnPage(int database, ulong number, ReadOnlySpan<byte> page)
    {
    }

    private static byte[] Request(string script) => RespPeer.Encode($"EVAL \"{script}\" 1 k");

    // The value of a string, "list" for a list.
    private string Twin(string key)
    {
        ItemKey place = _twin.Key(0, Encoding.ASCII.GetBytes(key));
        using ShardScope scope = _twin.Enter(place, _host.Clock.Now);
        return !scope.Shard.TryPeek(place, _host.Clock.Now, out ItemView item) ? ""
            : item.Type == ItemType.String ? Encoding.ASCII.GetString(item.Value) : "list";
    }

    private void Finish(byte[] request)
    {
        for (int i = 0; Turn(request) == 0; i++)
        {
            Assert.True(i < 100_000);
        }
    }

    private int Turn(byte[] request, RespProcessor? processor = null)
    {
        _peer.Context.Now = _host.Clock.Now;
        _peer.Context.Output.Clear();
        _peer.Context.BeginTurn();
        return (processor ?? _processor).Process(request, _peer.Context);
    }
}
