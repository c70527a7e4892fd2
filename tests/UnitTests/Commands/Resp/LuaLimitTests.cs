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

    public static TheoryData<string> Adversaries =>
    [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "local s = 'x' while true do s = s .. s end",
        "return string.rep('x', 1e9)",
        "return string.rep('x', 2^40)",
        "while true do string.rep('x', 1e7) end",
        "local s = string.rep('x', 4e6) return s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s",
        "local function f(n) return f(n + 1) + 1 end return f(1)",
        "local f f = function() return pcall(f) end f()",
        "local f f = function(...) return f(1, ...) end f()",
        "local f f = function() return xpcall(f, f) end f()",
        "local function f() return coroutine.wrap(f)() end f()",
        "local t = {} while true do t[#t + 1] = 'xx' .. #t end",
        "local t = {} for i = 1, 1e9 do t[i] = {} end",
        "local t = {} while true do t = {t} end",
        "local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1]",
        "local t = setmetatable({}, {}) getmetatable(t).__index = t return t.x",
        "return tostring(setmetatable({}, {__tostring = function() while true do end end}))",
        "return setmetatable({}, {__concat = function() while true do end end}) .. 'x'",
        "local a = setmetatable({}, {__lt = function() while true do end end}) return a < a",
        "setmetatable({}, {__gc = function() while true do end end}) for i = 1, 1e5 do local x = {} end return 1",
        "return xpcall(error, function() while true do end end)",
        "error(setmetatable({}, {__tostring = function() while true do end end}))",
        "table.sort({3, 2, 1}, function() while true do end end)",
        "string.gsub('x', 'x', function() while true do end end)",
        "local t = {} for i = 1, 1e5 do t[i] = i end table.sort(t, function() return true end)",
        "coroutine.wrap(function() while true do end end)()",
        "load(function() while true do end end)",
        "return string.find(string.rep('a', 50000), string.rep('a*', 30) .. 'b')",
        "return string.find(string.rep('a', 100000), '.-.-.-.-b')",
        "return string.find(string.rep('a', 100000), '(.*)(.*)(.*)x')",
        "return string.match(string.rep('a', 100000), '^(a?)*$')",
        "return string.match(string.rep('[', 10000), '%b[]')",
        "return string.find('x', string.rep('[', 100000))",
        "return string.find(string.rep('a', 1000), string.rep('(a', 40))",
        "return string.gsub(string.rep('x', 1e6), 'x', string.rep('y', 1000))",
        "local s = string.rep('a', 1e6) while true do string.gsub(s, 'b*', 'c') end",
        "for w in string.gmatch(string.rep('a', 1e6), 'a') do end while true do end",
        "local s = string.rep('x', 1e6) return string.format(string.rep('%s', 60), s, s, s, s, s, s, s, s, s, s, s, s)",
        "return table.concat(setmetatable({}, {__index = function() while true do end end}), ',', 1, 10)",
        "local t = {} for i = 1, 200 do t[i] = string.rep('x', 1e5) end while true do table.concat(t) end",
        "local t = {} t[1] = t return t",
        "local t = {1} t[2] = t t[3] = t return t",
        "local t = {} for i = 1, 7000 do t[i] = 1 end while true do unpack(t) end",
        "return select('#', unpack({}, 1, 1e7))",
        "while true do loadstring('return 1') end",
        "return loadstring(string.rep('(', 10000) .. '1')",
        "return loadstring(string.rep('a=', 10000) .. '1')",
        "return cjson.decode(string.rep('[', 1e6))",
        "return cjson.decode('[' .. string.rep('1,', 1e6) .. '1]')",
        "local t = {} t.t = t return cjson.encode(t)",
        "return cmsgpack.unpack(string.rep('\\145', 1e6))",
        "return cmsgpack.unpack('\\221\\255\\255\\255\\255' .. string.rep('\\192', 1e6))",
        "return struct.pack('c0', string.rep('x', 1e8))",
        "while true do redis.sha1hex(string.rep('x', 1e6)) end",
        "while true do redis.call('get', KEYS[1]) end",
        "for i = 1, 1e9 do redis.call('append', KEYS[1], string.rep('x', 1000)) end",
        "while true do redis.call('keys', '*') end",
        "while true do redis.pcall('nothing') end",
        "while true do tostring({}) end",
        "while true do collectgarbage() end",
        "for name in pairs(_G) do _G[name] = nil end",
        "getmetatable('').__index = nil",
    ];

    [Theory, MemberData(nameof(Adversaries))]
    public void Others_are_served_between_the_steps_and_afterwards(string script)
    {
        byte[] request = RespPeer.Encode($"EVAL \"{script.Replace("\\", "\\\\", StringComparison.Ordinal)}\" 1 k v");
        int turns = 0;
        while (Turn(request) == 0 && turns++ < 40)
        {
            _innocent.Expect("SET a b", "+OK").Expect("GET a", "$1 b");
        }

        _peer.Close();
        _processor.OnClosed(_peer.Context);
        Assert.Equal("+OK", _innocent.Send("SET k v"));
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
    public void A_script_that_has_written_is_not_killed()
    {
        byte[] request = RespPeer.Encode("EVAL \"redis.call('set', KEYS[1], 'x') while true do end\" 1 k");
        Assert.Equal(0, Turn(request));
        Assert.StartsWith("-UNKILLABLE Sorry the script already executed write commands", _innocent.Send(
            "SCRIPT KILL"));
        Assert.Equal(0, Turn(request));
        Assert.Equal("", _innocent.Send("GET k"));
        _processor.OnClosed(_peer.Context);
        Assert.Equal("$1\r\nx\r\n", _innocent.SendRaw(""));
        _innocent.Expect("SCRIPT KILL", "-NOTBUSY No scripts in execution right now.");
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

    [Fact]
    public void A_script_that_is_too_long_is_refused() => Assert.Equal(
        "-ERR script is longer than 65536 bytes", _innocent.Send($"EVAL \"return '{new string('x', 66_000)}'\" 0"));

    private int Turn(byte[] request)
    {
        _peer.Context.Now = _host.Clock.Now;
        _peer.Context.Output.Clear();
        _peer.Context.BeginTurn();
        return _processor.Process(request, _peer.Context);
    }

    private string Written() => Encoding.Latin1.GetString(_peer.Context.Output.Written);
}
