using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Scripts that Lua runs; what they answer is compared with a real server in compat-tests/Wire.</summary>
public sealed class LuaTests : OwningTests
{
    private readonly RespPeer _peer = new();

    [Theory]
    [InlineData("return 1", ":1")]
    [InlineData("return {1, 2.9, 'a', true, false}", "*5 :1 :2 $1 a :1 $-1")]
    [InlineData("return 10/2 .. ' ' .. 3 .. ' ' .. 1e15 .. ' ' .. 7/2", "$13 5 3 1e+15 3.5")]
    [InlineData("return #KEYS .. ARGV[1]", "$2 1v")]
    [InlineData("return ARGV[1]", "$1 v")]
    [InlineData("local t = {} for i = 1, 3 do t[#t + 1] = i end return table.getn(t)", ":3")]
    [InlineData("return {unpack({1, 2, 3}, 2)}", "*2 :2 :3")]
    [InlineData("return redis.status_reply('fine')", "+fine")]
    [InlineData("return redis.error_reply('MY error')", "-MY error")]
    public void Values_are_those_of_redis(string script, string reply) =>
        _peer.Expect($"EVAL \"{script}\" 1 k v", reply);

    [Theory]
    [InlineData("return nothing", "user_script:1: Script attempted to access nonexistent global variable 'nothing'")]
    [InlineData("x = 1", "user_script:1: Attempt to modify a readonly table")]
    [InlineData("local t return t.x", "user_script:1: attempt to index local 't' (a nil value)")]
    [InlineData("return redis.call('nothing')", "Unknown Redis command called from script")]
    [InlineData("return redis.call('get')", "Wrong number of args calling Redis command from script")]
    [InlineData("return redis.call('subscribe', 'a')", "This Redis command is not allowed from script")]
    [InlineData("error('a')", "user_script:1: a")]
    public void Errors_name_the_script_and_the_line(string script, string message)
    {
        string reply = _peer.Send($"EVAL \"{script}\" 0");
        Assert.StartsWith($"-ERR {message} script: ", reply);
        Assert.EndsWith(", on @user_script:1.", reply.TrimEnd());
    }

    [Fact]
    public void Text_that_is_no_lua_is_refused_and_not_kept() => _peer
        .Expect("SCRIPT LOAD \"return return\"",
            "-ERR Error compiling script (new function): user_script:1: unexpected symbol near 'return'")
        .Expect("EVAL \"return return\" 0",
            "-ERR Error compiling script (new function): user_script:1: unexpected symbol near 'return'");

    [Fact]
    public void Commands_go_through_the_ordinary_table() => _peer
        .Expect("EVAL \"return {redis.call('set', KEYS[1], ARGV[1]), redis.call('get', KEYS[1]), "
                + "redis.call('incr', KEYS[2])}\" 2 a b v",
            "*3 +OK $1 v :1")
        .Expect("GET a", "$1 v").Expect("GET b", "$1 1");

    [Fact]
    public void Commands_of_a_script_have_a_database_and_a_version_of_their_own() => _peer
        .Expect("EVAL \"redis.call('select', 3) redis.setresp(3) return redis.call('set', 'k', 'v')\" 0", "+OK")
        .Expect("GET k", "$-1").Expect("SELECT 3", "+OK").Expect("GET k", "$1 v");

    [Fact]
    public void A_key_that_was_not_declared_is_found_all_the_same() => _peer
        .Expect("MSET a 1 b 2 c 3", "+OK")
        .Expect("EVAL \"return redis.call('get', ARGV[1])\" 1 a b", "$1 2")
        .Expect("EVAL \"return redis.call('get', ARGV[1])\" 1 a c", "$1 3")
        .Expect("EVAL \"return redis.call('get', KEYS[1])\" 1 a", "$1 1");

    [Fact]
    public void A_read_only_script_writes_nothing() => _peer
        .Expect("SET k v", "+OK")
        .Expect("EVAL_RO \"return redis.call('get', KEYS[1])\" 1 k", "$1 v")
        .Expect("EVALSHA_RO 4e6d8fc8bb01276962cce5371fa795a7763657ae 1 k", "$1 v")
        .Expect("EVAL_RO \"return redis.call('del', KEYS[1])\" 1 k",
            "-ERR Write commands are not allowed from read-only scripts."
            + " script: 98b2b88b1aa43ae891c8e2859ad7d9cd48c1c784, on @user_script:1.");

    [Fact]
    public void Evalsha_and_show_know_what_was_sent()
    {
        _peer.Expect("EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0",
            "-NOSCRIPT No matching script. Please use EVAL.")
            .Expect("EVAL \"return 1\" 0", ":1")
            .Expect("EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0", ":1")
            .Expect("SCRIPT SHOW e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "$8 return 1")
            .Expect("SCRIPT SHOW e0e1f9fabfc9d4800c877a703b823ac0578ff8dc", "-NOSCRIPT No matching script.");
    }

    [Fact]
    public void Scripts_run_inside_transactions() => _peer
        .Expect("MULTI", "+OK")
        .Expect("EVAL \"return redis.call('incr', KEYS[1])\" 1 k", "+QUEUED")
        .Expect("INCR k", "+QUEUED")
        .Expect("EXEC", "*2 :1 :2");
}
