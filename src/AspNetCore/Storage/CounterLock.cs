using System.Security.Cryptography;
using StackExchange.Redis;

namespace SessionGateway.AspNetCore.Storage;

/// <summary>
/// The lock of pecl-memcache: a number. Its clients hold the lock when <c>incr</c> gives exactly 1 or <c>add</c>
/// stores, release it with 0, and count it up with each vain try. A large random start leaves room for those counts and
/// still says whose it is.
/// </summary>
internal sealed class CounterLock : HeldLock
{
    // Vain tries that one holder can see: pecl-memcache's pauses grow from 5 ms to 1 s, so a million is years of
    // waiting.
    private const int RoomBits = 20;

    // Below 2^62: both the unsigned counter of memcached and the signed one of RESP can count it.
    private const int OwnerBits = 41;

    private const string Free = "0";

    // pecl-memcache keeps a released lock for memcache.lock_timeout, 15 s by default, and takes a missing one all the
    // same.
    private static readonly TimeSpan FreeLifetime = TimeSpan.FromSeconds(15);

    private readonly RedisKey _key;
    private readonly long _owner;

    private CounterLock(RedisKey key, long owner)
    {
        _key = key;
        _owner = owner;
    }

    private long Start => _owner << RoomBits;

    /// <summary>One try.</summary>
    public static async Task<HeldLock?> TryTakeAsync(IDatabase database, RedisKey key, TimeSpan lifetime)
    {
        var held = new CounterLock(key,
            1 + (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & ((1L << OwnerBits) - 1)));
        if (await database.StringSetAsync(key, held.Start, lifetime, When.NotExists))
        {
            return held;
        }

        // Not INCR: on a key that ends in this moment it would make a lock without an end.
        // The one command that SER301 proposes instead needs Redis 8.4; stores of any age have WATCH.
#pragma warning disable SER301
        ITransaction transaction = database.CreateTransaction();
        transaction.AddCondition(Condition.StringEqual(key, Free));
#pragma warning restore SER301
        _ = transaction.StringSetAsync(key, held.Start, lifetime);
        return await transaction.ExecuteAsync() ? held : null;
    }

    public override async ValueTask<Condition?> ProofAsync(IDatabase database)
    {
        RedisValue value = await database.StringGetAsync(_key);
        return IsOurs(value) ? Condition.StringEqual(_key, value) : null;
    }

    public override void ReleaseIn(ITransaction transaction) =>
        _ = transaction.StringSetAsync(_key, Free, FreeLifetime);

    public override async Task ReleaseAsync(IDatabase database)
    {
        // Again when somebody counted between reading and writing.
        while (await ProofAsync(database) is { } proof)
        {
            ITransaction transaction = database.CreateTransaction();
            transaction.AddCondition(proof);
            ReleaseIn(transaction);
            if (await transaction.ExecuteAsync())
            {
                return;
            }
        }
    }

    private bool IsOurs(RedisValue value) =>
        long.TryParse((string?)value, out long count) && count >> RoomBits == _owner;
}
