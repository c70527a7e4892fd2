using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Python;

/// <summary>Session stores and locks that work by scripts and events, as their libraries use a server: ASP.NET's
/// RedisSessionStateProvider, Redisson, Spring Session.</summary>
public abstract class FrameworkSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IRedis
{
    private const int Checks = 5;

    [Fact]
    public void Scripts_and_events_of_frameworks_do_what_they_expect() =>
        ClientProgram.AssertAllPassed(PythonProgram.Run("framework_checks.py", $"{server.Port}"), Checks);
}
