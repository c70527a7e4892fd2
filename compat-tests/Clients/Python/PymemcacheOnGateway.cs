using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Python;

public sealed class PymemcacheOnGateway(Gateway server) : PymemcacheSuite<Gateway>(server)
{
    [Fact]
    public void A_unix_socket_answers_like_a_port() => ClientProgram.AssertAllPassed(
        PythonProgram.Run("pymemcache_checks.py", $"unix:{Server.UnixPath}"), Checks);
}
