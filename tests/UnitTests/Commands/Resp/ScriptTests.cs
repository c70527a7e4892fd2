using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class ScriptTests : OwningTests
{
    private const string PhpRedis =
        "if redis.call(\\\"get\\\",KEYS[1]) == ARGV[1] then return redis.call(\\\"del\\\",KEYS[1]) else return 0 end";

    private const string PhpRedisSha1 = "b70c2384248f88e6b75b9f89241a180f856ad852";

    private const string Laravel =
        "if redis.call(\\\"get\\\",KEYS[1]) == ARGV[1] then\\n    return redis.call(\\\"del\\\",KEYS[1])\\nelse\\n    "
            + "return 0\\nend";

    private const string LaravelAdd =
        "return redis.call('exists',KEYS[1])<1 and redis.call('setex',KEYS[1],ARGV[2],ARGV[1])";

    private const string RedisPyRelease =
        "\\n        local token = redis.call('get', KEYS[1])\\n        if not token or token ~= ARGV[1] then\\n"
        + "            return 0\\n        end\\n        redis.call('del', KEYS[1])\\n        return 1\\n    ";

    private const string RedisPyReacquire =
        "\\n        local token = redis.call('get', KEYS[1])\\n        if not token or token ~= ARGV[1] then\\n"
        + "            return 0\\n        end\\n        redis.call('pexpire', KEYS[1], ARGV[2])\\n        return 1\\n  "
        + "  ";

    private const string RedisPyExtend =
        "\\n        local token = redis.call('get', KEYS[1])\\n        if not token or token ~= ARGV[1] then\\n"
        + "            return 0\\n        end\\n        local expiration = redis.call('pttl', KEYS[1])\\n"
        + "        if not expiration then\\n            expiration = 0\\n        end\\n        if expiration < 0 "
        + "then\\n"
        + "            return 0\\n        end\\n\\n        local newttl = ARGV[2]\\n        if ARGV[3] == \\\"0\\\" "
        + "then\\n"
        + "            newttl = ARGV[2] + expiration\\n        end\\n        redis.call('pexpire', KEYS[1], newttl)\\n"
        + "        return 1\\n    ";

    private const string Delay =
        "local o = redis.call('get', KEYS[1]) if o == ARGV[1] then local t = redis.call('pttl', KEYS[1])"
        + " redis.call('pexpire', KEYS[1], ARGV[2] + t) return 1 end return 0";

    private const string Renew =
        "local o = redis.call('get', KEYS[1]) if (o == false) then"
        + " return redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2]) and 1 or 0"
        + " elseif (o == ARGV[1]) then return redis.call('pexpire', KEYS[1], ARGV[2]) else return -1 end";

    private readonly RespPeer _peer = new();

    [Fact]
    public void A_recognised_script_says_where_it_met_a_key_of_another_type() => _peer
        .Expect("HSET h f v", ":1")
        .Expect($"EVAL \"{PhpRedis}\" 1 h v",
            "-WRONGTYPE Operation against a key holding the wrong kind of value"
            + $" script: {PhpRedisSha1}, on @user_script:1.");

    [Theory]
    [InlineData("SET k v EXAT 0", "set")]
    [InlineData("SETEX k 0 v", "setex")]
    public void A_time_to_live_that_is_none_is_refused_by_the_name_of_the_command_also_in_a_script(
        string request, string name) => _peer
        .Expect($"EVAL \"return redis.pcall(unpack(ARGV))\" 0 {request}",
            $"-ERR invalid expire time in '{name}' command");

    [Theory]
    [InlineData("BZMPOP none 1 k MIN COUNT")]
    [InlineData("BLMPOP none 1 k MIN")]
    public void What_is_popped_is_read_before_the_time_to_wait(string request) =>
        _peer.Expect(request, "-ERR syntax error");

    [Fact]
    public void A_lock_is_released_by_its_owner_only() => _peer
        .Expect($"EVALSHA {PhpRedisSha1} 1 k_LOCK me", "-NOSCRIPT No matching script. Please use EVAL.")
        .Expect("SET k_LOCK me NX PX 30000", "+OK").Expect($"EVAL \"{PhpRedis}\" 1 k_LOCK other", ":0")
        .Expect($"EVALSHA {PhpRedisSha1} 1 k_LOCK other", ":0").Expect("EXISTS k_LOCK", ":1")
        .Expect($"EVALSHA {PhpRedisSha1.ToUpperInvariant()} 1 k_LOCK me", ":1").Expect("EXISTS k_LOCK", ":0")
        .Expect($"EVALSHA {PhpRedisSha1} 1 k_LOCK me", ":0").Expect($"EVALSHA {PhpRedisSha1} 1 k_LOCK", ":0");

    [Theory]
    [InlineData(PhpRedis)]
    [InlineData(Laravel)]
    [InlineData(RedisPyRelease)]
    [InlineData(
        "if(redis.call('GET', KEYS[1]) == ARGV[1]) then -- mine\\n return redis.call('DEL', KEYS[1]) end return 0;")]
    [InlineData(
        "--[[ release\\n]] if redis.call(\\\"get\\\", KEYS[1]) == ARGV[1] then return redis.call(\\\"unlink\\\", "
            + "KEYS[1]) end return 0")]
    public void Release_scripts_are_known_by_their_words(string script) => _peer
        .Expect("SET k me", "+OK")
        .Expect($"EVAL \"{script}\" 1 k other", ":0")
        .Expect($"EVAL \"{script}\" 1 k me", ":1")
        .Expect("EXISTS k", ":0");

    [Fact]
    public void Sha1_of_the_text_that_was_sent() => _peer
        .Expect($"SCRIPT LOAD \"{PhpRedis}\"", $"$40 {PhpRedisSha1}")
        .Expect($"SCRIPT LOAD \"{Laravel}\"", "$40 647c65a442733a1aa440f99908d249d13b4d6c4a")
        .Expect($"SCRIPT EXISTS {PhpRedisSha1} 647c65a442733a1aa440f99908d249d13b4d6c4a x", "*3 :1 :1 :0")
        .Expect("SCRIPT FLUSH ASYNC", "+OK").Expect($"SCRIPT EXISTS {PhpRedisSha1}", "*1 :0")
        .Expect("SCRIPT FLUSH foo", "-ERR SCRIPT FLUSH only support SYNC|ASYNC option")
        .Expect("SCRIPT KILL", "-NOTBUSY No scripts in execution right now.");

    [Fact]
    public void A_text_that_was_forgotten_comes_again() => _peer
        .Expect($"EVAL \"{PhpRedis}\" 1 k me", ":0").Expect($"EVAL \"{PhpRedis}\" 1 k me", ":0")
        .Expect($"SCRIPT EXISTS {PhpRedisSha1}", "*1 :1")
        .Expect("SCRIPT FLUSH", "+OK")
        .Expect($"SCRIPT EXISTS {PhpRedisSha1}", "*1 :0")
        .Expect($"EVAL \"{PhpRedis}\" 1 k me", ":0")
        .Expect($"SCRIPT EXISTS {PhpRedisSha1}", "*1 :1").Expect($"EVALSHA {PhpRedisSha1} 1 k me", ":0");

    [Fact]
    public void Laravel_adds_unless_present() => _peer
        .Expect($"EVAL \"{LaravelAdd}\" 1 k v 100", "+OK").Expect("TTL k", ":100").Expect("GET k", "$1 v")
        .Expect($"EVAL \"{LaravelAdd}\" 1 k w 100", "$-1").Expect("GET k", "$1 v");

    [Fact]
    public void A_lock_is_renewed_by_its_owner_only() => _peer
        .Expect("SET k me", "+OK").Expect($"EVAL \"{RedisPyReacquire}\" 1 k other 1000", ":0").Expect("PTTL k", ":-1")
        .Expect($"EVAL \"{RedisPyReacquire}\" 1 k me 1000", ":1").Expect("PTTL k", ":1000")
        .Expect($"EVAL \"{RedisPyExtend}\" 1 k me 500 0", ":1").Expect("PTTL k", ":1500")
        .Expect($"EVAL \"{RedisPyExtend}\" 1 k me 500 1", ":1").Expect("PTTL k", ":500")
        .Expect($"EVAL \"{RedisPyExtend}\" 1 k other 500 1", ":0").Expect("PERSIST k", ":1")
        .Expect($"EVAL \"{RedisPyExtend}\" 1 k me 500 1", ":0").Expect($"EVAL \"{RedisPyReacquire}\" 1 k me 0", ":1")
        .Expect("EXISTS k", ":0");

    [Theory]
    [InlineData(
        "local a = redis.call('get', KEYS[1]) if a == ARGV[1] then redis.call('del', KEYS[1]) return 1 end return 0")]
    [InlineData(
        "local _x9 = redis.call('GET', KEYS[1]) if _x9 == ARGV[1] then redis.call('DEL', KEYS[1]) return 1 end "
            + "return 0")]
    [InlineData(
        "local token = redis.call('get', KEYS[1]) if not token or token ~= ARGV[1] then return 0 end redis.call('del', "
            + "KEYS[1]) return 1")]
    public void Local_variables_may_have_any_name(string script) => _peer
        .Expect("SET k me", "+OK")
        .Expect($"EVAL \"{script}\" 1 k other", ":0")
        .Expect($"EVAL \"{script}\" 1 k me", ":1")
        .Expect("EXISTS k", ":0");

    [Fact]
    public void A_lock_gets_more_time() => _peer
        .Expect("SET k me PX 1000", "+OK").Expect($"EVAL \"{Delay}\" 1 k other 500", ":0").Expect("PTTL k", ":1000")
        .Expect($"EVAL \"{Delay}\" 1 k me 500", ":1").Expect("PTTL k", ":1500")
        .Expect($"EVAL \"{Delay}\" 1 k me -1500", ":1").Expect("EXISTS k", ":0")
        .Expect("SET k me", "+OK").Expect($"EVAL \"{Delay}\" 1 k me 500", ":1").Expect("PTTL k", ":499");

    [Fact]
    public void A_lock_is_extended_or_taken_again() => _peer
        .Expect($"EVAL \"{Renew}\" 1 k me 500", ":1").Expect("GET k", "$2 me").Expect("PTTL k", ":500")
        .Expect($"EVAL \"{Renew}\" 1 k me 900", ":1").Expect("PTTL k", ":900")
        .Expect($"EVAL \"{Renew}\" 1 k other 100", ":-1").Expect("PTTL k", ":900")
        .Expect($"EVAL \"{Renew}\" 1 k me 0", ":1").Expect("EXISTS k", ":0");

    [Fact]
    public void Errors_inside_scripts_name_script_and_line()
    {
        const string Sha1 = "a08c9c69b7c07ae2485190873b90d128a23e502d";
        const string Where = $" script: {Sha1}, on @user_script:1.";
        const string Missing = "-ERR Lua redis lib command arguments must be strings or integers";
        _peer.Expect($"EVAL \"{LaravelAdd}\" 1 k v 0", "-ERR invalid expire time in 'setex' command" + Where)
            .Expect($"EVAL \"{LaravelAdd}\" 1 k v x", "-ERR value is not an integer or out of range" + Where)
            .Expect($"EVAL \"{LaravelAdd}\" 1 k v", Missing + Where)
            .Expect($"EVAL \"{LaravelAdd}\" 0", Missing + Where)
            .Expect("SET k me", "+OK");
        Assert.EndsWith("on @user_script:6.", _peer.Send($"EVAL \"{RedisPyReacquire}\" 1 k me x"));
    }

    [Theory]
    [InlineData("x", "-ERR value is not an integer or out of range")]
    [InlineData("2 k", "-ERR Number of keys can't be greater than number of args")]
    [InlineData("-1 k", "-ERR Number of keys can't be negative")]
    public void The_number_of_keys_is_checked_first(string rest, string error) =>
        _peer.Expect($"EVAL \"return 1\" {rest}", error);

    [Fact]
    public void Scripts_run_inside_transactions() => _peer
        .Expect("SET k me", "+OK")
        .Expect("MULTI", "+OK")
        .Expect($"EVAL \"{PhpRedis}\" 1 k me", "+QUEUED")
        .Expect("EXISTS k", "+QUEUED")
        .Expect("EXEC", "*2 :1 :0");
}
