using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;

namespace SessionGateway.AspNetCoreTests.Suites;

/// <summary>Ids: from strangers, new ones, replaced ones.</summary>
public abstract class IdSuite : SessionSuite
{
    [Fact]
    public async Task In_strict_mode_an_unknown_id_is_replaced()
    {
        await using Site site = await PageAsync(Counting);
        string planted = Site.NewId();
        Answer answer = await site.AskAsync(planted);
        Assert.NotNull(answer.NewId);
        Assert.NotEqual(planted, answer.NewId);
        Assert.Null(Store.Text(Prefix + planted));
        Assert.Null(Store.Text(Prefix + planted + "_LOCK"));
        Assert.Equal("n|i:1;", Store.Text(Prefix + answer.NewId));
    }

    [Fact]
    public async Task Without_strict_mode_an_unknown_id_is_taken_over()
    {
        await using Site site = await PageAsync(Counting, options => options.StrictMode = false);
        string id = Site.NewId();
        Assert.Null((await site.AskAsync(id)).SetCookie);
        Assert.Equal("n|i:1;", Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
    }

    [Theory]
    [InlineData("_LOCK")]
    [InlineData("_lock")]
    [InlineData("%0d%0a")]
    [InlineData("%00")]
    [InlineData("{a}_Data")]
    [InlineData("/../")]
    [InlineData(" ")]
    [InlineData("ä")]
    [InlineData("*")]
    public async Task An_id_that_breaks_the_rules_reaches_nothing(string end)
    {
        await using Site site =
            await PageAsync(session => $"{session["n"].Exists}", options => options.StrictMode = false);
        string id = Site.NewId();
        Store.Put(Prefix + id + Uri.UnescapeDataString(end), "n|i:1;");
        Answer answer = await site.AskAsync(id + Uri.EscapeDataString(Uri.UnescapeDataString(end)));
        Assert.Equal("False", answer.Body);
        Assert.Equal("n|i:1;", Store.Text(Prefix + id + Uri.UnescapeDataString(end)));
        Assert.InRange(Store.Seconds(Prefix + id + Uri.UnescapeDataString(end)), 0, 1000);
        Assert.Contains(site.Log.Lines, line => line.StartsWith("8006 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lock_is_no_session_even_where_the_pattern_allows_its_name()
    {
        await using Site site = await PageAsync(Counting, options =>
        {
            options.IdPattern = ".*";
            options.StrictMode = false;
        });
        string id = Site.NewId();
        Store.Put(Prefix + id + "_LOCK", "n|i:1;");
        Answer answer = await site.AskAsync(id + "_LOCK");
        Assert.Equal("n|i:1;", Store.Text(Prefix + id + "_LOCK"));
        Assert.Null(Store.Text(Prefix + id + "_LOCK_LOCK"));
        Assert.Equal(32, answer.NewId!.Length);
    }

    [Fact]
    public async Task The_first_cookie_of_the_name_counts_as_in_PHP()
    {
        await using Site site = await PageAsync(session => session["n"].ToString());
        string first = Stored("n|i:1;");
        string second = Stored("n|i:2;");
        Assert.Equal("1", (await site.AskAsync($"{first}; PHPSESSID={second}")).Body);
    }

    [Fact]
    public async Task A_new_id_takes_the_session_along_and_ends_the_old_one()
    {
        await using Site site = await PageAsync(session =>
        {
            session.RegenerateId();
            session.Set("user", "anna");
            return "";
        });
        string id = Stored("n|i:1;");
        Answer answer = await site.AskAsync(id);
        Assert.Matches("^[0-9a-v]{32}$", answer.NewId);
        Assert.Equal("""n|i:1;user|s:4:"anna";""", Store.Text(Prefix + answer.NewId));
        Assert.Null(Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
        Assert.DoesNotContain(site.Log.Lines, line =>
            line.Contains(id, StringComparison.Ordinal) || line.Contains(answer.NewId!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_old_session_can_stay()
    {
        await using Site site = await PageAsync(session =>
        {
            session.RegenerateId(deleteOld: false);
            return "";
        });
        string id = Stored("n|i:1;");
        Answer answer = await site.AskAsync(id);
        Assert.Equal("n|i:1;", Store.Text(Prefix + answer.NewId));
        Assert.Equal("n|i:1;", Store.Text(Prefix + id));
        Assert.Null(Store.Text(Prefix + id + "_LOCK"));
    }

    [Fact]
    public async Task A_new_id_after_a_lost_lock_leaves_the_old_session_alone()
    {
        await using Site site = await PageAsync(session =>
        {
            Store.Delete(Prefix + session.Id + "_LOCK");
            session.RegenerateId();
            return "";
        });
        string id = Stored("n|i:1;");
        Answer answer = await site.AskAsync(id);
        Assert.Equal(SharedSessionFailure.LockLost, site.Exceptions.Failure);
        Assert.Null(answer.SetCookie);
        Assert.Equal("n|i:1;", Store.Text(Prefix + id));
    }

    [Theory]
    [InlineData("n|i:1;", true)]
    [InlineData("user_id|i:3;", true)]
    [InlineData("user_id|i:7;", false)]
    public async Task Signing_in_gives_a_new_id_by_itself(string before, bool isNew)
    {
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("user_id", 7);
                return "";
            },
            options => options.RegenerateIdOn.Add("user_id"));
        string id = Stored(before);
        Answer answer = await site.AskAsync(id);
        Assert.Equal(isNew, answer.NewId is not null);
        Assert.Equal(isNew, Store.Text(Prefix + id) is null);
        Assert.Contains("user_id|i:7;", Store.Text(Prefix + (answer.NewId ?? id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_under_a_planted_id_gives_a_new_one_without_strict_mode_too()
    {
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("user_id", 7);
                return "";
            },
            options =>
            {
                options.StrictMode = false;
                options.RegenerateIdOn.Add("user_id");
            });
        string planted = Site.NewId();
        Answer answer = await site.AskAsync(planted);
        Assert.NotEqual(planted, answer.NewId);
        Assert.Null(Store.Text(Prefix + planted));
        Assert.Equal("user_id|i:7;", Store.Text(Prefix + answer.NewId));
    }

    [Fact]
    public async Task The_cookie_follows_the_options()
    {
        await using Site site = await PageAsync(Counting, options =>
        {
            options.Cookie.Name = "SHOP";
            options.Cookie.Domain = "example.org";
            options.Cookie.Path = "/shop";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        Answer answer = await site.AskAsync();
        Assert.Matches("^SHOP=[0-9a-v]{32}; domain=example.org; path=/shop; samesite=strict; httponly$",
            answer.SetCookie);
        Assert.Null((await site.AskAsync(answer.NewId, cookie: "SHOP")).SetCookie);
        Assert.Equal("n|i:2;", Store.Text(Prefix + answer.NewId));
    }

    private static string Counting(SharedSession session)
    {
        session.Set("n", (session["n"].TryGetInt64(out long n) ? n : 0) + 1);
        return session["n"].ToString();
    }
}
