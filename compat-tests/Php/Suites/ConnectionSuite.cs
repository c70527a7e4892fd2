using System.Globalization;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>Ways to reach the store: persistent connections and unix sockets.</summary>
public abstract class ConnectionSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    private const int Requests = 12;

    /// <summary>One setup a line.</summary>
    public static TheoryData<string> All => NamesOf(Setups.Wires);

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_persistent_connection_serves_many_requests(string name)
    {
        Setup setup = Setups.Named(name);
        // On its own, because connections are counted.
        using var backend = new TBackend();
        int persistent = await ConnectionsOf(setup, backend, Persistent(setup, backend));
        int each = await ConnectionsOf(setup, backend, []);
        Assert.InRange(persistent, 1, 4);
        Assert.True(each >= Requests, $"{each} connections for {Requests} requests without persistence");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_unix_socket_serves_as_well(string name)
    {
        Setup setup = Setups.Named(name);
        string path = setup switch
        {
            MemcacheSetup => $"unix://{Backend.MemcachedSocket}:0",
            MemcachedSetup => Backend.MemcachedSocket,
            _ => $"unix://{Backend.RedisSocket}",
        };
        using var site = new Site([.. setup.Ini(Backend), ("session.save_path", path)]);
        using var user = new Browser(site);
        await user.Ask(Left, "login&user=alice");
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
        Reply filled = await user.Ask(Left, "fill&length=500000");
        Assert.Equal(filled.Data["blob"].GetString(), (await user.Ask(Right, "show")).Seen["blob"].GetString());
    }

    private static (string Name, string Value)[] Persistent(Setup setup, IBackend backend) => setup switch
    {
        MemcacheSetup => [("session.save_path", $"{setup.SavePath(backend)}?persistent=1")],
        MemcachedSetup => [("memcached.sess_persistent", "1")],
        _ => [("session.save_path", WithParameter(setup.SavePath(backend), "persistent=1"))],
    };

    private static string WithParameter(string path, string parameter) =>
        $"{path}{(path.Contains('?') ? '&' : '?')}{parameter}";

    /// <summary>Plays a visit of <see cref="Requests"/> requests and counts the connections it took.</summary>
    private static async Task<int> ConnectionsOf(Setup setup, TBackend backend, (string Name, string Value)[] extra)
    {
        using var site = new Site([.. setup.Ini(backend), .. extra], servers: 1);
        using var user = new Browser(site);
        int before = Connections(setup, backend);
        for (int i = 1; i <= Requests; i++)
            Assert.Equal(2 * i, (await user.Ask(Left, "twice")).Count);
        // The question itself is asked on a connection.
        return Connections(setup, backend) - before - 1;
    }

    /// <summary>Connections accepted since the start of the server.</summary>
    private static int Connections(Setup setup, TBackend backend)
    {
        bool redis = setup is RedisSetup;
        using var connection = RawConnection.Connect(redis ? backend.RedisPort : backend.MemcachedPort);
        connection.Send(redis ? RawStore.Command("INFO", "stats") : "stats\r\n");
        connection.ReadThrough(redis ? "total_connections_received:" : "STAT total_connections ");
        return int.Parse(connection.ReadThrough("\r\n"), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
