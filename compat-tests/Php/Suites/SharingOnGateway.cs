using System.Globalization;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>All three handlers meet in one store, and any socket sees what they stored.</summary>
public sealed class SharingOnGateway : SharingSuite<Gateway>
{
    private const int Lifetime = 1440; // session.gc_maxlifetime, PHP's default

    /// <inheritdoc/>
    protected override bool WithRedis => true;

    [Fact]
    public async Task The_bytes_of_a_session_are_the_same_over_every_protocol_and_port()
    {
        foreach (Setup setup in Handlers("igbinary"))
        {
            using Browser user = Visitor(setup);
            Reply login = await user.Ask(Left, "login&user=alice");
            string key = Prefix + login.Sid;
            foreach (int port in new[] { Backend.MemcachedPort, Backend.RedisPort })
                Assert.Equal(login.Encoded, RawStore.Redis(port, key)?.Value);
            Assert.Equal(login.Encoded, RawStore.Memcached(Backend.MemcachedPort, key)?.Value);
        }
    }

    [Fact]
    public async Task A_session_has_one_end_however_its_handler_wrote_it()
    {
        foreach (Setup setup in Handlers("php"))
        {
            using Browser user = Visitor(setup);
            string id = (await user.Ask(Left, "login&user=alice")).Sid;
            // pecl-memcache sends a date, php-memcached seconds, phpredis seconds.
            Assert.InRange(SecondsToLive(Prefix + id), Lifetime - 10, Lifetime + 1);
        }
    }

    [Fact]
    public async Task A_session_of_another_database_is_not_seen_over_memcached()
    {
        var setup = new RedisSetup(Locking: false, "php", Prefix, Database: 5);
        using Browser user = Visitor(setup);
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        Assert.NotNull(setup.Stored(Backend, id));
        Assert.Null(RawStore.Memcached(Backend.MemcachedPort, Prefix + id));
    }

    [Fact]
    public async Task phpredis_works_on_the_port_of_the_memcached_handlers()
    {
        var setup = new RedisSetup(Locking: true, "php");
        using var site = new Site(
            [.. setup.Ini(Backend), ("session.save_path", $"tcp://127.0.0.1:{Backend.MemcachedPort}")]);
        using var user = new Browser(site);
        await user.Ask(Left, "login&user=alice");
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }

    private static int SecondsToLive(string key)
    {
        using var connection = RawConnection.Connect(Backend.RedisPort);
        connection.Send(RawStore.Command("TTL", key));
        return int.Parse(connection.ReadThrough("\r\n").AsSpan(1), NumberStyles.AllowTrailingWhite
            | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}
