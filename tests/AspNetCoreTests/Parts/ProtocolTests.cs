using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;
using SessionGateway.CompatTests.Harness;
using StackExchange.Redis;

namespace SessionGateway.AspNetCoreTests.Parts;

/// <summary>Otherwise the suites over both protocols could be twice the same.</summary>
public sealed class ProtocolTests
{
    [Fact]
    public async Task The_library_speaks_the_protocol_that_its_suite_is_named_for()
    {
        // A server of its own: every connection in its list is one of this test's.
        using var redis = RedisServer.Start();
        using ConnectionMultiplexer connection =
            await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port},allowAdmin=true");
        var store = new Store($"127.0.0.1:{redis.Port}", connection.GetDatabase());
        foreach ((string? endpoint, int protocol) in new[]
        {
            (store.Endpoint, Stores.DefaultProtocol),
            (store.OverOtherProtocol().Endpoint, 5 - Stores.DefaultProtocol),
        })
        {
            await using Site site = await Site.StartAsync(store with { Endpoint = endpoint + ",name=site" }, Read);
            await site.AskAsync(Site.NewId());
            string list = (string)(await connection.GetDatabase().ExecuteAsync("CLIENT", "LIST"))!;
            string[] lines =
                list.Split('\n').Where(line => line.Contains(" name=site", StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(lines);
            Assert.All(lines, line => Assert.Contains($" resp={protocol}", line, StringComparison.Ordinal));
        }
    }

    private static Task Read(HttpContext context) => context.SharedSessionAsync();
}
