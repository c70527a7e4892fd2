using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Python;

/// <summary>pymemcache: memcached text with noreply as its default.</summary>
public abstract class PymemcacheSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IMemcached
{
    protected const int Checks = 14;

    protected TServer Server { get; } = server;

    [Fact]
    public void Every_verb_answers_as_memcached_does() => ClientProgram.AssertAllPassed(
        PythonProgram.Run("pymemcache_checks.py", $"127.0.0.1:{Server.Port}"), Checks);
}
