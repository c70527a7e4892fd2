using System.Security.Cryptography;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.AspNetCoreTests.Frameworks;

/// <summary>The layouts against the frameworks' own code: they store, this side reads and changes, they read
/// again.</summary>
public sealed class FrameworkTests
{
    private static readonly Store Store = Stores.Redis;

    private static string Port => Store.Endpoint.Split(':', ',')[1];

    /// <summary>Laravel 8 is installed; what later versions put before the id only differs in what is configured
    /// here.</summary>
    [Theory]
    [InlineData("laravel_database_", "laravel_cache", 8)]
    [InlineData("laravel_database_", "laravel_cache_", 9)]
    [InlineData("", "shop", 8)]
    [InlineData("shop_", "", 8)]
    public async Task Laravel_and_this_side_share_a_session_and_its_lock(string redisPrefix, string cachePrefix,
        int version)
    {
        string id = RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 40);
        var layout = SessionKeyLayout.Laravel(version, redisPrefix, cachePrefix);
        Assert.Equal("""[true,"anna",null]""", Run("laravel.php", Port, redisPrefix, cachePrefix, id, "put"));
        Assert.NotNull(Store.Bytes(layout.DataKeyOf(id)));
        Assert.Equal("anna", await SetNAsync(id, layout, SharedSessionSerializer.PhpSerialize));
        Assert.Equal("""[true,"anna",7]""", Run("laravel.php", Port, redisPrefix, cachePrefix, id, "get"));

        Assert.Null(Store.Bytes(layout.LockKeyOf(id)));
        Assert.Equal("true", Run("laravel.php", Port, redisPrefix, cachePrefix, id, "lock"));
        Assert.NotNull(Store.Bytes(layout.LockKeyOf(id)));
    }

    [Theory]
    [InlineData(8, "laravel_database_laravel_cache:{id}")]
    [InlineData(10, "laravel_database_laravel_cache_:{id}")]
    [InlineData(11, "laravel_database_laravel_cache_{id}")]
    [InlineData(12, "laravel-database-laravel-cache-{id}")]
    public void The_defaults_of_each_Laravel_are_known(int version, string key)
    {
        Assert.Equal(key, SessionKeyLayout.Laravel(version).DataKey);
        Assert.True(
            version == 10 ? key == SessionKeyLayout.Laravel().DataKey
                : SessionKeyLayout.Laravel().SiblingKeys.Contains(key));
    }

    [Theory]
    [InlineData("redis", "")]
    [InlineData("redis", "shop:")]
    [InlineData("phpredis", "")]
    [InlineData("phpredis", "shop:")]
    public async Task Symfony_and_this_side_share_a_session(string handler, string prefix)
    {
        string id = Site.NewId();
        SessionKeyLayout layout = (handler, prefix) switch
        {
            ("redis", "") => SessionKeyLayout.Symfony(),
            ("redis", _) => SessionKeyLayout.Symfony(prefix),
            (_, "") => SessionKeyLayout.Symfony(SessionKeyLayout.PhpRedis()),
            _ => SessionKeyLayout.Symfony(SessionKeyLayout.PhpRedis(prefix)),
        };
        Assert.Equal("""[true,"anna",null]""", Run("symfony.php", Port, handler, prefix, id, "put"));
        Assert.NotNull(Store.Bytes(layout.DataKeyOf(id)));
        Assert.Equal("anna", await SetNAsync(id, layout, SharedSessionSerializer.Php));
        Assert.Equal("""[true,"anna",7]""", Run("symfony.php", Port, handler, prefix, id, "get"));
    }

    private static async Task<string> SetNAsync(string id, SessionKeyLayout layout, SharedSessionSerializer serializer)
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            session.Set("n", 7);
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response,
                session["user"].AsString());
        }, options =>
        {
            options.Layout = layout;
            options.Serializer = serializer;
        });
        return (await site.AskAsync(id)).Body;
    }

    private static string Run(string program, params string[] arguments) =>
        Tool.Run("php", [Path.Combine(AppContext.BaseDirectory, "Frameworks", "programs", program), .. arguments])
            .Succeeded().StdOut.Trim();
}
