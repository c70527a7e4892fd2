using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

public sealed class LoginsOnGateway : LoginSuite<GatewayWithLogin>
{
    [Fact]
    public async Task A_gateway_that_needs_no_login_takes_clients_that_bring_one()
    {
        // libmemcached fails hard when its first question, SASL LIST MECHS, is an unknown command.
        using var gateway = new Gateway();
        using var site = new Site(
        [
            .. new MemcachedSetup(Binary: true, "php").Ini(gateway),
            ("memcached.sess_sasl_username", "anybody"),
            ("memcached.sess_sasl_password", "anything"),
        ]);
        using var user = new Browser(site);
        await user.Ask(Left, "login&user=alice");
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }
}
