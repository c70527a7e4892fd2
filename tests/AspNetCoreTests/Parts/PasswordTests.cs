using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;
using SessionGateway.CompatTests.Harness;
using StackExchange.Redis;

namespace SessionGateway.AspNetCoreTests.Parts;

public sealed class PasswordTests
{
    [Fact]
    public async Task The_password_opens_the_store_and_a_wrong_one_does_not()
    {
        using var redis = RedisServer.Start("--requirepass", "secret");
        using ConnectionMultiplexer connection =
            await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port},password=secret");
        string address = $"127.0.0.1:{redis.Port}";
        var store = new Store(address, connection.GetDatabase());
        string id = Site.NewId();
        store.Put("PHPREDIS_SESSION:" + id, "n|i:7;");
        foreach ((string? password, string? expected) in new[] { ("secret", "True 7"), ("wrong", "False (none)") })
        {
            // Only the wrong one has to wait for the end of it.
            Store asked = password == "secret"
                ? store : store with { Endpoint = $"{address},connectTimeout=500,syncTimeout=500" };
            await using Site site = await Site.StartAsync(asked, Show, options => options.Password = password);
            Assert.Equal(expected, (await site.AskAsync(id)).Body);
        }
    }

    private static async Task Show(HttpContext context)
    {
        SharedSession session = await context.SharedSessionAsync();
        await context.Response.WriteAsync($"{session.IsAvailable} {session["n"]}");
    }
}
