using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.AspNetCoreTests.Suites;

/// <summary>Making, reading, changing and ending sessions.</summary>
public abstract class BasicSuite : SessionSuite
{
    [Fact]
    public async Task The_first_value_makes_a_session_that_PHP_reads()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Set("user", "anna");
            session.Set("visits", 1);
            session.Array("cart").Append().Set("tea");
            return session.IsNew.ToString();
        });
        Answer answer = await site.AskAsync();

        Assert.Equal("True", answer.Body);
        Assert.Matches("^PHPSESSID=[0-9a-v]{32}; path=/; secure; samesite=lax; httponly$", answer.SetCookie);
        string key = Prefix + answer.NewId;
        Assert.Equal("""user|s:4:"anna";visits|i:1;cart|a:1:{i:0;s:3:"tea";}""", Store.Text(key));
        Assert.InRange(Store.Seconds(key), 1430, 1440);
        Assert.Null(Store.Text(key + "_LOCK"));
    }

    [Fact]
    public async Task Reading_makes_no_session()
    {
        await using Site site =
            await PageAsync(session => $"{session["user"].Exists} {session.IsAvailable} {session.Keys.Any()}");
        Answer answer = await site.AskAsync();
        Assert.Equal("False True False", answer.Body);
        Assert.Null(answer.SetCookie);
    }

    [Theory]
    [InlineData("""user|s:4:"anna";n|i:41;list|a:1:{s:1:"x";d:0.5;}""",
        """user|s:4:"anna";n|i:42;list|a:1:{s:1:"x";d:0.5;}""")]
    [InlineData("""a:2:{s:4:"user";s:4:"anna";s:1:"n";i:41;}""", """a:2:{s:4:"user";s:4:"anna";s:1:"n";i:42;}""")]
    [InlineData("\u0004users:4:\"anna\";\u0001ni:41;", "\u0004users:4:\"anna\";\u0001ni:42;")]
    [InlineData("\0\0\0\u0002\u0014\u0002\u0011\u0004user\u0011\u0004anna\u0011\u0001n\u0006\u0029",
        "\0\0\0\u0002\u0014\u0002\u0011\u0004user\u0011\u0004anna\u0011\u0001n\u0006\u002a")]
    public async Task A_session_of_PHP_is_changed_in_its_own_serializer(string before, string after)
    {
        await using Site site = await PageAsync(session =>
        {
            session.Set("n", session["n"].AsInt64() + 1);
            return session["user"].AsString();
        });
        string id = Stored(before);
        Answer answer = await site.AskAsync(id);
        Assert.Equal("anna", answer.Body);
        Assert.Null(answer.SetCookie);
        Assert.Equal(after, Store.Text(Prefix + id));
        Assert.InRange(Store.Seconds(Prefix + id), 1430, 1440);
    }

    [Theory]
    [InlineData(SharedSessionSerializer.Php, "user|s:1:\"x\";")]
    [InlineData(SharedSessionSerializer.PhpSerialize, "a:1:{s:4:\"user\";s:1:\"x\";}")]
    [InlineData(SharedSessionSerializer.PhpBinary, "\u0004users:1:\"x\";")]
    [InlineData(SharedSessionSerializer.Igbinary, "\0\0\0\u0002\u0014\u0001\u0011\u0004user\u0011\u0001x")]
    public async Task A_new_session_is_written_in_the_configured_serializer(SharedSessionSerializer serializer,
        string bytes)
    {
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("user", "x");
                return "";
            },
            options => options.Serializer = serializer);
        Answer answer = await site.AskAsync();
        Assert.Equal(bytes, Store.Text(Prefix + answer.NewId));
    }

    [Fact]
    public async Task A_session_that_is_only_looked_at_keeps_its_bytes_and_gets_new_time()
    {
        // Not as PHP writes it: the bytes must not be "repaired".
        const string odd = """n|i:+0041;user|s:4:"anna";""";
        await using Site site = await PageAsync(session => session["n"].AsInt64().ToString());
        string id = Stored(odd);
        Assert.Equal("41", (await site.AskAsync(id)).Body);
        Assert.Equal(odd, Store.Text(Prefix + id));
        Assert.InRange(Store.Seconds(Prefix + id), 1430, 1440);
    }

    [Fact]
    public async Task Setting_the_value_that_is_there_already_is_no_change()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Set("n", 41);
            return "";
        });
        string id = Stored("n|i:+41;");
        await site.AskAsync(id);
        Assert.Equal("n|i:+41;", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task A_change_deep_inside_is_stored()
    {
        await using Site site = await PageAsync(session =>
        {
            session["cart"].AsMap()["tea"].AsMap().Set("count", 2);
            return "";
        });
        string id = Stored("""cart|a:1:{s:3:"tea";a:1:{s:5:"count";i:1;}}""");
        await site.AskAsync(id);
        Assert.Equal("""cart|a:1:{s:3:"tea";a:1:{s:5:"count";i:2;}}""", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task An_untouched_session_is_not_even_asked_for()
    {
        await using Site site = await Site.StartAsync(Store, context => context.Response.WriteAsync("ok"));
        string id = Stored("n|i:1;");
        await site.AskAsync(id);
        Assert.InRange(Store.Seconds(Prefix + id), 0, 1000);
    }

    [Fact]
    public async Task Removed_and_cleared_values_are_gone_and_the_session_stays()
    {
        await using Site site = await Site.StartPagesAsync(Store, app =>
        {
            app.Map("/remove", context => { context.SharedSession().Remove("a"); return Task.CompletedTask; });
            app.Map("/clear", context => { context.Session.Clear(); return Task.CompletedTask; });
        });
        string id = Stored("a|i:1;b|i:2;");
        await site.AskAsync(id, "/remove");
        Assert.Equal("b|i:2;", Store.Text(Prefix + id));
        await site.AskAsync(id, "/clear");
        Assert.Equal("", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task Destroying_ends_the_session_and_the_cookie()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Destroy();
            return session["user"].Exists.ToString();
        });
        string id = Stored("user|i:1;");
        Answer answer = await site.AskAsync(id);
        Assert.Equal("False", answer.Body);
        Assert.Null(Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
        Assert.StartsWith("PHPSESSID=; expires=Thu, 01 Jan 1970", answer.SetCookie);
    }

    [Fact]
    public async Task What_is_set_after_destroying_is_a_new_session()
    {
        await using Site site = await PageAsync(session =>
        {
            session.Destroy();
            session.Set("flash", "bye");
            return "";
        });
        string id = Stored("user|i:1;");
        Answer answer = await site.AskAsync(id);
        Assert.NotEqual(id, answer.NewId);
        Assert.Null(Store.Text(Prefix + id));
        Assert.Equal("""flash|s:3:"bye";""", Store.Text(Prefix + answer.NewId));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
    }

    [Fact]
    public async Task The_session_is_stored_and_unlocked_before_the_first_byte_leaves()
    {
        var more = new TaskCompletionSource();
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            context.SharedSession().Set("n", 2);
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await more.Task;
            await context.Response.WriteAsync(context.SharedSession()["n"].AsInt64().ToString());
        });
        string id = Stored("n|i:1;");
        using HttpResponseMessage response = await site.SendAsync(id);
        Assert.Equal("n|i:2;", Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
        more.SetResult();
        Assert.Equal("first2", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task After_the_first_byte_a_change_is_an_error_unless_the_session_is_opened_again()
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            session.Set("n", 2);
            await context.Response.WriteAsync("first ");
            SharedSessionException error = Assert.Throws<SharedSessionException>(() => session.Set("n", 3));
            await session.LoadAsync();
            session.Set("n", session["n"].AsInt64() + 2);
            await context.Response.WriteAsync(error.Failure.ToString());
        });
        string id = Stored("n|i:1;");
        Assert.Equal("first Closed", (await site.AskAsync(id)).Body);
        await Wait.UntilAsync(() => Store.Text(Prefix + id) == "n|i:4;", () => $"the value; {Store.Text(Prefix + id)}");
        await Wait.UntilAsync(() => Store.Text(Prefix + id + "_LOCK") is null, () => "the end of the lock");
    }

    [Fact]
    public async Task A_session_cannot_begin_after_the_first_byte()
    {
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            await context.Response.WriteAsync("first ");
            SharedSessionException error =
                Assert.Throws<SharedSessionException>(() => context.SharedSession().Set("n", 1));
            await context.Response.WriteAsync(error.Failure.ToString());
        });
        Assert.Equal("first Closed", (await site.AskAsync()).Body);
    }

    [Fact]
    public async Task Another_database_is_used_where_it_is_named()
    {
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("n", 1);
                return "";
            },
            options => options.Database = 3);
        Answer answer = await site.AskAsync();
        Assert.True(answer.NewId is not null, $"{answer.Status}; the log: {string.Join('\n', site.Log.Lines)}");
        string key = Prefix + answer.NewId;
        Assert.Null(Store.Text(key));
        Assert.Equal("n|i:1;", (string?)Store.Database.Multiplexer.GetDatabase(3).StringGet(key));
    }

    // The library waits for a connection and then for the answer to what it could not send.
    private Store Nowhere() =>
        Store with { Endpoint = $"127.0.0.1:{Ports.Next()},connectTimeout=300,syncTimeout=300" };

    [Fact]
    public async Task A_store_that_is_away_gives_an_unavailable_session_that_cannot_be_changed()
    {
        Store nowhere = Nowhere();
        await using Site site = await Site.StartAsync(nowhere, async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            SharedSessionException error = Assert.Throws<SharedSessionException>(() => session.Set("n", 1));
            await context.Response.WriteAsync($"{session.IsAvailable} {session["n"].Exists} {error.Failure}");
        });
        string id = Site.NewId();
        Answer answer = await site.AskAsync(id);
        Assert.Equal("False False Unavailable", answer.Body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(site.Log.Lines, line => line.StartsWith("8000 ", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_session_that_cannot_be_stored_gives_no_cookie()
    {
        Store nowhere = Nowhere();
        await using Site site = await Site.StartAsync(nowhere, context =>
        {
            context.SharedSession().Set("n", 1);
            return context.Response.WriteAsync("ok");
        });
        Answer answer = await site.AskAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Null(answer.SetCookie);
        Assert.Equal(SharedSessionFailure.Unavailable, site.Exceptions.Failure);

        // Neither the log nor the exception holds an id, not even inside what the client library said.
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains("PHPREDIS_SESSION", StringComparison.Ordinal));
        Assert.DoesNotContain("PHPREDIS_SESSION", site.Exceptions.Seen[0].ToString(), StringComparison.Ordinal);
    }
}
