using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Spymemcached;

/// <summary>spymemcached with SASL PLAIN, which it sends over the binary protocol only.</summary>
public abstract class SpymemcachedSaslSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IMemcached
{
    private const int Checks = 31;

    [Fact]
    public void Every_verb_answers_after_the_login() => ClientProgram.AssertAllPassed(
        JavaProgram.Run("Spy", $"{server.Port}", "binary", ServerLogin.User, ServerLogin.Password), Checks);

    [Fact]
    public void A_wrong_password_and_a_missing_login_store_nothing()
    {
        ToolResult result = JavaProgram.Run("WrongLogin", $"{server.Port}", ServerLogin.User, "falsch");
        ClientProgram.AssertAllPassed(result, 2);
    }
}
