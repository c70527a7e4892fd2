using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Spymemcached;

/// <summary>spymemcached, the client inside Tomcat's memcached-session-manager.</summary>
public abstract class SpymemcachedSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IMemcached
{
    private const int Checks = 30;

    [Theory]
    [InlineData("text")]
    [InlineData("binary")]
    public void Every_verb_answers_as_memcached_does(string protocol) =>
        ClientProgram.AssertAllPassed(JavaProgram.Run("Spy", $"{server.Port}", protocol), Checks);
}
