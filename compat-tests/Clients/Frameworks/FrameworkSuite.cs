using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Frameworks;

/// <summary>
/// What frameworks build on their clients: sessions, caches, locks, queues and rate limits, with the scripts that
/// their packages hold.
/// </summary>
public abstract class FrameworkSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IRedis
{
    [Theory]
    [InlineData("phpredis")]
    [InlineData("predis")]
    public void Laravel_keeps_cache_locks_queues_and_sessions(string client) => ClientProgram.AssertAllPassed(
        PhpProgram.Run("laravel_checks.php", $"{server.Port}", client), 9);

    [Theory]
    [InlineData("phpredis")]
    [InlineData("predis")]
    public void Symfony_keeps_locks_and_sessions(string client) => ClientProgram.AssertAllPassed(
        PhpProgram.Run("symfony_checks.php", $"{server.Port}", client), 6);

    [Fact]
    public void Django_keeps_sessions_and_locks_in_django_redis() => ClientProgram.AssertAllPassed(
        PythonProgram.Run("django_checks.py", $"{server.Port}"), 4);

    [Fact]
    public void Express_keeps_sessions_in_connect_redis_and_limits_rates() => ClientProgram.AssertAllPassed(
        NodeProgram.Run("express.mjs", $"{server.Port}"), 5);

    [Fact]
    public void Ruby_keeps_sessions_and_takes_jobs() => ClientProgram.AssertAllPassed(
        RubyProgram.Run("redis_checks.rb", $"{server.Port}"), 7);
}
