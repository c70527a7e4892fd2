using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Tomcat.Nodes;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>What breaks memcached-session-manager when a server gets it wrong, over each of its protocols.</summary>
public abstract class StorageSuite<TStack>(StorageServers<TStack> servers) : IClassFixture<StorageServers<TStack>>
    where TStack : IStack, new()
{
    private const int Clients = 20;
    private const int LockExpiration = 5;

    // Within it a lock of 3 s is surely held, and a session that a ping has made live for 5 s is still there.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private static readonly byte[] Locked = "locked"u8.ToArray();
    private static readonly byte[] Ping = [1];
    private static readonly string[] ProtocolNames = ["text", "binary", "redis"];

    /// <summary>The three protocols of the manager.</summary>
    public static TheoryData<string> Protocols => [.. ProtocolNames];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_lock_has_one_winner_among_twenty_connections(string protocol)
    {
        IStorage[] clients = [.. Enumerable.Range(0, Clients).Select(_ => servers.Connect(protocol))];
        for (int round = 0; round < 25; round++)
        {
            string key = Key("lock:race", round);
            bool[] won = AtOnce(clients, client => client.Add(key, LockExpiration, Locked));
            Assert.Equal(1, won.Count(yes => yes));
            Assert.True(clients[0].Delete(key));
        }
        foreach (IStorage client in clients)
            client.Dispose();
    }

    [Fact]
    public Task A_ping_changes_neither_value_nor_lifetime() => OverEveryProtocol((protocol, schedule) =>
    {
        using IStorage client = servers.Connect(protocol);
        string @short = NewKey("short"), @long = NewKey("long");
        byte[] value = Value(347);
        Assert.True(client.Set(@short, 4, value));
        Assert.True(client.Set(@long, 1800, value));
        schedule.Pause(TimeSpan.FromSeconds(2.5));
        // The two forms of the ping: the session was loaded but not changed, and it was not loaded at all.
        foreach (string key in new[] { @short, @long })
        {
            Assert.False(client.Add(key, 5, Ping));
            Assert.False(client.Add(key, 1, Ping));
            Assert.Equal(value, client.Get(key));
        }
        // Over two seconds ago (the clock of memcached is late on a busy machine), unless a ping has made it five.
        schedule.Pause(TimeSpan.FromSeconds(3.5));
        Assert.Null(client.Get(@short));
        Assert.Equal(value, client.Get(@long));
    });

    [Fact]
    public Task A_lock_that_is_not_given_back_ends_by_itself() => OverEveryProtocol((protocol, schedule) =>
    {
        using IStorage owner = servers.Connect(protocol), next = servers.Connect(protocol);
        string key = NewKey("lock:expiring");
        Assert.True(owner.Add(key, 3, Locked));
        Assert.False(next.Add(key, 3, Locked));
        schedule.Pause(TimeSpan.FromSeconds(5.5));
        Assert.True(next.Add(key, LockExpiration, Locked));
        Assert.False(owner.Add(key, LockExpiration, Locked));
        Assert.True(next.Delete(key));
        Assert.False(next.Delete(key));
    });

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_locked_request_and_its_end(string protocol)
    {
        using IStorage client = servers.Connect(protocol);
        string id = Key("request");
        Assert.Null(client.Get("ping-n1"));
        Assert.True(client.Add("lock:" + id, LockExpiration, Locked));
        Assert.Null(client.Get(id));
        foreach (int size in new[] { 347, 100_000, 900_000, 400 })
        {
            byte[] value = Value(size);
            Assert.True(client.Set(id, 3600, value));
            Assert.True(client.Set("validity:" + id, 1800, Value(20)));
            Assert.Equal(value, client.Get(id));
        }
        Assert.Equal(Value(20), client.Get("validity:" + id));
        Assert.True(client.Delete("lock:" + id));
        Assert.True(client.Delete(id));
        Assert.True(client.Delete("validity:" + id));
        Assert.False(client.Delete("bak:" + id));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Exptime_zero_never_ends_and_thirty_days_are_relative(string protocol)
    {
        using IStorage client = servers.Connect(protocol);
        foreach (int exptime in new[] { 0, 2_592_000 })
        {
            string key = Key("exptime", exptime);
            Assert.True(client.Set(key, exptime, Value(10)));
            Assert.Equal(Value(10), client.Get(key));
            Assert.False(client.Add(key, exptime, Value(10)));
        }
    }

    [Fact]
    public Task A_connection_may_be_silent_before_its_first_byte() => OverEveryProtocol((protocol, schedule) =>
    {
        using IStorage client = servers.Connect(protocol);
        schedule.Pause(TimeSpan.FromSeconds(2.5));
        Assert.True(client.Set(Key("silent" + protocol), 0, Locked));
        Assert.Equal(Locked, client.Get(Key("silent" + protocol)));
    });

    /// <summary>Tests that mostly wait do so at the same time.</summary>
    private static Task OverEveryProtocol(Action<string, Schedule> test) =>
        Task.WhenAll(ProtocolNames.Select(protocol =>
            Task.Factory.StartNew(() => Schedule.Keep(Slack, schedule => test(protocol, schedule)),
                CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

    /// <summary>Runs one call on every connection at the same moment, each on a thread of its own.</summary>
    private static bool[] AtOnce(IStorage[] clients, Func<IStorage, bool> call)
    {
        using var start = new Barrier(clients.Length);
        bool[] results = new bool[clients.Length];
        var failures = new Exception?[clients.Length];
        Thread[] threads = [.. clients.Select((client, i) => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                results[i] = call(client);
            }
            catch (Exception error)
            {
                failures[i] = error;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Empty(failures.OfType<Exception>());
        return results;
    }

    private static string Key(string name, int number = 0) =>
        $"{name}-0A0B7944C0FFEE{number}-n1.a";

    // A further attempt must not meet what the one before it has left.
    private static string NewKey(string name) => $"{name}-{Guid.NewGuid():N}-n1.a";

    private static byte[] Value(int size)
    {
        byte[] value = new byte[size];
        new Random(size).NextBytes(value);
        "\r\nEND\r\n"u8.CopyTo(value);
        return value;
    }
}
