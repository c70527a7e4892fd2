using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;

namespace SessionGateway.AspNetCoreTests.Suites;

/// <summary>The lock of phpredis, from this side.</summary>
public abstract class LockSuite : SessionSuite
{
    [Fact]
    public async Task The_lock_is_taken_on_first_access_and_ends_with_the_request()
    {
        string key = "";
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            string? before = Store.Text(key);
            await context.SharedSessionAsync();
            string? token = Store.Text(key);
            await context.Response.WriteAsync(
                $"{before is null} {token?.Split('|')[1]} {Store.Seconds(key) is > 50 and <= 60}");
        });
        string id = Stored("n|i:1;");
        key = Prefix + id + "_LOCK";
        Assert.Equal($"True {Environment.ProcessId} True", (await site.AskAsync(id)).Body);
        Assert.Null(Store.Text(key));
    }

    [Fact]
    public async Task A_request_waits_for_the_lock_of_PHP()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Set("n", session["n"].AsInt64() + 1);
            return "";
        });
        string id = Stored("n|i:1;");
        Store.Put(Prefix + id + "_LOCK", "php|1");
        Task<Answer> answer = site.AskAsync(id);
        await site.Pauses.UntilOneWaitsAsync();
        Assert.False(answer.IsCompleted);
        Store.Put(Prefix + id, "n|i:10;");
        Store.Delete(Prefix + id + "_LOCK");
        await answer;
        Assert.Equal("n|i:11;", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task A_lock_that_stays_anothers_fails_the_request_and_changes_nothing()
    {
        await using Site site = await PageAsync(session => session["n"].ToString(),
            options => options.LockWait = TimeSpan.FromMilliseconds(150));
        string id = Stored("n|i:1;");
        Store.Put(Prefix + id + "_LOCK", "php|1");
        var watch = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.AskAsync(id)).Status);
        Assert.InRange(watch.ElapsedMilliseconds, 150, long.MaxValue);
        Assert.Equal(SharedSessionFailure.LockTimeout, site.Exceptions.Failure);
        Assert.Equal("php|1", Store.Text(Prefix + id + "_LOCK"));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Twenty_requests_at_once_lose_no_increment()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Set("n", session["n"].AsInt64() + 1);
            return "";
        });
        string id = Stored("n|i:0;");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => site.AskAsync(id)));
        Assert.Equal("n|i:20;", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task An_exception_releases_the_lock_and_stores_nothing()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Set("n", 2);
            throw new InvalidOperationException("of the application");
        });
        string id = Stored("n|i:1;");
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.AskAsync(id)).Status);
        Assert.Equal("of the application", Assert.Single(site.Exceptions.Seen).Message);
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
        Assert.Equal("n|i:1;", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task What_the_application_committed_stays_when_the_request_fails_later()
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            context.SharedSession().Set("n", 2);
            await context.Session.CommitAsync();
            Assert.NotNull(Store.Text(Prefix + context.Session.Id + "_LOCK"));
            context.SharedSession().Set("n", 3);
            throw new InvalidOperationException();
        });
        string id = Stored("n|i:1;");
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.AskAsync(id)).Status);
        Assert.Equal("n|i:2;", Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
    }

    [Fact]
    public async Task An_aborted_session_is_not_stored()
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            context.SharedSession().Set("n", 2);
            await context.SharedSession().AbortAsync();
        });
        string id = Stored("n|i:1;");
        Assert.Equal(HttpStatusCode.OK, (await site.AskAsync(id)).Status);
        Assert.Equal("n|i:1;", Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("php|2")]
    public async Task With_a_lost_lock_nothing_is_written_and_the_new_owner_keeps_his(string? newOwner)
    {
        string key = "";
        await using Site site = await PageAsync(session =>
        {
            session.Set("n", 2);
            Store.Delete(key + "_LOCK");
            if (newOwner is not null)
            {
                Store.Put(key + "_LOCK", newOwner);
            }

            return "body";
        });
        string id = Stored("n|i:1;");
        key = Prefix + id;
        Answer answer = await site.AskAsync(id);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal("", answer.Body);
        Assert.Equal(SharedSessionFailure.LockLost, site.Exceptions.Failure);
        Assert.Equal("n|i:1;", Store.Text(key));
        Assert.Equal(newOwner, Store.Text(key + "_LOCK"));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_logout_elsewhere_is_not_undone()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Set("n", 2);
            Store.Delete(Prefix + session.Id);
            return "";
        });
        string id = Stored("n|i:1;");
        await site.AskAsync(id);
        Assert.Equal(SharedSessionFailure.Ended, site.Exceptions.Failure);
        Assert.Null(Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
    }

    [Fact]
    public async Task A_read_only_endpoint_waits_for_no_lock_and_renews_the_time()
    {
        await using Site site = await Site.StartPagesAsync(Store, app => app
            .Map("/", context => context.Response.WriteAsync(context.SharedSession()["n"].ToString()))
            .WithReadOnlySession());
        string id = Stored("n|i:1;");
        Store.Put(Prefix + id + "_LOCK", "php|1");
        Assert.Equal("1", (await site.AskAsync(id)).Body);
        Assert.Equal("php|1", Store.Text(Prefix + id + "_LOCK"));
        Assert.InRange(Store.Seconds(Prefix + id), 1430, 1440);
    }

    [Fact]
    public async Task A_change_on_a_read_only_endpoint_is_an_error_even_deep_inside()
    {
        await using Site site = await Site.StartPagesAsync(Store, app =>
        {
            app.Map("/set", context =>
            {
                context.SharedSession().Set("n", 2);
                return Task.CompletedTask;
            }).WithReadOnlySession();
            app.Map("/deep", [SharedSessionReadOnly] (HttpContext context) =>
            {
                context.SharedSession()["a"].AsMap().Set("n", 2);
                return "changed";
            });
        });
        string id = Stored("""n|i:1;a|a:1:{s:1:"n";i:1;}""");
        foreach (string? path in new[] { "/set", "/deep" })
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await site.AskAsync(id, path)).Status);
        }

        Assert.All(site.Exceptions.Seen,
            error => Assert.Equal(SharedSessionFailure.ReadOnly, Assert.IsType<SharedSessionException>(error).Failure));
        Assert.Equal(2, site.Exceptions.Seen.Count);
        Assert.Equal("""n|i:1;a|a:1:{s:1:"n";i:1;}""", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task Without_a_lock_a_write_over_anothers_is_a_conflict()
    {
        string others = "n|i:1;";
        await using Site site = await Site.StartPagesAsync(Store, app => app.Map("/", context =>
        {
            context.SharedSession().Set("n", context.SharedSession()["n"].AsInt64() + 1);
            Store.Put(Prefix + context.Session.Id, others);
            Assert.Null(Store.Text(Prefix + context.Session.Id + "_LOCK"));
            return Task.CompletedTask;
        }).WithSession(SharedSessionLocking.None));

        string id = Stored("n|i:1;");
        await site.AskAsync(id);
        Assert.Equal("n|i:2;", Store.Text(Prefix + id));

        others = "n|i:7;";
        await site.AskAsync(id);
        Assert.Equal(SharedSessionFailure.Conflict, site.Exceptions.Failure);
        Assert.Equal("n|i:7;", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task Closing_early_lets_the_next_request_in()
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            context.SharedSession().Set("n", 2);
            await context.SharedSession().CloseAsync();
            await context.Response.WriteAsync(
                $"{Store.Text(Prefix + context.Session.Id + "_LOCK") is null} {context.SharedSession()["n"]}");
        });
        string id = Stored("n|i:1;");
        Assert.Equal("True 2", (await site.AskAsync(id)).Body);
        Assert.Equal("n|i:2;", Store.Text(Prefix + id));
    }
}
