using System.Net;
using SessionGateway.CompatTests.Sharing.Support;

namespace SessionGateway.CompatTests.Sharing;

/// <summary>A session that Tomcat stored over the memcached protocol, read over RESP by the same API.</summary>
/// <param name="stack">The processes; PHP is not among them here.</param>
public sealed class TomcatTests(RedisPhp stack) : IClassFixture<RedisPhp>
{
    [Fact]
    public async Task A_session_of_Tomcat_is_read_and_never_written()
    {
        const string id = "59379AE1574B6D9C0B35F68C64114E3F-n1.tc1";
        byte[] stored = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "login.bin"));
        stack.Store(id, stored);
        using DotNetSite site = stack.NewNet(("Handler", "tomcat"), ("IdPattern", @"[0-9A-F]{32}-n1\.tc1"));
        using Browser browser = new(site.Port, site.Port, id);
        Page page = await browser.NetAsync();
        Assert.Equal(("42", "alice", """["admin","editor"]"""), (page["user_id"], page["username"], page["roles"]));
        Assert.Equal((int)HttpStatusCode.InternalServerError, (await browser.NetAsync("do=count")).Status);
        Assert.Equal(stored, stack.Stored(id));
    }
}
