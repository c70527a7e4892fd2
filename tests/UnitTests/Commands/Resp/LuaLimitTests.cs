using System.Text;
using SessionGateway.Commands.Resp;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Scripts that take everything they can get.</summary>
public sealed class LuaLimitTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _innocent;
    private readonly RespPeer _peer;
    private readonly RespProcessor _processor = new();

    public LuaLimitTests()
    {
        _innocent = new RespPeer(_host);
        _peer = new RespPeer(_host);
    }

    /// <summary>The scripts that bench/Load sends, one a line.</summary>
    public static TheoryData<string> Adversaries =>
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "adversaries.lua"))];

    [Theory, MemberData(nameof(Adversaries))]
    public void Others_are_served_between_the_steps_and_afterwards(string script)
    {
        byte[] request = RespPeer.Encode($"EVAL \"{script.Replace("\\", "\\\\", StringComparison.Ordinal)}\" 1 k v");
        int turns = 0;
        while (Turn(request) == 0 && turns++ < 20)
        {
            _innocent.Expect("SET a b", "+OK").Expect("GET a", "$1 b");
        }

        _peer.Close();
        _processor.OnClosed(_peer.Context);
        // One that has written keeps its key until it ends.
        Assert.Equal("+OK", _innocent.Send("SET another v"));
        Assert.Equal("$6 answer", _innocent.Send("EVAL \"return 'answer'\" 0"));
    }

    [Fact]
    public void An_endless_script_is_killed_where_it_is()
    {
        byte[] request = RespPeer.Encode("EVAL \"local n = 0\\nwhile true do n = n + 1 end\" 0");
        Assert.Equal(0, Turn(request));
        _innocent.Expect("SCRIPT KILL", "+OK");
        Assert.Equal(request.Length, Turn(request));
        string reply = Written();
        Assert.StartsWith("-ERR Script killed by user with SCRIPT KILL... script: ", reply);
        Assert.EndsWith(", on @user_script:2.\r\n", reply);
        _innocent.Expect("SCRIPT KILL", "-NOTBUSY No scripts in execution right now.");
    }

    [Fact]
    public void A_script_that_has_written_is_not_killed_and_ends_when_the_gateway_stops()
    {
        byte[] request = RespPeer.Encode("EVAL \"redis.call('set', KEYS[1], 'x') while true do end\" 1 k");
        Assert.Equal(0, Turn(request));
        Assert.StartsWith("-UNKILLABLE Sorry the script already executed write commands", _innocent.Send(
            "SCRIPT KILL"));
        Assert.Equal(0, Turn(request));
        Assert.Equal("", _innocent.Send("GET k"));
        _host.Services.Resp.EndScripts(_host.Clock.Now + 10);
        Assert.Equal(0, Turn(request));
        _host.Clock.Now += 10;
        Assert.Equal(request.Length, Turn(request));
        Assert.StartsWith("-ERR The gateway stops, the script was ended script: ", Written());

        // Nobody sees half of what it did.
        Assert.Equal("", _innocent.SendRaw(""));
    }

    [Fact]
    public void When_the_gateway_stops_scripts_that_have_not_written_end_at_once()
    {
        byte[] request = RespPeer.Encode("EVAL \"while true do end\" 0");
        Assert.Equal(0, Turn(request));
        _host.Services.Resp.EndScripts(_host.Clock.Now + 3000);
        Assert.Equal(request.Length, Turn(request));
        Assert.StartsWith("-ERR The gateway stops, the script was ended script: ", Written());
    }

    [Fact]
    public void Scripts_that_run_alone_do_not_hold_up_what_else_is_left()
    {
        var second = new RespProcessor();
        byte[] finite = RespPeer.Encode(
            "EVAL \"redis.call('set', KEYS[1], 'x') for i = 1, 1000000 do end return redis.call('get', KEYS[1])\" 1 j");
        byte[] endless = RespPeer.Encode("EVAL \"redis.call('set', KEYS[1], 'x') while true do end\" 1 k");
        Assert.Equal(0, Turn(endless));
        Assert.Equal(0, Turn(finite, second));
        _processor.OnClosed(_peer.Context);
        second.OnClosed(_peer.Context);
        Assert.Equal("", _innocent.Send("GET j"));
        for (int i = 0; _innocent.Connection.IsParked; i++)
        {
            Assert.True(i < 100_000);
            _peer.Context.Leftovers.Slice();
        }

        Assert.Equal("$1\r\nx\r\n", _innocent.SendRaw(""));
        Assert.True(_peer.Context.Leftovers.Any);
    }

    [Fact]
    public void Inside_of_a_transaction_an_endless_script_is_ended_and_the_rest_is_executed()
    {
        _peer.Expect("MULTI", "+OK").Expect("EVAL \"while true do end\" 0", "+QUEUED").Expect("SET k v", "+QUEUED");
        string reply = _peer.Send("EXEC");
        Assert.StartsWith("*2 -ERR the script has done too much work at one moment, it was stopped: inside EXEC it may "
            + "take 200000 instructions script: ", reply);
        Assert.EndsWith(" +OK", reply);
    }

    [Fact]
    public void Inside_of_a_transaction_time_in_which_other_threads_run_does_not_end_a_script()
    {
        _peer.Expect("MULTI", "+OK").Expect(
            "EVAL \"local n = 0 for i = 1, 20000 do n = n + 1 end return redis.call('SET', KEYS[1], n)\" 1 k",
            "+QUEUED");
        _host.Clock.MillisecondsPerLook = 1000;
        Assert.Equal("*1 +OK", _peer.Send("EXEC"));
        _host.Clock.MillisecondsPerLook = 0;
        _peer.Expect("GET k", "$5 20000");
    }

    [Fact]
    public void More_scripts_than_may_run_long_are_told_that_it_is_busy()
    {
        byte[] request = RespPeer.Encode("EVAL \"while true do end\" 0");
        var running = new List<RespProcessor>();
        for (int i = 0; i < 64; i++)
        {
            running.Add(new RespProcessor());
            _peer.Context.BeginTurn();
            Assert.Equal(0, running[i].Process(request, _peer.Context));
        }

        Assert.StartsWith("-BUSY ", _innocent.Send("EVAL \"while true do end\" 0"));
        _innocent.Expect("EVAL \"return 1\" 0", ":1");
        running.ForEach(processor => processor.OnClosed(_peer.Context));
    }

    [Fact]
    public void Scripts_that_were_evaluated_make_way_and_those_that_were_loaded_stay()
    {
        string loaded = _innocent.Send("SCRIPT LOAD \"return 'loaded'\"")[4..];
        for (int i = 0; i < 1100; i++)
        {
            _innocent.Expect($"EVAL \"return {i}\" 0", $":{i}");
        }

        _innocent.Expect($"EVALSHA {loaded} 0", "$6 loaded");
        Assert.Contains("number_of_cached_scripts:1000", _innocent.Send("INFO memory"));
    }

    [Fact]
    public void Scripts_that_look_at_all_keys_do_not_wait_for_each_other()
    {
        Thread[] threads =
        [
            .. new[] { "a", "b" }.Select(key => new Thread(() =>
            {
                var peer = new RespPeer(_host);
                for (int i = 0; i < 3000; i++)
                {
                    peer.Send($"EVAL \"redis.call('get', KEYS[1]) return redis.call('dbsize')\" 1 {key}");
                }
            })
            {
                IsBackground = true,
            }),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(2)),
            "two scripts wait for each other"));
    }

    [Theory]
    [InlineData("FCALL f 0", "-ERR unknown command 'FCALL', with args beginning with: 'f' '0'")]
    [InlineData("FUNCTION LIST", "-ERR unknown command 'FUNCTION', with args beginning with: 'LIST'")]
    [InlineData("SCRIPT DEBUG YES", "-ERR unknown subcommand 'DEBUG'. Try SCRIPT HELP.")]
    public void Functions_are_no_commands(string request, string reply) => _innocent.Expect(request, reply);

    [Theory]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public void A_text_that_is_too_long_for_a_script_to_compile_is_refused(int statements)
    {
        string reply = _innocent.Send(
            $"EVAL \"return select(2, loadstring(string.rep('a=1 ', {statements})))\" 0");
        Assert.Contains("[string \"a=1 a=1", reply);
        Assert.EndsWith(": text is longer than 16384 bytes", reply);
        _innocent.Expect("EVAL \"return loadstring(string.rep('a=1 ', 4096)) and 'compiled'\" 0", "$8 compiled");
    }

    [Fact]
    public void A_script_that_is_too_long_is_refused() => Assert.Equal(
        "-ERR script is longer than 65536 bytes", _innocent.Send($"EVAL \"return '{new string('x', 66_000)}'\" 0"));

    private int Turn(byte[] request, RespProcessor? processor = null)
    {
        _peer.Context.Now = _host.Clock.Now;
        _peer.Context.Output.Clear();
        _peer.Context.BeginTurn();
        return (processor ?? _processor).Process(request, _peer.Context);
    }

    private string Written() => Encoding.Latin1.GetString(_peer.Context.Output.Written);
}
