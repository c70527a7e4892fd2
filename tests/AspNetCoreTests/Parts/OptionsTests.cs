using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionGateway.AspNetCore;

namespace SessionGateway.AspNetCoreTests.Parts;

public sealed class OptionsTests
{
    public static TheoryData<string, Action<SharedSessionOptions>> Wrong() => new()
    {
        { "Cookie.Name", options => options.Cookie = new CookieBuilder() },
        { "LockLifetime", options => options.LockLifetime = TimeSpan.Zero },
        { "LockWait", options => options.LockWait = TimeSpan.FromSeconds(-1) },
        { "IdleTimeout", options => options.IdleTimeout = TimeSpan.Zero },
        { "IdPattern", options => options.IdPattern = "[a-z" },
        { "IdPattern", options => options.IdPattern = "[0-9]{32}" },
        { "IdPattern", options => options.IdPattern = "(?=x)x" },
        { "{id}", options => options.Layout = new SessionKeyLayout { DataKey = "session" } },
        { "{id}", options => options.Layout = new SessionKeyLayout { DataKey = "{id}{id}" } },
        { "LockKey", options => options.Layout = SessionKeyLayout.PhpRedis() with { LockKey = null } },
        { "of its own", options => options.Layout = SessionKeyLayout.PhpRedis("") with { LockKey = "{id}" } },
        { "NewIdLength", options => options.Layout = SessionKeyLayout.PhpRedis() with { NewIdLength = 8 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_setting_is_named(string part, Action<SharedSessionOptions> configure)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => OptionsWith(configure));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_those_of_PHP()
    {
        SharedSessionOptions options = OptionsWith(_ => { });
        Assert.Equal("PHPSESSID", options.Cookie.Name);
        Assert.Equal(1440, options.IdleTimeout.TotalSeconds);
        Assert.Equal("PHPREDIS_SESSION:{id}", options.Layout.DataKey);
        Assert.Equal("PHPREDIS_SESSION:{id}_LOCK", options.Layout.LockKey);
    }

    [Theory]
    [InlineData("PHPREDIS_SESSION:", "x_LOCK", true)]
    [InlineData("PHPREDIS_SESSION:", "x", false)]
    [InlineData("memc.sess.key.", "lock.x", true)]
    [InlineData("memc.sess.key.", "xlock.", false)]
    [InlineData("", "x.lock", true)]
    [InlineData("", "lock.x", false)]
    [InlineData("msm", "lock:x", true)]
    [InlineData("msm", "validity:x", true)]
    [InlineData("msm", "bak:lock:x", true)]
    [InlineData("msm", "x-n1.tc1", false)]
    public void An_id_that_makes_another_objects_key_is_seen(string layout, string id, bool isAnothers) =>
        Assert.Equal(isAnothers, (layout switch
        {
            "PHPREDIS_SESSION:" => SessionKeyLayout.PhpRedis(),
            "memc.sess.key." => SessionKeyLayout.PhpMemcached(),
            "msm" => SessionKeyLayout.TomcatMsm(),
            _ => SessionKeyLayout.PeclMemcache(),
        }).IsKeyOfAnother(id));

    private static SharedSessionOptions OptionsWith(Action<SharedSessionOptions> configure) =>
        new ServiceCollection().AddSharedSession(configure).BuildServiceProvider()
            .GetRequiredService<IOptions<SharedSessionOptions>>().Value;
}
