using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SessionGateway.CompatTests.SessionCache.Messages;

/// <summary>One instance of a site with a hub and Redis behind it, as the documentation of ASP.NET Core shows
/// it.</summary>
internal sealed class ChatInstance : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ChatInstance(WebApplication application) => _application = application;

    public static async Task<ChatInstance> StartAsync(int port, string site)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // The library's own patience is five seconds.
        builder.Services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 2)
            .AddStackExchangeRedis($"127.0.0.1:{port},connectTimeout=60000,syncTimeout=60000",
                options => options.Configuration.ChannelPrefix = RedisChannel.Literal(site));
        WebApplication application = builder.Build();
        application.MapHub<Chat>("/chat");
        await application.StartAsync();
        return new ChatInstance(application);
    }

    /// <summary>A client that is connected to this instance.</summary>
    public async Task<Listener> ConnectAsync()
    {
        HubConnection connection = new HubConnectionBuilder()
            .WithUrl(new Uri(new Uri(_application.Urls.First()), "/chat")).Build();
        var listener = new Listener(connection);
        await connection.StartAsync();
        // The client has started before the hub has subscribed to its messages.
        await listener.CallAsync("Arrive");
        return listener;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
