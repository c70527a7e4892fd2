using StackExchange.Redis;
using static SessionGateway.CompatTests.DotNet.Checks;

namespace SessionGateway.CompatTests.DotNet;

/// <summary>Sessions as strings, with expiry, conditions and locks.</summary>
internal sealed class StringChecks(Checks checks, IDatabase database, IServer server)
{
    public void Run()
    {
        checks.Check("strings of any bytes", () =>
        {
            byte[] value = [0, 13, 10, 255, 36];
            Yes(database.StringSet("binary", value));
            Yes(((byte[]?)database.StringGet("binary")).AsSpan().SequenceEqual(value));
            Yes(database.StringGet("unknown").IsNull);
            Yes(database.StringSet("empty", ""));
            Same(0L, database.StringLength("empty"));
            Yes(database.StringGet("empty") == "");
        });
        checks.Check("several keys at once", () =>
        {
            Yes(database.StringSet([new("one", "1"), new("two", "2"), new("three", "3")]));
            RedisValue[] values = database.StringGet(["one", "unknown", "three"]);
            Yes(values[0] == "1" && values[1].IsNull && values[2] == "3");
            Same(2L, database.KeyDelete(new RedisKey[] { "one", "two", "unknown" }));
            No(database.KeyDelete("one"));
        });
        checks.Check("conditions", () =>
        {
            Yes(database.StringSet("nx", "a", when: When.NotExists));
            No(database.StringSet("nx", "b", when: When.NotExists));
            Yes(database.StringSet("nx", "c", when: When.Exists));
            No(database.StringSet("xx", "c", when: When.Exists));
            Yes(database.StringSet("nx ttl", "a", TimeSpan.FromSeconds(30), when: When.NotExists));
            No(database.StringSet("nx ttl", "b", TimeSpan.FromSeconds(30), when: When.NotExists));
            Yes(database.StringGetSet("nx", "d") == "c");
            Yes(database.StringGetSet("new", "d").IsNull);
        });
        checks.Check("append and length", () =>
        {
            Same(3L, database.StringAppend("text", "abc"));
            Same(6L, database.StringAppend("text", "def"));
            Same(6L, database.StringLength("text"));
        });
        checks.Check("increments", () =>
        {
            Same(1L, database.StringIncrement("count"));
            Same(11L, database.StringIncrement("count", 10));
            Same(10L, database.StringDecrement("count"));
            Same(-5L, database.StringDecrement("count", 15));
        });
        checks.Check("expiry", Expiry);
        checks.Check("type and existence", () =>
        {
            Same(RedisType.String, database.KeyType("count"));
            Same(RedisType.None, database.KeyType("unknown"));
            Yes(database.KeyExists("count"));
            No(database.KeyExists("unknown"));
        });
        checks.Check("errors name their cause and the connection goes on", () =>
        {
            database.StringSet("word", "abc");
            try
            {
                database.StringIncrement("word");
                throw new InvalidOperationException("incremented a word");
            }
            catch (RedisServerException error)
            {
                Same("ERR value is not an integer or out of range", error.Message);
            }
            Yes(database.StringGet("word") == "abc");
        });
        checks.Check("a lock by SET NX, released by script", Script);
        checks.Check("values up to 5 MB", () =>
        {
            foreach (int size in new[] { 1, 16_384, 1_048_576, 5_000_000 })
            {
                byte[] value = new byte[size];
                new Random(size).NextBytes(value);
                Yes(database.StringSet("large", value));
                Yes(((byte[]?)database.StringGet("large")).AsSpan().SequenceEqual(value));
            }
        });
    }

    private void Expiry()
    {
        Yes(database.StringSet("ttl", "x", TimeSpan.FromSeconds(100)));
        Between(95, 100, database.KeyTimeToLive("ttl"));
        Yes(database.KeyExpire("ttl", TimeSpan.FromMilliseconds(200_500)));
        Between(195, 201, database.KeyTimeToLive("ttl"));
        Yes(database.KeyExpire("ttl", DateTime.UtcNow.AddSeconds(300)));
        Between(295, 300, database.KeyTimeToLive("ttl"));
        Yes(database.KeyPersist("ttl"));
        Same(null, database.KeyTimeToLive("ttl"));
        Same(null, database.KeyTimeToLive("unknown"));
        No(database.KeyExpire("unknown", TimeSpan.FromSeconds(1)));
        RedisValueWithExpiry both = database.StringGetWithExpiry("ttl");
        Yes(both.Value == "x" && both.Expiry is null);
        database.StringSet("short", "x", TimeSpan.FromMilliseconds(150));
        Thread.Sleep(250);
        Yes(database.StringGet("short").IsNull);
        Yes(database.StringSet("short", "y", TimeSpan.FromSeconds(10), when: When.NotExists));
    }

    private void Script()
    {
        const string Release =
            "if redis.call(\"get\",KEYS[1]) == ARGV[1] then return redis.call(\"del\",KEYS[1]) else return 0 end";
        Yes(database.LockTake("lock", "me", TimeSpan.FromSeconds(30)));
        No(database.LockTake("lock", "you", TimeSpan.FromSeconds(30)));
        Yes(database.LockQuery("lock") == "me");
        Same(0L, (long)database.ScriptEvaluate(Release, ["lock"], ["you"]));
        byte[] digest = server.ScriptLoad(Release);
        Yes(server.ScriptExists(Release));
        Same(1L, (long)database.ScriptEvaluate(digest, ["lock"], ["me"]));
        No(database.KeyExists("lock"));
    }

    private static void Between(double from, double to, TimeSpan? actual)
    {
        if (actual is not { } time || time.TotalSeconds < from || time.TotalSeconds > to)
            throw new InvalidOperationException($"expected {from} to {to} s, got {actual}");
    }
}
