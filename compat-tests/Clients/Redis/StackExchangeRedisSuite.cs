using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Redis;

/// <summary>StackExchange.Redis, the client of .NET's Redis caches, in a process of its own.</summary>
public abstract class StackExchangeRedisSuite<TServer>(TServer server, params string[] login) : IClassFixture<TServer>
    where TServer : class, IRedis
{
    private const int Checks = 18;

    [Fact]
    public void Every_call_answers_as_redis_does() => ClientProgram.AssertAllPassed(Run(), Checks);

    private ToolResult Run()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "StackExchangeRedis.dll");
        string? host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        string dotnet = string.IsNullOrEmpty(host) ? "dotnet" : host;
        return Tool.Run(dotnet, [program, $"127.0.0.1:{server.Port}", .. login]);
    }
}
