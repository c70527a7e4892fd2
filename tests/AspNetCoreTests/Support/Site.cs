using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionGateway.AspNetCore;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.AspNetCoreTests.Support;

/// <summary>A web application with a shared session on a loopback port of its own.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private Site(WebApplication app, Recorder log, Exceptions exceptions, Pauses pauses)
    {
        _app = app;
        Log = log;
        Exceptions = exceptions;
        Pauses = pauses;
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    /// <summary>The log of the library.</summary>
    public Recorder Log { get; }

    /// <summary>Exceptions that left the library's part of the pipeline.</summary>
    public Exceptions Exceptions { get; }

    /// <summary>Pauses of requests that wait for a lock.</summary>
    public Pauses Pauses { get; }

    /// <summary>The site's container.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a site with one page.</summary>
    public static Task<Site> StartAsync(
        Store store, RequestDelegate page, Action<SharedSessionOptions>? configure = null,
        Action<IServiceCollection>? configureServices = null) =>
        StartPagesAsync(store, app => app.Map("/", page), configure, configureServices: configureServices);

    /// <summary>Starts a site; what comes before the shared session is outside of all of it.</summary>
    public static async Task<Site> StartPagesAsync(
        Store store, Action<WebApplication> pages, Action<SharedSessionOptions>? configure = null,
        Action<WebApplication>? before = null, Action<IServiceCollection>? configureServices = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        var log = new Recorder();
        var exceptions = new Exceptions();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.None)
            .AddFilter(typeof(SharedSession).FullName, LogLevel.Trace);
        builder.Services.AddSharedSession(options =>
        {
            options.Endpoint = store.Endpoint;
            // No test waits for the end of these; a busy machine may come near to the defaults.
            options.LockWait = Wait.Patience;
            options.OperationTimeout = Wait.Patience;
            configure?.Invoke(options);
        });
        var pauses = new Pauses();
        builder.Services.AddSingleton<TimeProvider>(pauses);
        configureServices?.Invoke(builder.Services);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        before?.Invoke(app);
        app.Use(exceptions.ObserveAsync);
        app.UseSharedSession();
        pages(app);
        await app.StartAsync();
        return new Site(app, log, exceptions, pauses);
    }

    /// <summary>An id as PHP makes them.</summary>
    public static string NewId() => RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuv", 26);

    /// <summary>Asks a page with a session cookie, or without one.</summary>
    public async Task<Answer> AskAsync(string? id = null, string path = "/", string cookie = "PHPSESSID")
    {
        using HttpResponseMessage response = await SendAsync(id, path, cookie);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies)
                ? string.Join(" & ", cookies) : null);
    }

    /// <summary>Asks and gives the response as soon as its headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(string? id, string path = "/", string cookie = "PHPSESSID")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (id is not null)
        {
            request.Headers.Add("Cookie", $"other=1; {cookie}={id}");
        }

        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
