using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SessionGateway.CompatTests.SessionCache;

/// <summary>
/// One instance of a web shop as the documentation of ASP.NET Core shows it: the session in the Redis cache, the keys
/// of its cookies in Redis.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConnectionMultiplexer _connection;

    private Site(WebApplication application, ConnectionMultiplexer connection)
    {
        _application = application;
        _connection = connection;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => new(_application.Urls.First());

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _application.Services;

    public static async Task<Site> StartAsync(int port, string shop)
    {
        // The library's own patience is five seconds.
        string address = $"127.0.0.1:{port},connectTimeout=60000,syncTimeout=60000";
        ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(address);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDataProtection()
            .SetApplicationName(shop)
            .PersistKeysToStackExchangeRedis(connection, $"{shop}:keys");
        builder.Services.AddStackExchangeRedisCache(options =>
        {
            options.Configuration = address;
            options.InstanceName = $"{shop}:";
        });
        builder.Services.AddSession(options => options.IdleTimeout = TimeSpan.FromMinutes(5));
        builder.Services.AddHealthChecks().AddRedis(connection);
        WebApplication application = builder.Build();
        application.UseSession();
        // As the documentation advises: without it the first look at the session blocks a thread.
        application.Use(async (context, next) =>
        {
            await context.Session.LoadAsync();
            await next(context);
        });
        application.MapHealthChecks("/health");
        application.MapGet("/login", (HttpContext context, string user, int basket) =>
        {
            context.Session.SetString("user", user);
            context.Session.Set("basket", Basket(basket));
        });
        application.MapGet("/who", (HttpContext context) => context.Session.GetString("user") ?? "nobody");
        application.MapGet("/basket", (HttpContext context) => Results.Bytes(context.Session.Get("basket") ?? []));
        application.MapGet("/logout", (HttpContext context) => context.Session.Clear());
        await application.StartAsync();
        return new Site(application, connection);
    }

    /// <summary>Bytes that tell where they are wrong.</summary>
    public static byte[] Basket(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A browser with cookies of its own.</summary>
    public static HttpClient Browser() => new(new HttpClientHandler { CookieContainer = new CookieContainer() });

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
