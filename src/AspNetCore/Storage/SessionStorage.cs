using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace SessionGateway.AspNetCore.Storage;

/// <summary>Sessions and their locks in the store.</summary>
internal sealed class SessionStorage(StoreCircuit store, IOptions<SharedSessionOptions> options, TimeProvider time)
{
    // A write competes with changes of the keys it watches (waiters that count up a pecl lock); each round is one of
    // theirs.
    private const int MaxWriteRounds = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);

    private SharedSessionOptions Options => options.Value;

    private SessionKeyLayout Layout => options.Value.Layout;

    /// <summary>Takes the lock of a session. Null when it stayed another's for as long as the options wait.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; the lock is not held.</exception>
    public async Task<HeldLock?> LockAsync(string id, CancellationToken cancellation)
    {
        RedisKey key = Layout.LockKeyOf(id);
        long started = time.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            IDatabase database = await store.OpenAsync(cancellation);
            Task<HeldLock?> attempt = Layout.LockStyle == SessionLockStyle.Counter
                ? CounterLock.TryTakeAsync(database, key, Options.LockLifetime)
                : TokenLock.TryTakeAsync(database, key, Options.LockLifetime);
            if (await InTimeOrGiveBackAsync(attempt, database, cancellation) is { } held)
            {
                return held;
            }

            if (time.GetElapsedTime(started) >= Options.LockWait)
            {
                return null;
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < Options.LockRetryInterval ? pause * 2 : Options.LockRetryInterval;
        }
    }

    /// <summary>The bytes of a session; null where there is none.</summary>
    public async Task<byte[]?> ReadAsync(string id, CancellationToken cancellation)
    {
        IDatabase database = await store.OpenAsync(cancellation);
        return await store.InTimeAsync(database.StringGetAsync(Layout.DataKeyOf(id)), cancellation);
    }

    /// <summary>The index of the first of some keys that is there; -1 where none is. Asked together, in one round
    /// trip.</summary>
    public async Task<int> FirstThatExistsAsync(IEnumerable<string> keys, CancellationToken cancellation)
    {
        IDatabase database = await store.OpenAsync(cancellation);
        bool[] answers =
            await store.InTimeAsync(Task.WhenAll(keys.Select(key => database.KeyExistsAsync(key))), cancellation);
        return Array.IndexOf(answers, true);
    }

    /// <summary>Stores a session, in one step with checking its lock and what is there.</summary>
    public async Task<WriteResult> WriteAsync(SessionWrite write, CancellationToken cancellation)
    {
        IDatabase database = await store.OpenAsync(cancellation);
        for (int round = 1; ; round++)
        {
            Condition? proof = write.Lock is null
                ? null : await store.InTimeAsync(write.Lock.ProofAsync(database).AsTask(), cancellation);
            if (write.Lock is not null && proof is null)
            {
                return WriteResult.LockLost;
            }

            ITransaction transaction = database.CreateTransaction();
            ConditionResult? isOurs = proof is null ? null : transaction.AddCondition(proof);
            ConditionResult isExpected = transaction.AddCondition(ExpectationOf(write));
            Fill(transaction, write);
            if (await store.InTimeAsync(transaction.ExecuteAsync(), cancellation))
            {
                return WriteResult.Done;
            }

            if (!isExpected.WasSatisfied && isOurs?.WasSatisfied != false)
            {
                return WriteResult.Unexpected;
            }

            if ((isOurs is { WasSatisfied: false } && Layout.LockStyle == SessionLockStyle.Token)
                || round == MaxWriteRounds)
            {
                return WriteResult.LockLost;
            }
        }
    }

    /// <summary>Renews the time of a session; nothing happens where there is none.</summary>
    public async Task TouchAsync(string id, CancellationToken cancellation)
    {
        IDatabase database = await store.OpenAsync(cancellation);
        await store.InTimeAsync(database.KeyExpireAsync(Layout.DataKeyOf(id), Options.IdleTimeout), cancellation);
    }

    /// <summary>Ends a session: whoever holds its lock, a logout counts.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        IDatabase database = await store.OpenAsync(cancellation);
        await store.InTimeAsync(database.KeyDeleteAsync(Layout.DataKeyOf(id)), cancellation);
    }

    /// <summary>Releases a lock if it is still held.</summary>
    public async Task ReleaseAsync(HeldLock held, CancellationToken cancellation)
    {
        IDatabase database = await store.OpenAsync(cancellation);
        await store.InTimeAsync(held.ReleaseAsync(database), cancellation);
    }

    /// <summary>Whether an exception says that the store could not be asked, rather than that the program is
    /// wrong.</summary>
    public static bool IsOutage(Exception error) => error is RedisException or TimeoutException or StoreAwayException;

    /// <summary>
    /// What such an exception says. Not its own message: the client library puts the key into it, and with it the
    /// session id.
    /// </summary>
    public static string Describe(Exception outage) => outage switch
    {
        RedisConnectionException connection => $"{nameof(RedisConnectionException)}, {connection.FailureType}",
        StoreAwayException => outage.Message.TrimEnd('.'),
        RedisServerException answer => answer.Message,
        _ => outage.GetType().Name,
    };

    private Condition ExpectationOf(SessionWrite write)
    {
        RedisKey key = Layout.DataKeyOf(write.Id);
        return write.Expected switch
        {
            StoredAs.New => Condition.KeyNotExists(key),
            StoredAs.Existing => Condition.KeyExists(key),
            _ => Condition.StringEqual(key, write.Original),
        };
    }

    private void Fill(ITransaction transaction, SessionWrite write)
    {
        _ = transaction.StringSetAsync(Layout.DataKeyOf(write.Id), write.Bytes, Options.IdleTimeout);
        if (write.Replaced is not null)
        {
            _ = transaction.KeyDeleteAsync(Layout.DataKeyOf(write.Replaced));
        }

        if (write is { Lock: { } held, Release: true })
        {
            held.ReleaseIn(transaction);
        }
    }

    /// <summary>A lock that comes after the caller has gone is given back.</summary>
    private async Task<HeldLock?> InTimeOrGiveBackAsync(Task<HeldLock?> attempt, IDatabase database,
        CancellationToken cancellation)
    {
        try
        {
            return await store.InTimeAsync(attempt, cancellation);
        }
        catch (Exception gone) when (gone is TimeoutException or OperationCanceledException)
        {
            _ = GiveBackAsync(attempt, database);
            throw;
        }
    }

    private static async Task GiveBackAsync(Task<HeldLock?> late, IDatabase database)
    {
        try
        {
            if (await late is { } held)
            {
                await held.ReleaseAsync(database);
            }
        }
        catch (Exception error) when (IsOutage(error))
        {
            // The lock ends by itself.
        }
    }
}
