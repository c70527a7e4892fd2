using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace SessionGateway.AspNetCore.Storage;

/// <summary>The lock of phpredis (and, through the gateway, of php-memcached): a key that holds a token of its
/// owner.</summary>
internal sealed class TokenLock : HeldLock
{
    /// <summary>
    /// phpredis' own words, to the letter: its SHA1 is what stores that do not run Lua recognise, and what one PHP
    /// request has brought into the script cache serves this library as well.
    /// </summary>
    public const string ReleaseScript =
        """if redis.call("get",KEYS[1]) == ARGV[1] then return redis.call("del",KEYS[1]) else return 0 end""";

    private static readonly byte[] ReleaseHash = SHA1.HashData(Encoding.ASCII.GetBytes(ReleaseScript));

    // phpredis stores "host|pid", and another process of it may never compare equal; the third part tells requests
    // apart.
    private static readonly string Process = $"{Environment.MachineName}|{Environment.ProcessId}|";

    private readonly RedisKey _key;
    private readonly RedisValue _token;

    private TokenLock(RedisKey key, RedisValue token)
    {
        _key = key;
        _token = token;
    }

    /// <summary>One try.</summary>
    public static async Task<HeldLock?> TryTakeAsync(IDatabase database, RedisKey key, TimeSpan lifetime)
    {
        var held = new TokenLock(key, Process + RandomNumberGenerator.GetHexString(16, lowercase: true));
        return await database.StringSetAsync(key, held._token, lifetime, When.NotExists) ? held : null;
    }

    public override ValueTask<Condition?> ProofAsync(IDatabase database) => new(Condition.StringEqual(_key, _token));

    public override void ReleaseIn(ITransaction transaction) => _ = transaction.KeyDeleteAsync(_key);

    public override async Task ReleaseAsync(IDatabase database)
    {
        try
        {
            await database.ScriptEvaluateAsync(ReleaseHash, [_key], [_token]);
        }
        catch (RedisServerException)
        {
            // Not in the script cache: sent in full, which also brings it there.
            await database.ScriptEvaluateAsync(ReleaseScript, [_key], [_token], CommandFlags.NoScriptCache);
        }
    }
}
