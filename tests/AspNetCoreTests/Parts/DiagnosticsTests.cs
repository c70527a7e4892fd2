using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;
using StackExchange.Redis;

namespace SessionGateway.AspNetCoreTests.Parts;

public sealed class DiagnosticsTests
{
    private const string Prefix = "PHPREDIS_SESSION:";

    private static readonly Store Store = Stores.Redis;

    [Fact]
    public async Task Every_operation_is_measured_and_traced_with_its_outcome_and_nothing_of_the_session()
    {
        var seen = new ConcurrentQueue<string>();
        await using Site site = await Site.StartPagesAsync(
            Store,
            app =>
            {
                app.Map("/set", async context => (await context.SharedSessionAsync()).Set("n", 2));
                app.Map("/read", async context => await context.SharedSessionAsync());
                app.Map("/end", async context =>
                {
                    SharedSession session = await context.SharedSessionAsync();
                    session.Set("n", 2);
                    Store.Delete(Prefix + session.Id);
                });
            },
            options => options.LockWait = TimeSpan.FromMilliseconds(30));
        using MeterListener meters = Listen(site.Services.GetRequiredService<IMeterFactory>(), seen);
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SessionGateway.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped =
                activity =>
                    seen.Enqueue(
                        $"trace {activity.OperationName} {string.Join(',', activity.TagObjects)} {activity.Status}"),
        };
        ActivitySource.AddActivityListener(traces);
        string id = Site.NewId();
        var ids = new List<string> { id };

        async Task Ask(string path, string stored, params string[] expected)
        {
            Store.Put(Prefix + id, stored);
            seen.Clear();
            await site.AskAsync(id, path);
            foreach (string line in expected)
            {
                Assert.True(seen.Contains(line), $"{path}: no '{line}' in\n{string.Join('\n', seen)}");
            }

            Assert.DoesNotContain(seen, line => ids.Any(known => line.Contains(known, StringComparison.Ordinal)));
        }

        await Ask("/set", "n|i:1;", "shared_session.load.duration found", "shared_session.lock.wait.duration taken",
            "shared_session.store.duration stored", "trace SharedSession.Load [outcome, found] Unset",
            "trace SharedSession.Lock [outcome, taken] Unset", "trace SharedSession.Store [outcome, stored] Unset");
        await Ask("/end", "n|i:1;", "shared_session.store.duration ended",
            "trace SharedSession.Store [outcome, ended] Error");
        await Ask("/read", "junk", "shared_session.load.duration unreadable");
        Store.Put(Prefix + id + "_LOCK", "php|1");
        await Ask("/read", "n|i:1;", "shared_session.load.duration lock_timeout",
            "shared_session.lock.wait.duration timeout");
        id = Site.NewId();
        ids.Add(id);
        seen.Clear();
        await site.AskAsync(id, "/read");
        Assert.Contains("shared_session.load.duration new", seen);
    }

    [Fact]
    public async Task The_health_check_and_the_gauge_follow_the_store()
    {
        foreach (bool isAway in new[] { false, true })
        {
            await using Site site = await Site.StartAsync(
                Store,
                async context =>
                {
                    HealthReport report =
                        await context.RequestServices.GetRequiredService<HealthCheckService>().CheckHealthAsync();
                    HealthReportEntry entry = report.Entries["shared_session"];
                    await context.Response.WriteAsync($"{entry.Status} {entry.Description} {entry.Exception}");
                },
                options =>
                {
                    options.StoreRetryInterval = TimeSpan.FromHours(1);
                    options.ConnectionFactory = isAway ? () => throw new TimeoutException() : null;
                },
                services => services.AddHealthChecks().AddSharedSession(failureStatus: HealthStatus.Degraded));
            string[] expected = isAway
                ? new[] { "Degraded The session store: TimeoutException. ",
                    "Degraded The session store: The session store is away and is not asked" }
                : ["Healthy The session store answers. ", "Healthy"];
            foreach (string? start in expected)
            {
                Assert.StartsWith(start, (await site.AskAsync()).Body, StringComparison.Ordinal);
            }

            var seen = new ConcurrentQueue<string>();
            using MeterListener meters = Listen(site.Services.GetRequiredService<IMeterFactory>(), seen);
            meters.RecordObservableInstruments();
            Assert.Contains($"shared_session.store.away {(isAway ? 1 : 0)}", seen);
        }
    }

    [Fact]
    public async Task A_connection_factory_of_the_container_makes_the_connection_and_keeps_it()
    {
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(Store.Endpoint);
        await using (Site site = await Site.StartAsync(
            Store with { Endpoint = "nowhere:1" },
            async context =>
                await context.Response.WriteAsync((await context.SharedSessionAsync()).IsAvailable.ToString()),
            configureServices: services =>
                services.AddSingleton<ISharedSessionConnectionFactory>(new Factory(connection))))
        {
            Assert.Equal("True", (await site.AskAsync(Site.NewId())).Body);
        }

        Assert.True(connection.IsConnected);
        Assert.True(await connection.GetDatabase().PingAsync() >= TimeSpan.Zero);
    }

    private static MeterListener Listen(IMeterFactory factory, ConcurrentQueue<string> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "SessionGateway.AspNetCore" && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            Assert.InRange(value, 0, 60);
            seen.Enqueue($"{instrument.Name} {tags[0].Value}");
        });
        listener.SetMeasurementEventCallback<int>(
            (instrument, value, _, _) => seen.Enqueue($"{instrument.Name} {value}"));
        listener.Start();
        return listener;
    }

    private sealed class Factory(IConnectionMultiplexer connection) : ISharedSessionConnectionFactory
    {
        public Task<IConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken) =>
            Task.FromResult(connection);
    }
}
