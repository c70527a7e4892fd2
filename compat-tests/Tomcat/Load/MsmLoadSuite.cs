using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Load;

/// <summary>
/// Two simulated Tomcats over spymemcached, the manager's client: lock, get, validity, set, unlock by many threads.
/// </summary>
public abstract class MsmLoadSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IMemcached
{
    private const int RequestsPerThread = 150;
    private const int Checks = 5;

    [Theory]
    [InlineData("text")]
    [InlineData("binary")]
    public void No_increment_under_a_lock_is_lost(string protocol) => ClientProgram.AssertAllPassed(
        JavaProgram.Run("MsmLoad", $"{server.Port}", protocol, $"{RequestsPerThread}"), Checks);
}
