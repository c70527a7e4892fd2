using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.AspNetCoreTests.Support;

namespace SessionGateway.AspNetCoreTests.Suites;

/// <summary>HttpContext.Session over what PHP stored.</summary>
public abstract class BridgeSuite : SessionSuite
{
    [Fact]
    public async Task GetInt32_and_GetString_read_what_PHP_wrote()
    {
        await using Site site = await ISessionPageAsync(session => string.Join(' ',
            session.GetInt32("id"), session.GetString("name"), session.GetString("big"), session.GetString("yes"),
            session.GetString("half"), session.GetString("list"), session.Get("none") is null,
            session.Get("object") is null,
            session.IsAvailable, string.Join(',', session.Keys)));
        string id =
            Stored("id|i:42;name|s:7:\"Gr\u00c3\u00bc\u00c3\u009fe\";big|i:5000000000;yes|b:1;half|d:0.5;"
                + "list|a:2:{i:0;i:1;i:1;s:1:\"x\";}none|N;object|O:8:\"stdClass\":0:{}");
        Assert.Equal("""42 Grüße 5000000000 true 0.5 [1,"x"] True True True id,name,big,yes,half,list,none,object""",
            (await site.AskAsync(id)).Body);
    }

    [Fact]
    public async Task SetInt32_keeps_an_integer_an_integer_and_makes_a_new_variable_text()
    {
        await using Site site = await ISessionPageAsync(session =>
        {
            session.SetInt32("id", 43);
            session.SetString("name", "bob");
            session.SetInt32("new", 0x41424344);
            return session.GetInt32("new").ToString()!;
        });
        string id = Stored("""id|i:42;name|s:4:"anna";""");
        Assert.Equal($"{0x41424344}", (await site.AskAsync(id)).Body);
        Assert.Equal("""id|i:43;name|s:3:"bob";new|s:4:"ABCD";""", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_stay_bytes()
    {
        await using Site site = await ISessionPageAsync(session =>
        {
            session.Set("bytes", [0xff, 0x00, 0xfe]);
            session.Remove("gone");
            return session.Get("bytes")!.Length.ToString();
        });
        string id = Stored("gone|i:1;");
        Assert.Equal("3", (await site.AskAsync(id)).Body);
        Assert.Equal("bytes|s:3:\"\u00ff\0\u00fe\";", Store.Text(Prefix + id));
    }

    [Fact]
    public async Task Names_that_are_numbers_are_those_of_PHP()
    {
        await using Site site = await ISessionPageAsync(session =>
        {
            session.SetString("7", "seven");
            session.SetString("8", "eight");
            session.Remove("9");
            return session.GetString("7")!;
        });
        string id = Stored("a:2:{i:7;s:1:\"x\";i:9;i:1;}");
        Assert.Equal("seven", (await site.AskAsync(id)).Body);
        Assert.Equal("a:2:{i:7;s:5:\"seven\";i:8;s:5:\"eight\";}", Store.Text(Prefix + id));
    }

    private Task<Site> ISessionPageAsync(Func<ISession, string> page) => Site.StartAsync(Store, async context =>
    {
        await context.Session.LoadAsync();
        await context.Response.WriteAsync(page(context.Session));
    });
}
