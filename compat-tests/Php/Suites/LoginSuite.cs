using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>Stores that ask for a login: SASL PLAIN from php-memcached, AUTH from phpredis.</summary>
/// <typeparam name="TBackend">A backend with the logins of <see cref="Login"/>.</typeparam>
public abstract class LoginSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    private static readonly Setup Memcached = new MemcachedSetup(Binary: true, "php");
    private static readonly Setup Redis = new RedisSetup(Locking: true, "php");

    /// <summary>Parameters of phpredis' save path that log in.</summary>
    public static TheoryData<string> GoodParameters =>
    [
        $"auth={Login.Password}",
        $"auth[]={Login.RedisUser}&auth[]={Login.RedisPassword}",
        $"auth[user]={Login.RedisUser}&auth[pass]={Login.RedisPassword}",
        $"database=3&prefix=app1:&auth={Login.Password}",
        $"persistent=1&database=2&auth={Login.Password}",
    ];

    /// <summary>Parameters that do not.</summary>
    public static TheoryData<string> BadParameters =>
    [
        "auth=wrong",
        $"auth[]={Login.RedisUser}&auth[]=wrong",
        $"auth[]=nobody&auth[]={Login.RedisPassword}",
    ];

    [Fact]
    public async Task php_memcached_logs_in_with_SASL()
    {
        using Site site = WithSasl(Login.SaslPassword);
        using var user = new Browser(site);
        await user.Ask(Left, "login&user=alice");
        for (int view = 1; view <= 4; view++)
            Assert.Equal(view, (await user.Ask(view % 2, "count")).Count);
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }

    [Fact]
    public async Task php_memcached_with_a_wrong_password_gets_no_session()
    {
        using Site site = WithSasl("wrong");
        await AssertRefused(site);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task php_memcached_without_a_login_gets_no_session(bool binary)
    {
        using var site = new Site([.. new MemcachedSetup(binary, "php").Ini(Backend)]);
        await AssertRefused(site);
    }

    [Theory]
    [MemberData(nameof(GoodParameters))]
    public async Task phpredis_logs_in_with_AUTH(string parameters)
    {
        using Site site = WithAuth(parameters);
        using var user = new Browser(site);
        await user.Ask(Left, "login&user=alice");
        for (int view = 1; view <= 4; view++)
            Assert.Equal(view, (await user.Ask(view % 2, "count")).Count);
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }

    [Theory]
    [MemberData(nameof(BadParameters))]
    public async Task phpredis_with_a_wrong_login_gets_no_session(string parameters)
    {
        using Site site = WithAuth(parameters);
        await AssertRefused(site);
    }

    [Fact]
    public async Task phpredis_without_a_login_is_told_so()
    {
        using var site = new Site([.. new RedisSetup(Locking: false, "php").Ini(Backend)]);
        using var user = new Browser(site);
        Reply reply = await user.Try(Left, "login&user=alice");
        Assert.Equal("RedisException: NOAUTH Authentication required.", reply.Exception);
    }

    private static Site WithSasl(string password) => new(
    [
        .. Memcached.Ini(Backend),
        ("memcached.sess_sasl_username", Login.SaslUser),
        ("memcached.sess_sasl_password", password),
        // php-memcached repeats a refused lock without waiting, as often as this says.
        .. password == Login.SaslPassword ? [] : new[] { ("memcached.sess_lock_retries", "1") },
    ]);

    private static Site WithAuth(string parameters) =>
        new([.. Redis.Ini(Backend), ("session.save_path", $"{Redis.SavePath(Backend)}?{parameters}")]);

    private static async Task AssertRefused(Site site)
    {
        using var user = new Browser(site);
        Reply reply = await user.Try(Left, "login&user=mallory");
        Assert.False(reply.Started);
        Assert.True(reply.Exception is not null || reply.Problems.Length > 0);
    }
}
