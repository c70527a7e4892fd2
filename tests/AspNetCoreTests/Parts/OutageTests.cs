using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;
using SessionGateway.CompatTests.Harness;
using StackExchange.Redis;

namespace SessionGateway.AspNetCoreTests.Parts;

public sealed class OutageTests
{
    [Fact]
    public async Task A_store_that_is_away_is_asked_by_one_request_and_then_by_none()
    {
        int tries = 0;
        await using Site site = await Site.StartAsync(Stores.Redis, Show, options =>
        {
            options.StoreRetryInterval = TimeSpan.FromHours(1);
            options.ConnectionFactory = () =>
            {
                tries++;
                throw new TimeoutException();
            };
        });
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("False (none)", (await site.AskAsync(Site.NewId())).Body);
        }

        Assert.Equal(1, tries);
        Assert.Single(site.Log.Lines, line => line.StartsWith("8000 ", StringComparison.Ordinal));
        Assert.Single(site.Log.Lines, line => line.StartsWith("8010 ", StringComparison.Ordinal));
        Assert.Equal(2, site.Log.Lines.Count);
    }

    [Fact]
    public async Task A_store_that_is_back_is_used_again_without_any_request_having_waited_for_it()
    {
        bool isAway = true;
        ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(Stores.Redis.Endpoint);
        await using Site site = await Site.StartAsync(Stores.Redis, Show, options =>
        {
            options.StoreRetryInterval = TimeSpan.FromMilliseconds(5);
            options.ConnectionFactory = () => Volatile.Read(ref isAway)
                ? throw new TimeoutException()
                : Task.FromResult<IConnectionMultiplexer>(connection);
        });
        string id = Site.NewId();
        Stores.Redis.Put("PHPREDIS_SESSION:" + id, "n|i:7;");
        Assert.Equal("False (none)", (await site.AskAsync(id)).Body);
        Volatile.Write(ref isAway, false);
        await Wait.UntilAsync(
            () => site.Log.Lines.Any(line => line.StartsWith("8011 ", StringComparison.Ordinal)),
            () => string.Join('\n', site.Log.Lines));
        Assert.Equal("True 7", (await site.AskAsync(id)).Body);
        Assert.Single(site.Log.Lines, line => line.StartsWith("8010 ", StringComparison.Ordinal));
        await connection.CloseAsync();
        connection.Dispose();
    }

    /// <summary>A machine that takes connections and is dead behind them: only those who asked first pay the
    /// timeout.</summary>
    [Fact]
    public async Task A_store_that_never_answers_costs_the_timeout_once()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        Store store =
            Stores.Redis with { Endpoint = $"127.0.0.1:{((IPEndPoint)deaf.LocalEndpoint).Port},connectTimeout=200" };
        await using Site site = await Site.StartAsync(store, Show, options =>
        {
            options.OperationTimeout = TimeSpan.FromMilliseconds(300);
            options.StoreRetryInterval = TimeSpan.FromHours(1);
        });
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => site.AskAsync(Site.NewId())));
        int before = site.Log.Lines.Count;
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("False (none)", (await site.AskAsync(Site.NewId())).Body);
        }

        // Each real question leaves a line.
        Assert.Equal(before, site.Log.Lines.Count);
        Assert.Single(site.Log.Lines, line => line.StartsWith("8010 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_that_the_store_answers_with_is_no_outage()
    {
        await using Site site = await Site.StartAsync(Stores.Redis, Show);
        string broken = Site.NewId();
        await Stores.Redis.Database.ListLeftPushAsync("PHPREDIS_SESSION:" + broken, "not a string");
        Assert.Equal("False (none)", (await site.AskAsync(broken)).Body);
        string id = Site.NewId();
        Stores.Redis.Put("PHPREDIS_SESSION:" + id, "n|i:7;");
        Assert.Equal("True 7", (await site.AskAsync(id)).Body);
        Assert.DoesNotContain(site.Log.Lines, line => line.StartsWith("8010 ", StringComparison.Ordinal));
    }

    private static async Task Show(HttpContext context)
    {
        SharedSession session = await context.SharedSessionAsync();
        await context.Response.WriteAsync($"{session.IsAvailable} {session["n"]}");
    }
}
