using System.Text;
using SessionGateway.Commands.Resp.Scripting.Meanings;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>
/// The scripts that are understood: what lock libraries send, by meaning. A text is compared word by word (<see
/// cref="LuaWords"/>), so layout, comments, kind of quotes, the case of command names and the names of local variables
/// do not matter.
/// </summary>
internal static class ScriptCatalog
{
    private static readonly Dictionary<string, ScriptMeaning> Known = Build();

    /// <summary>The meaning of a script, or null.</summary>
    public static ScriptMeaning? Find(ReadOnlySpan<byte> text) =>
        Known.GetValueOrDefault(LuaWords.Normalise(Encoding.Latin1.GetString(text)));

    private static Dictionary<string, ScriptMeaning> Build()
    {
        var known = new Dictionary<string, ScriptMeaning>(StringComparer.Ordinal);
        AddGuarded(known, "redis.call('del', KEYS[1])", new DeleteIfEqual());
        AddGuarded(known, "redis.call('unlink', KEYS[1])", new DeleteIfEqual());
        AddGuarded(known, "redis.call('pexpire', KEYS[1], ARGV[2])", new ExpireIfEqual("pexpire", unit: 1));
        AddGuarded(known, "redis.call('expire', KEYS[1], ARGV[2])", new ExpireIfEqual("expire", unit: 1000));

        // redis-py, Lock.extend
        Add(known, """
            local token = redis.call('get', KEYS[1])
            if not token or token ~= ARGV[1] then return 0 end
            local expiration = redis.call('pttl', KEYS[1])
            if not expiration then expiration = 0 end
            if expiration < 0 then return 0 end
            local newttl = ARGV[2]
            if ARGV[3] == "0" then newttl = ARGV[2] + expiration end
            redis.call('pexpire', KEYS[1], newttl)
            return 1
            """, new ExtendIfEqual());

        // FreeRedis and CSRedisCore, Delay of a lock
        Add(known, """
            local owner = redis.call('get', KEYS[1])
            if owner == ARGV[1] then
                local left = redis.call('pttl', KEYS[1])
                redis.call('pexpire', KEYS[1], ARGV[2] + left)
                return 1
            end
            return 0
            """, new LengthenIfEqual());

        // RedLock.net, extension of a lock
        Add(known, """
            local owner = redis.call('get', KEYS[1])
            if (owner == false) then return redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2]) and 1 or 0
            elseif (owner == ARGV[1]) then return redis.call('pexpire', KEYS[1], ARGV[2])
            else return -1 end
            """, new SetOrExtend());

        // Laravel, RedisStore::add
        Add(known, """
            return redis.call('exists',KEYS[1])<1 and redis.call('setex',KEYS[1],ARGV[2],ARGV[1])
            """, new SetIfAbsent());
        return known;
    }

    // The ways in which "when the lock is mine" is written: phpredis, Laravel and Redis' own documentation;
    // without an else; with brackets; with a local variable (redis-py, Spring), also the other way round (FreeRedis,
    // CSRedisCore).
    private static void AddGuarded(Dictionary<string, ScriptMeaning> known, string action, ScriptMeaning meaning)
    {
        Add(known, $"if redis.call('get', KEYS[1]) == ARGV[1] then return {action} else return 0 end", meaning);
        Add(known, $"if redis.call('get', KEYS[1]) == ARGV[1] then return {action} end return 0", meaning);
        Add(known, $"if (redis.call('get', KEYS[1]) == ARGV[1]) then return {action} else return 0 end", meaning);
        Add(known, $"if (redis.call('get', KEYS[1]) == ARGV[1]) then return {action} end return 0", meaning);
        Add(known, $"""
            local token = redis.call('get', KEYS[1])
            if not token or token ~= ARGV[1] then return 0 end
            {action}
            return 1
            """, meaning);
        Add(known, $"""
            local owner = redis.call('get', KEYS[1])
            if owner == ARGV[1] then {action} return 1 end
            return 0
            """, meaning);
    }

    private static void Add(Dictionary<string, ScriptMeaning> known, string text, ScriptMeaning meaning) =>
        known.Add(LuaWords.Normalise(text), meaning);
}
