using StackExchange.Redis;
using static SessionGateway.CompatTests.DotNet.Checks;

namespace SessionGateway.CompatTests.DotNet;

/// <summary>Many callers over one multiplexed connection, and the library's own lock.</summary>
internal sealed class SharingChecks(Checks checks, ConnectionMultiplexer connection)
{
    private const int Callers = 16;
    private const int PerCaller = 300;

    public void Run()
    {
        checks.Check("answers reach their callers", () =>
        {
            var failures = new Exception?[Callers];
            // Threads of their own: callers that block in the pool would starve the library's completions there.
            Thread[] threads = [.. Enumerable.Range(0, Callers).Select(caller => new Thread(() =>
            {
                try
                {
                    StoreAndRead(connection.GetDatabase(), caller);
                }
                catch (Exception error)
                {
                    failures[caller] = error;
                }
            }))];
            foreach (Thread thread in threads)
                thread.Start();
            foreach (Thread thread in threads)
                thread.Join();
            Same("", string.Join("; ", failures.OfType<Exception>().Select(error => error.Message)));
        });
        checks.Check("no increment is lost", () =>
        {
            RedisValue count = connection.GetDatabase().StringGet("shared:count");
            Same((long)Callers * PerCaller, (long)count);
        });
        checks.Check("LockTake, LockExtend and LockRelease", () =>
        {
            IDatabase database = connection.GetDatabase();
            Yes(database.LockTake("own lock", "me", TimeSpan.FromSeconds(30)));
            No(database.LockTake("own lock", "you", TimeSpan.FromSeconds(30)));
            No(database.LockRelease("own lock", "you"));
            No(database.LockExtend("own lock", "you", TimeSpan.FromSeconds(90)));
            Yes(database.LockExtend("own lock", "me", TimeSpan.FromSeconds(90)));
            Yes(database.KeyTimeToLive("own lock") > TimeSpan.FromSeconds(60));
            Yes(database.LockRelease("own lock", "me"));
            Yes(database.LockTake("own lock", "you", TimeSpan.FromSeconds(30)));
        });
    }

    private static void StoreAndRead(IDatabase database, int caller)
    {
        for (int i = 0; i < PerCaller; i++)
        {
            string key = $"shared:{caller}:{i}";
            database.StringSet(key, key, TimeSpan.FromSeconds(60));
            Same(key, (string?)database.StringGet(key));
            database.StringIncrement("shared:count", 1, CommandFlags.FireAndForget);
        }
    }
}
