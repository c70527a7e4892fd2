using CSRedis;
using Medallion.Threading.Redis;
using RedLockNet;
using RedLockNet.SERedis;
using RedLockNet.SERedis.Configuration;
using SessionGateway.CompatTests.Harness;
using StackExchange.Redis;

namespace SessionGateway.CompatTests.Locks;

/// <summary>
/// The locks of .NET's Redis libraries, by the libraries themselves: what they send is what their users send.
/// </summary>
public abstract class LockSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, ILockServer
{
    private const int Seconds = 100;

    // The library's own patience is five seconds.
    private readonly ConnectionMultiplexer _connection =
        ConnectionMultiplexer.Connect($"127.0.0.1:{server.Port},connectTimeout=60000,syncTimeout=60000");

    private IDatabase Database => _connection.GetDatabase();

    [Fact]
    public void FreeRedis_takes_lengthens_renews_and_releases_its_lock()
    {
        using var client = new FreeRedis.RedisClient($"127.0.0.1:{server.Port},poolsize=2");
        string name = NewName();
        using FreeRedis.RedisClient.LockController? mine = client.Lock(name, Seconds, autoDelay: false);
        Assert.NotNull(mine);
        Assert.True(mine.Delay(50_000));
        Assert.InRange(LeftOf(name), Seconds + 1, 150);
        Assert.True(mine.Refresh(70_000));
        Assert.InRange(LeftOf(name), 10, 70);
        using FreeRedis.RedisClient.LockController? other = client.Lock(name, 1, autoDelay: false);
        Assert.Null(other);
        Assert.True(mine.Unlock());
        Assert.Empty(Keys(name));
        Assert.False(mine.Unlock());
        Assert.False(mine.Delay(1000));
        Assert.False(mine.Refresh(1000));
    }

    [Fact]
    public void CSRedisCore_takes_lengthens_renews_and_releases_its_lock()
    {
        using var client = new CSRedisClient($"127.0.0.1:{server.Port},poolsize=2,preheat=false");
        string name = NewName();
        using CSRedisClientLock? mine = client.Lock(name, Seconds, autoDelay: false);
        Assert.NotNull(mine);
        Assert.True(mine.Delay(50_000));
        Assert.InRange(LeftOf(name), Seconds + 1, 150);
        Assert.True(mine.Refresh(70_000));
        Assert.InRange(LeftOf(name), 10, 70);
        using CSRedisClientLock? other = client.Lock(name, 1, autoDelay: false);
        Assert.Null(other);
        Assert.True(mine.Unlock());
        Assert.Empty(Keys(name));
        Assert.False(mine.Unlock());
        Assert.False(mine.Delay(1000));
        Assert.False(mine.Refresh(1000));
    }

    [Fact]
    public async Task RedLock_extends_its_lock_takes_it_again_and_gives_it_up_to_another()
    {
        using var factory = RedLockFactory.Create([new RedLockMultiplexer(_connection)]);
        string name = NewName();
        await using (IRedLock mine = await factory.CreateLockAsync(name, TimeSpan.FromSeconds(3)))
        {
            Assert.True(mine.IsAcquired);
            await using IRedLock other = await factory.CreateLockAsync(name, TimeSpan.FromSeconds(1));
            Assert.False(other.IsAcquired);
            await Until(() => mine.ExtendCount > 0);

            Database.KeyDelete($"redlock:{name}");
            await Until(() => Database.KeyExists($"redlock:{name}"));

            Database.StringSet($"redlock:{name}", "another");
            await Until(() => !mine.IsAcquired);
        }

        Assert.Equal("another", Database.StringGet($"redlock:{name}"));
        Database.KeyDelete($"redlock:{name}");
        await using (IRedLock mine = await factory.CreateLockAsync(name, TimeSpan.FromSeconds(Seconds)))
        {
            Assert.True(mine.IsAcquired);
        }

        Assert.False(Database.KeyExists($"redlock:{name}"));
    }

    [Fact]
    public async Task DistributedLock_extends_and_releases_its_lock()
    {
        var mutex = new RedisDistributedLock(NewName(), Database, Quick);
        await using (RedisDistributedLockHandle? mine = await mutex.TryAcquireAsync())
        {
            Assert.NotNull(mine);
            Assert.Null(await mutex.TryAcquireAsync());
            // The time of its end, not the time that is left: that is never more than right after the lock was taken.
            DateTime? end = Database.KeyExpireTime(mutex.Key);
            await Until(() => Database.KeyExpireTime(mutex.Key) > end);
        }

        Assert.False(Database.KeyExists(mutex.Key));
    }

    [Fact]
    public async Task DistributedLock_lets_so_many_into_a_semaphore_and_extends_their_tickets()
    {
        string name = NewName();
        var semaphore = new RedisDistributedSemaphore(name, 2, Database, Quick);
        await using (RedisDistributedSemaphoreHandle? first = await semaphore.TryAcquireAsync())
        await using (RedisDistributedSemaphoreHandle? second = await semaphore.TryAcquireAsync())
        {
            Assert.NotNull(first);
            Assert.NotNull(second);
            Assert.Null(await semaphore.TryAcquireAsync());
            double end = FirstEndOf(name);
            await Until(() => FirstEndOf(name) > end);
        }

        await using RedisDistributedSemaphoreHandle? third = await semaphore.TryAcquireAsync();
        Assert.NotNull(third);
    }

    [Fact]
    public async Task DistributedLock_lets_readers_in_together_and_a_writer_alone()
    {
        var gate = new RedisDistributedReaderWriterLock(NewName(), Database, Quick);
        await using (RedisDistributedReaderWriterLockHandle? one = await gate.TryAcquireReadLockAsync())
        await using (RedisDistributedReaderWriterLockHandle? two = await gate.TryAcquireReadLockAsync())
        {
            Assert.NotNull(one);
            Assert.NotNull(two);
            Assert.Null(await gate.TryAcquireWriteLockAsync());
        }

        await using (RedisDistributedReaderWriterLockHandle? writer = await gate.TryAcquireWriteLockAsync())
        {
            Assert.NotNull(writer);
            Assert.Null(await gate.TryAcquireReadLockAsync());
            Assert.Null(await gate.TryAcquireWriteLockAsync());
        }

        await using RedisDistributedReaderWriterLockHandle? reader = await gate.TryAcquireReadLockAsync();
        Assert.NotNull(reader);
    }

    // The shortest times that the library takes: it renews every 40 ms.
    private static void Quick(RedisDistributedSynchronizationOptionsBuilder options) =>
        options.Expiry(TimeSpan.FromSeconds(10)).ExtensionCadence(TimeSpan.FromMilliseconds(40));

    private static Task Until(Func<bool> condition) => Wait.UntilAsync(condition, () => "the lock's next state");

    private string NewName() => $"lock:{Guid.NewGuid():N}";

    // The libraries put words of their own before the name.
    private double LeftOf(string name) => Database.KeyTimeToLive(Keys(name).Single())!.Value.TotalSeconds;

    // A ticket is a member whose score is its end.
    private double FirstEndOf(string name) =>
        Database.SortedSetRangeByRankWithScores(Keys(name).Single(), 0, 0)[0].Score;

    private IEnumerable<RedisKey> Keys(string name) =>
        _connection.GetServer(_connection.GetEndPoints()[0]).Keys(pattern: $"*{name}");
}
