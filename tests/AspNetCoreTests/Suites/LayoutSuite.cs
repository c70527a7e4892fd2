using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;

namespace SessionGateway.AspNetCoreTests.Suites;

/// <summary>Keys, locks and nesting of the other stacks.</summary>
public abstract class LayoutSuite : SessionSuite
{
    private const string Memcached = "memc.sess.key.";

    [Fact]
    public async Task Php_memcached_has_its_session_and_its_lock_where_it_looks_for_them()
    {
        string id = Stored("n|i:1;", Memcached);
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("n", session["n"].AsInt64() + 1);
                return (Store.Text($"{Memcached}lock.{id}") is not null).ToString();
            },
            options => options.Layout = SessionKeyLayout.PhpMemcached());
        Assert.Equal("True", (await site.AskAsync(id)).Body);
        Assert.Equal("n|i:2;", Store.Text(Memcached + id));
        Assert.Null(Store.Text($"{Memcached}lock.{id}"));

        // What php-memcached stores in it.
        Store.Put($"{Memcached}lock.{id}", "1");
        Task<Answer> waiting = site.AskAsync(id);
        await site.Pauses.UntilOneWaitsAsync();
        Assert.False(waiting.IsCompleted);
        Store.Delete($"{Memcached}lock.{id}");
        await waiting;
        Assert.Equal("n|i:3;", Store.Text(Memcached + id));
    }

    [Fact]
    public async Task A_lock_of_php_memcached_is_no_session()
    {
        await using Site site = await PageAsync(session => session.IsNew.ToString(), options =>
        {
            options.Layout = SessionKeyLayout.PhpMemcached();
            options.IdPattern = ".*";
            options.StrictMode = false;
        });
        string id = Site.NewId();
        Store.Put($"{Memcached}lock.{id}", "1");
        Assert.Equal("True", (await site.AskAsync("lock." + id)).Body);
        Assert.Contains(site.Log.Lines, line => line.StartsWith("8006 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task Pecl_memcache_finds_its_counter_taken_and_free_again(string? before)
    {
        string id = Stored("n|i:1;", "");
        if (before is not null)
        {
            Store.Put(id + ".lock", before);
        }

        long tries = 0;
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("n", 2);

                // Two vain tries of PHP; only the answer 1 would be the lock.
                tries = Store.Database.StringIncrement(id + ".lock");
                tries = Store.Database.StringIncrement(id + ".lock");
                return (Store.Seconds(id + ".lock") is > 50 and <= 60).ToString();
            },
            options => options.Layout = SessionKeyLayout.PeclMemcache());
        Assert.Equal("True", (await site.AskAsync(id)).Body);
        Assert.True(tries > 1_000_000);
        Assert.Equal("n|i:2;", Store.Text(id));
        Assert.Equal("0", Store.Text(id + ".lock"));
        Assert.InRange(Store.Seconds(id + ".lock"), 10, 15);
    }

    [Fact]
    public async Task The_counter_of_pecl_memcache_is_waited_for_and_its_loss_noticed()
    {
        string id = Stored("n|i:1;", "");
        Store.Put(id + ".lock", "3");
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("n", 2);
                Store.Put(id + ".lock", "1");
                return "";
            },
            options => options.Layout = SessionKeyLayout.PeclMemcache());
        Task<Answer> waiting = site.AskAsync(id);
        await site.Pauses.UntilOneWaitsAsync();
        Assert.False(waiting.IsCompleted);
        Assert.Equal("3", Store.Text(id + ".lock"));
        Store.Put(id + ".lock", "0");
        await waiting;
        Assert.Equal(SharedSessionFailure.LockLost, site.Exceptions.Failure);
        Assert.Equal("n|i:1;", Store.Text(id));
        Assert.Equal("1", Store.Text(id + ".lock"));
    }

    [Fact]
    public async Task Symfony_keeps_its_values_one_level_down()
    {
        const string before =
            """_sf2_attributes|a:1:{s:4:"user";s:4:"anna";}_sf2_meta|a:3:{s:1:"u";i:1;s:1:"c";i:1;s:1:"l";i:0;}""";
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("n|1", 2);
                return $"{session["user"]} {string.Join(',', session.Keys)}";
            },
            options => options.Layout = SessionKeyLayout.Symfony());
        string id = Stored(before, "sf_s");
        Assert.Equal("anna user,n|1", (await site.AskAsync(id)).Body);
        Assert.Equal(
            before.Replace("""a:1:{s:4:"user";s:4:"anna";}""", """a:2:{s:4:"user";s:4:"anna";s:3:"n|1";i:2;}""",
                StringComparison.Ordinal),
            Store.Text("sf_s" + id));

        Answer answer = await site.AskAsync();
        Assert.Equal("""_sf2_attributes|a:1:{s:3:"n|1";i:2;}""", Store.Text("sf_s" + answer.NewId));
    }

    [Fact]
    public async Task A_session_of_Symfony_without_attributes_is_not_changed_by_looking()
    {
        await using Site site = await PageAsync(
            session => session["user"].Exists.ToString(),
            options => options.Layout = SessionKeyLayout.Symfony(SessionKeyLayout.PhpRedis()));
        string id = Stored("_sf2_meta|a:0:{}");
        Assert.Equal("False", (await site.AskAsync(id)).Body);
        Assert.Equal("_sf2_meta|a:0:{}", Store.Text(Prefix + id));
        Assert.Null((await site.AskAsync()).SetCookie);
    }

    [Fact]
    public async Task Laravel_keeps_an_array_in_a_string()
    {
        const string prefix = "laravel_database_laravel_cache_:";
        await using Site site = await PageAsync(
            session =>
            {
                session.Set("n", 2);
                return session["_token"].ToString();
            },
            options =>
            {
                options.Layout = SessionKeyLayout.Laravel();
                options.Serializer = SharedSessionSerializer.PhpSerialize;
            });
        string id = Stored("""s:29:"a:1:{s:6:"_token";s:3:"abc";}";""", prefix);
        Assert.Equal("abc", (await site.AskAsync(id)).Body);
        Assert.Equal("""s:41:"a:2:{s:6:"_token";s:3:"abc";s:1:"n";i:2;}";""", Store.Text(prefix + id));
        Assert.Null(Store.Text($"{prefix}session:{id}"));

        Answer answer = await site.AskAsync();
        Assert.Equal(40, answer.NewId!.Length);
        Assert.StartsWith("""s:""", Store.Text(prefix + answer.NewId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_Tomcat_is_read_through_the_same_API_and_left_alone()
    {
        const string id = "59379AE1574B6D9C0B35F68C64114E3F-n1.tc1";
        byte[] bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "msm-java", "login.bin"));
        Store.Put(id, bytes, seconds: 500);
        await using Site site = await Site.StartAsync(Store, async context =>
        {
            SharedSession session = await context.SharedSessionAsync();
            SharedSessionException error = Assert.Throws<SharedSessionException>(() => session.Set("n", 1));
            await context.Response.WriteAsync(
                $"{session["user_id"].AsInt64()} {context.Session.GetInt32("user_id")} "
                    + $"{context.Session.GetString("username")} "
                + $"{string.Join(',', session["roles"].AsMap().Select(role => role.Value.AsString()))} "
                + $"{session.IsReadOnly} {error.Failure}");
        }, options =>
        {
            options.Layout = SessionKeyLayout.TomcatMsm();
            options.Cookie.Name = "JSESSIONID";
            options.IdPattern = @"[0-9A-F]{32}(-\w+)?(\.\w+)?";
        });
        Answer answer = await site.AskAsync(id, cookie: "JSESSIONID");
        Assert.Equal("42 42 alice admin,editor True ReadOnly", answer.Body);
        Assert.Null(answer.SetCookie);
        Assert.Equal(bytes, Store.Bytes(id));
        Assert.InRange(Store.Seconds(id), 0, 500);
        Assert.Null(Store.Text("lock:" + id));
    }

    [Theory]
    [InlineData("laravel_database_laravel_cache:")]
    [InlineData("laravel-database-laravel-cache-")]
    [InlineData("laravel_cache_:")]
    public async Task A_session_that_is_under_a_sibling_of_its_layout_is_said_once_and_not_read(string prefix)
    {
        await using Site site = await PageAsync(
            session => session.IsNew.ToString(), options => options.Layout = SessionKeyLayout.Laravel());
        string id = Stored("""s:29:"a:1:{s:6:"_token";s:3:"abc";}";""", prefix);
        Assert.Equal("True", (await site.AskAsync(id)).Body);
        Assert.Equal("True", (await site.AskAsync(id)).Body);
        string line = Assert.Single(site.Log.Lines);
        Assert.StartsWith("8009 ", line, StringComparison.Ordinal);
        Assert.Contains("under laravel_database_laravel_cache_:{id}", line, StringComparison.Ordinal);
        Assert.Contains($"one under {prefix}{{id}}", line, StringComparison.Ordinal);
        Assert.DoesNotContain(id, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_has_ended_is_no_reason_for_a_word()
    {
        await using Site site = await PageAsync(session => session.IsNew.ToString());
        Assert.Equal("True", (await site.AskAsync(Site.NewId())).Body);
        Assert.Empty(site.Log.Lines);
    }

    public static TheoryData<string, SessionKeyLayout, string> Elsewhere() => new()
    {
        { "PhpRedis", SessionKeyLayout.PhpRedis("shop:"), "PHPREDIS_SESSION:" },
        { "PhpRedis", SessionKeyLayout.PhpRedis("shop"), "shop:" },
        { "PhpMemcached", SessionKeyLayout.PhpMemcached(), "memc.sess." },
        { "PeclMemcache", SessionKeyLayout.PeclMemcache("shop."), "" },
        { "Symfony", SessionKeyLayout.Symfony(), "PHPREDIS_SESSION:" },
        { "Symfony over PHP", SessionKeyLayout.Symfony(SessionKeyLayout.PhpRedis()), "sf_s" },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Every_layout_of_PHP_knows_its_siblings(string layoutName, SessionKeyLayout layout, string prefix)
    {
        Assert.NotEmpty(layoutName);
        await using Site site =
            await PageAsync(session => session.IsNew.ToString(), options => options.Layout = layout);
        Assert.Equal("True", (await site.AskAsync(Stored("n|i:1;", prefix))).Body);
        Assert.StartsWith("8009 ", Assert.Single(site.Log.Lines), StringComparison.Ordinal);
    }
}
