using System.Net;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace SessionGateway.CompatTests.SessionCache;

/// <summary>
/// ASP.NET Core's session over Microsoft.Extensions.Caching.StackExchangeRedis, with nothing changed but the address.
/// </summary>
public abstract class CacheSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, ICacheServer
{
    private readonly string _shop = $"shop-{Guid.NewGuid():N}";

    [Theory]
    [InlineData(0)]
    [InlineData(900)]
    [InlineData(100_000)]
    public async Task Who_logs_in_on_one_instance_is_known_on_the_other(int basket)
    {
        await using Site one = await Site.StartAsync(server.Port, _shop);
        await using Site other = await Site.StartAsync(server.Port, _shop);
        using HttpClient browser = Site.Browser();
        Assert.Equal("nobody", await browser.GetStringAsync(new Uri(other.Address, "/who")));
        await browser.GetStringAsync(new Uri(one.Address, $"/login?user=Jos%C3%A9&basket={basket}"));
        Assert.Equal("José", await browser.GetStringAsync(new Uri(other.Address, "/who")));
        Assert.Equal(Site.Basket(basket), await browser.GetByteArrayAsync(new Uri(other.Address, "/basket")));
        await browser.GetStringAsync(new Uri(other.Address, "/logout"));
        Assert.Equal("nobody", await browser.GetStringAsync(new Uri(one.Address, "/who")));
    }

    [Fact]
    public async Task A_session_is_a_hash_of_three_fields_that_lives_as_long_as_the_session()
    {
        await using Site site = await Site.StartAsync(server.Port, _shop);
        using HttpClient browser = Site.Browser();
        await browser.GetStringAsync(new Uri(site.Address, "/login?user=anna&basket=10"));
        await using ConnectionMultiplexer connection = await ConnectAsync();
        IDatabase database = connection.GetDatabase();
        RedisKey[] keys = [.. connection.GetServers()[0].Keys(pattern: $"{_shop}:*").Where(k => k != $"{_shop}:keys")];
        RedisKey key = Assert.Single(keys);
        Assert.Equal(RedisType.Hash, await database.KeyTypeAsync(key));
        HashEntry[] fields = await database.HashGetAllAsync(key);
        Assert.Equal(["absexp", "data", "sldexp"], fields.Select(f => f.Name.ToString()).Order());
        Assert.Equal(TimeSpan.FromMinutes(5).Ticks, (long)await database.HashGetAsync(key, "sldexp"));
        Assert.Equal(-1, (long)await database.HashGetAsync(key, "absexp"));
        TimeSpan? left = await database.KeyTimeToLiveAsync(key);
        Assert.NotNull(left);
        Assert.InRange(left.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Reading_renews_a_sliding_expiry_up_to_the_absolute_one()
    {
        await using Site site = await Site.StartAsync(server.Port, _shop);
        IDistributedCache cache = site.Services.GetRequiredService<IDistributedCache>();
        await using ConnectionMultiplexer connection = await ConnectAsync();
        IDatabase database = connection.GetDatabase();
        var lifetime = new DistributedCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(2),
            SlidingExpiration = TimeSpan.FromHours(1),
        };
        await cache.SetAsync("entry", [1, 2, 3], lifetime);
        string key = $"{_shop}:entry";
        await database.KeyExpireAsync(key, TimeSpan.FromMinutes(10));
        Assert.Equal([1, 2, 3], await cache.GetAsync("entry"));
        AssertRenewed(await database.KeyTimeToLiveAsync(key));
        await database.KeyExpireAsync(key, TimeSpan.FromMinutes(10));
        await cache.RefreshAsync("entry");
        AssertRenewed(await database.KeyTimeToLiveAsync(key));
        await cache.RemoveAsync("entry");
        Assert.Null(await cache.GetAsync("entry"));
        Assert.False(await database.KeyExistsAsync(key));
    }

    [Fact]
    public async Task Many_browsers_at_once_each_see_their_own_session()
    {
        await using Site one = await Site.StartAsync(server.Port, _shop);
        await using Site other = await Site.StartAsync(server.Port, _shop);
        using (HttpClient first = Site.Browser())
        {
            // The key of all cookies is made by the first who needs one.
            await first.GetStringAsync(new Uri(one.Address, "/login?user=first&basket=1"));
            Assert.Equal("first", await first.GetStringAsync(new Uri(other.Address, "/who")));
        }

        await Task.WhenAll(Enumerable.Range(1, 50).Select(async number =>
        {
            using HttpClient browser = Site.Browser();
            await browser.GetStringAsync(new Uri(one.Address, $"/login?user=u{number}&basket={number * 500}"));
            for (int i = 0; i < 4; i++)
            {
                Site site = i % 2 == 0 ? other : one;
                Assert.Equal($"u{number}", await browser.GetStringAsync(new Uri(site.Address, "/who")));
                byte[] basket = await browser.GetByteArrayAsync(new Uri(site.Address, "/basket"));
                Assert.Equal(Site.Basket(number * 500), basket);
            }
        }));
    }

    [Fact]
    public async Task The_health_check_of_Redis_is_content()
    {
        await using Site site = await Site.StartAsync(server.Port, _shop);
        using HttpClient browser = Site.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(new Uri(site.Address, "/health"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Healthy", await answer.Content.ReadAsStringAsync());
    }

    private static void AssertRenewed(TimeSpan? left)
    {
        Assert.NotNull(left);
        Assert.InRange(left.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
    }

    private Task<ConnectionMultiplexer> ConnectAsync() =>
        ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},connectTimeout=60000,syncTimeout=60000");
}
