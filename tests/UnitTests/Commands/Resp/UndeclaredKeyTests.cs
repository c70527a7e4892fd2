using System.Text;
using SessionGateway.Commands.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Scripts that have shown to need their KEYS only, and then touch another key after they have
/// written.</summary>
public sealed class UndeclaredKeyTests : OwningTests, IMutationListener
{
    private const string Script =
        "redis.call('SET', KEYS[1], 'x') if ARGV[1] then redis.call('SET', ARGV[1], 'y') end return 'whole'";

    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;
    private readonly RespProcessor _processor = new();
    private readonly StringBuilder _told = new();

    public UndeclaredKeyTests() => _peer = new RespPeer(_host);

    [Fact]
    public void The_script_goes_on_whichever_shards_the_keys_are_in()
    {
        for (int i = 0; i < 100; i++)
        {
            // What a script has shown is forgotten with it.
            _peer.Expect("SCRIPT FLUSH", "+OK").Expect($"EVAL \"{Script}\" 1 first", "$5 whole");
            _peer.Expect($"EVAL \"{Script}\" 1 a{i} b{i}", "$5 whole").Expect($"MGET a{i} b{i}", "*2 $1 x $1 y");
        }
    }

    [Fact]
    public void All_that_it_does_is_one_group_of_the_mutation_stream()
    {
        _peer.Expect($"EVAL \"{Script}\" 1 a", "$5 whole");
        _host.Store.Listen(this);
        _peer.Expect($"EVAL \"{Script}\" 1 b c", "$5 whole");
        Assert.Equal("( b c )", _told.ToString());
    }

    [Fact]
    public void While_somebody_else_keeps_the_other_keys_shard_it_waits_and_is_whole_afterwards()
    {
        _peer.Expect($"EVAL \"{Script}\" 1 a", "$5 whole");
        byte[] request = RespPeer.Encode($"EVAL \"{Script}\" 1 a b");
        using var isHeld = new ManualResetEventSlim();
        using var mayLeave = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            using ShardScope scope = _host.Store.Enter(_host.Store.Key(0, "b"u8), _host.Clock.Now);
            isHeld.Set();
            mayLeave.Wait(TimeSpan.FromMinutes(1));
        })
        {
            IsBackground = true,
        };
        other.Start();
        Assert.True(isHeld.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal(0, Turn(request));
        mayLeave.Set();
        Assert.True(other.Join(TimeSpan.FromMinutes(1)));
        while (Turn(request) == 0)
        {
        }

        Assert.Equal("$5\r\nwhole\r\n", Encoding.Latin1.GetString(_peer.Context.Output.Written));
        _peer.Context.Output.Clear();
        _peer.Expect("MGET a b", "*2 $1 x $1 y");
    }

    [Fact]
    public void More_work_than_one_moment_may_take_is_done_in_several()
    {
        _peer.Expect($"SETRANGE big 3000000 x", ":3000001");
        string script = "redis.call('SET', KEYS[1], 1) for i = 1, 300 do redis.call('BITCOUNT', KEYS[2]) end "
            + "redis.call('INCR', KEYS[1]) return 'whole'";
        _peer.Expect($"EVAL \"{script}\" 2 n big", "$5 whole").Expect("GET n", "$1 2");
    }

    void IMutationListener.OnMutation(in Mutation mutation) => _told.Append(mutation.Kind switch
    {
        MutationKind.GroupBegin => "( ",
        MutationKind.GroupEnd => ")",
        _ => $"{Encoding.ASCII.GetString(mutation.Key)} ",
    });

    private int Turn(byte[] request)
    {
        _peer.Context.Now = _host.Clock.Now;
        _peer.Context.Output.Clear();
        _peer.Context.BeginTurn();
        return _processor.Process(request, _peer.Context);
    }
}
