using System.Reflection;
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

    /// <summary>What the library says by itself, and each protocol it can be told to speak.</summary>
    public static TheoryData<string> Protocols() => new(VersionOf("StackExchange.Redis.dll").Major < 2
        ? [""]
        : ["", ",protocol=resp2", ",protocol=resp3"]);

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Every_call_answers_as_redis_does(string protocol) =>
        ClientProgram.AssertAllPassed(Run(protocol), Checks);

    private static Version VersionOf(string assembly) =>
        AssemblyName.GetAssemblyName(Path.Combine(AppContext.BaseDirectory, assembly)).Version!;

    private ToolResult Run(string protocol)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "StackExchangeRedis.dll");
        string? host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        string dotnet = string.IsNullOrEmpty(host) ? "dotnet" : host;
        return Tool.Run(dotnet, [program, $"127.0.0.1:{server.Port}{protocol}", .. login]);
    }
}
