using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Sharing.Support;

namespace SessionGateway.CompatTests.Sharing;

/// <summary>One session on real PHP and real ASP.NET Core, over HTTP.</summary>
/// <param name="stack">The processes.</param>
public abstract class SharingSuite<TStack>(TStack stack) : IClassFixture<TStack>
    where TStack : Stack
{
    private Setup Setup => stack.Setup;

    [Fact]
    public async Task A_login_on_PHP_is_one_on_NET_and_the_cart_is_shared()
    {
        using Browser browser = stack.NewBrowser();
        await browser.PhpAsync("do=set&name=user&value=anna");
        Page net = await browser.NetAsync("do=append&name=cart&value=tea");
        Assert.Equal("anna", net["user"]);
        Assert.Equal(browser.SessionId, net.Sid);
        Page php = await browser.PhpAsync("do=append&name=cart&value=cup");
        Assert.Equal("""["tea","cup"]""", php["cart"]);
        Assert.Equal("""["tea","cup"]""", (await browser.NetAsync(path: "read"))["cart"]);
    }

    [Fact]
    public async Task A_session_that_begins_on_NET_is_one_of_PHP_in_strict_mode()
    {
        using Browser browser = stack.NewBrowser();
        await browser.NetAsync("do=set&name=user&value=bert");
        string id = browser.SessionId!;
        Page php = await browser.PhpAsync("do=count");
        Assert.Equal(id, php.Sid);
        Assert.Equal("bert", php["user"]);
        Assert.Equal("2", (await browser.NetAsync("do=count"))["n"]);
    }

    [Fact]
    public async Task A_thousand_increments_from_both_sides_lose_none()
    {
        const int each = 125;
        using Browser first = stack.NewBrowser();
        await first.PhpAsync("do=set&name=user&value=anna");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            using Browser browser = stack.NewBrowser(first.SessionId);
            for (int i = 0; i < each; i++)
            {
                // Each client changes sides as well, at its own times.
                Page page = (client + i / 5) % 2 == 0
                    ? await browser.PhpAsync("do=count") : await browser.NetAsync("do=count");
                Assert.Equal((200, "anna"), (page.Status, page["user"]));
            }
        }));
        Assert.Equal($"{8 * each}", (await first.PhpAsync())["n"]);
        Assert.Equal($"{8 * each}", (await first.NetAsync())["n"]);
        Assert.Null(stack.Stored(Setup.Lock(first.SessionId!)));
    }

    [Fact]
    public async Task An_exception_on_NET_releases_the_lock_and_stores_nothing()
    {
        using Browser browser = stack.NewBrowser();
        await browser.PhpAsync("do=count");
        Assert.Equal(500, (await browser.NetAsync("do=throw")).Status);
        Assert.Null(stack.Stored(Setup.Lock(browser.SessionId!)));
        Assert.Equal("2", (await browser.PhpAsync("do=count"))["n"]);
    }

    [Fact]
    public async Task A_killed_NET_process_leaves_the_session_whole_and_the_lock_ends()
    {
        using DotNetSite victim = stack.NewNet(("LockSeconds", "1.5"));
        using Browser browser = stack.NewBrowser(net: victim);
        await browser.PhpAsync("do=count");
        byte[] before = stack.Stored(Setup.Key(browser.SessionId!))!;
        Task hanging = browser.NetAsync("do=hang");
        await Wait.UntilAsync(() => stack.Stored(Setup.Lock(browser.SessionId!)) is not null, () => "the lock");

        victim.Kill();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
        Assert.Equal(before, stack.Stored(Setup.Key(browser.SessionId!)));
        // Waits until the lock of the dead has ended.
        Assert.Equal("2", (await browser.PhpAsync("do=count"))["n"]);
        using Browser again = stack.NewBrowser(browser.SessionId);
        Assert.Equal("3", (await again.NetAsync("do=count"))["n"]);
    }

    [Fact]
    public async Task A_logout_on_either_side_ends_the_session_on_both()
    {
        foreach (bool onNet in new[] { true, false })
        {
            using Browser browser = stack.NewBrowser();
            await browser.PhpAsync("do=set&name=user&value=anna");
            string id = browser.SessionId!;
            Assert.Equal("anna", (await browser.NetAsync())["user"]);
            _ = onNet ? await browser.NetAsync("do=logout") : await browser.PhpAsync("do=logout");
            Assert.Null(stack.Stored(Setup.Key(id)));

            // With the old cookie, too.
            using Browser thief = stack.NewBrowser(id);
            Assert.Null((await thief.NetAsync(path: "read"))["user"]);
            Page php = await thief.PhpAsync();
            Assert.Null(php["user"]);
            Assert.NotEqual(id, php.Sid);
        }
    }

    [Fact]
    public async Task Objects_enums_and_references_of_PHP_survive_a_write_of_NET_bit_by_bit()
    {
        using Browser browser = stack.NewBrowser();
        await browser.PhpAsync("do=bury");
        string key = Setup.Key(browser.SessionId!);
        byte[] before = stack.Stored(key)!;
        byte[] written = (await browser.PhpAsync("do=encode")).Encoded;
        Assert.Equal(before, written);

        await browser.NetAsync("do=set&name=net&value=added");
        byte[] after = stack.Stored(key)!;
        Assert.NotEqual(before, after);
        if (Setup.Serializer == "php")
            Assert.Equal([.. before, .. "net|s:5:\"added\";"u8], after);

        Page dug = await browser.PhpAsync("do=dig");
        Assert.Equal((true, true, true), (dug.Friends, dug.Linked, dug.Gold));
        Assert.Equal(before, dug.Encoded);
    }

    [Theory]
    [InlineData("{0}_LOCK")]
    [InlineData("lock.{0}")]
    [InlineData("{0}.lock")]
    [InlineData("lock:{0}")]
    [InlineData("{{{0}}}_Data")]
    [InlineData("../{0}")]
    public async Task A_hostile_cookie_reaches_no_other_object(string form)
    {
        string id = "abcdefghijklmnopqrstuvwx" + Guid.NewGuid().ToString("n")[..4];
        string hostile = string.Format(form, id);
        byte[] object1 = "n|i:41;"u8.ToArray();
        stack.Store(Setup.Key(hostile), object1);

        // The default rules; and rules that allow everything, where only locks are still refused.
        using Browser browser = stack.NewBrowser(Uri.EscapeDataString(hostile));
        Assert.Null((await browser.NetAsync())["n"]);
        Assert.Equal(object1, stack.Stored(Setup.Key(hostile)));
        if (Setup.Key(hostile) == Setup.Lock(id))
        {
            using DotNetSite lax = stack.NewNet(("Strict", "false"), ("IdPattern", ".+"));
            using Browser lenient = stack.NewBrowser(Uri.EscapeDataString(hostile), lax);
            Assert.Equal("1", (await lenient.NetAsync("do=count"))["n"]);
            Assert.Equal(object1, stack.Stored(Setup.Key(hostile)));
        }
    }

    [Fact]
    public async Task Bytes_that_cannot_be_read_are_not_overwritten()
    {
        const string id = "abcdefghijklmnopqrstuvwxyz";
        byte[] bytes = Encoding.Latin1.GetBytes("\u00ff\0not a session;");
        stack.Store(Setup.Key(id), bytes);
        using Browser browser = stack.NewBrowser(id);
        Assert.False((await browser.NetAsync()).Available);
        Assert.Equal(500, (await browser.NetAsync("do=count")).Status);
        Assert.Equal(500, (await browser.NetAsync("do=logout")).Status);
        Assert.Equal(bytes, stack.Stored(Setup.Key(id)));
        Assert.Null(stack.Stored(Setup.Lock(id)));
        await Wait.UntilAsync(
            () => stack.Net.Log.Contains("cannot be read and is left as it is", StringComparison.Ordinal),
            () => $"a line in {stack.Net.Log}");
        Assert.DoesNotContain(id, stack.Net.Log, StringComparison.Ordinal);
    }
}
