using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionGateway.AspNetCore;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCoreTests.Parts;

public sealed class ConfigurationTests
{
    [Fact]
    public void Every_option_can_be_configured()
    {
        SharedSessionOptions options = Read("""
            {
              "Endpoint": "store:6380", "Password": "secret", "Database": 3, "OperationTimeout": "00:00:02",
              "StoreRetryInterval": "00:00:03", "Layout": "PhpMemcached", "Serializer": "igbinary", "Locking": "None",
              "Limits": { "MaxBytes": 1, "MaxDepth": 2, "MaxNodes": 3, "MaxNameBytes": 4, "MaxExpandedBytes": 5,
                          "MaxExpansionRatio": 6 },
              "LockWait": "00:00:04", "LockRetryInterval": "00:00:00.005", "LockLifetime": "00:00:06",
              "IdleTimeout": "01:00:00",
              "StrictMode": false, "IdPattern": ".*", "RegenerateIdOn": [ "user_id", "role" ],
              "Cookie": { "Name": "SID", "Path": "/shop", "Domain": "example.org", "HttpOnly": false,
                          "IsEssential": false, "SameSite": "Strict",
                          "SecurePolicy": "SameAsRequest", "MaxAge": "1.00:00:00" }
            }
            """);
        var defaults = new SharedSessionOptions();
        foreach (PropertyInfo? property in typeof(SharedSessionOptions).GetProperties().Where(
            property => property.Name != "ConnectionFactory"))
        {
            Assert.False(Equals(property.GetValue(defaults), property.GetValue(options)), property.Name);
        }

        Assert.Equal(["user_id", "role"], options.RegenerateIdOn);
        Assert.Equal(new SessionLimits
        {
            MaxBytes = 1,
            MaxDepth = 2,
            MaxNodes = 3,
            MaxNameBytes = 4,
            MaxExpandedBytes = 5,
            MaxExpansionRatio = 6,
        }, options.Limits);
        Assert.Equal(("SID", "/shop", "example.org", SameSiteMode.Strict, CookieSecurePolicy.SameAsRequest),
            (options.Cookie.Name, options.Cookie.Path, options.Cookie.Domain, options.Cookie.SameSite,
                options.Cookie.SecurePolicy));
        Assert.Equal((false, false, (TimeSpan?)TimeSpan.FromDays(1)),
            (options.Cookie.HttpOnly, options.Cookie.IsEssential, options.Cookie.MaxAge));
    }

    [Theory]
    [InlineData("\"PhpRedis\"", "PHPREDIS_SESSION:{id}")]
    [InlineData("""{ "Name": "phpredis", "Prefix": "shop:" }""", "shop:{id}")]
    [InlineData("""{ "Name": "PeclMemcache", "Prefix": "s." }""", "s.{id}")]
    [InlineData("\"Symfony\"", "sf_s{id}")]
    [InlineData("""{ "Name": "Symfony", "Prefix": "shop" }""", "shop{id}")]
    [InlineData("""{ "Name": "Symfony", "Handler": { "Name": "PhpMemcached", "Prefix": "shop." } }""", "shop.{id}")]
    [InlineData("""{ "Name": "Laravel", "Version": 12 }""", "laravel-database-laravel-cache-{id}")]
    [InlineData("""{ "Name": "Laravel", "Version": 8, "RedisPrefix": "", "CachePrefix": "shop" }""", "shop:{id}")]
    [InlineData("""{ "Name": "Laravel", "Prefix": "all_of_it:" }""", "all_of_it:{id}")]
    [InlineData("""{ "Name": "TomcatMsm" }""", "{id}")]
    public void A_layout_is_configured_by_its_name_and_what_it_takes(string layout, string key) =>
        Assert.Equal(key, Read($$"""{ "Layout": {{layout}} }""").Layout.DataKey);

    [Theory]
    [InlineData("""{ "EndPiont": "x" }""", "S:EndPiont: there is no such option")]
    [InlineData("""{ "Database": "three" }""", "S:Database: is no whole number")]
    [InlineData("""{ "LockWait": "5" }""", "S:LockWait: is no time such as 00:00:05")]
    [InlineData("""{ "StrictMode": "yes" }""", "S:StrictMode: is neither true nor false")]
    [InlineData("""{ "Serializer": "pickle" }""", "S:Serializer: is none of Php, PhpSerialize, Igbinary, PhpBinary")]
    [InlineData("""{ "Serializer": "7" }""", "S:Serializer: is none of")]
    [InlineData("""{ "Limits": { "MaxByte": 1 } }""", "S:Limits:MaxByte: there is no such limit")]
    [InlineData("""{ "Cookie": { "Nane": "x" } }""", "S:Cookie:Nane: there is no such setting of the cookie")]
    [InlineData("""{ "Layout": "Rails" }""", "S:Layout: is none of PhpRedis")]
    [InlineData("""{ "Layout": { "Name": "PhpRedis", "Perfix": "x" } }""", "S:Layout:Perfix: PhpRedis takes Prefix")]
    [InlineData("""{ "Layout": { "Name": "Laravel", "CachePrefix": "x" } }""", "S:Layout:CachePrefix: needs Version")]
    [InlineData("""{ "Layout": { "Name": "Laravel", "Version": 8, "Prefix": "x" } }""",
        "S:Layout:Prefix: is said by Version")]
    [InlineData("""{ "Layout": { "Name": "Symfony", "Handler": "PhpRedis", "Prefix": "x" } }""",
        "S:Layout:Prefix: belongs to the handler")]
    [InlineData("""{ "Layout": { "Prefix": "x" } }""", "S:Layout:Name: is none of")]
    [InlineData("""{ "LockLifetime": "00:00:00" }""", "LockLifetime must be at least one millisecond")]
    public void What_means_nothing_is_named_at_the_start(string json, string problem) =>
        Assert.Contains(problem, Assert.Throws<OptionsValidationException>(() => Read(json)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Code_comes_after_configuration() =>
        Assert.Equal("code:1", Read("""{ "Endpoint": "file:1" }""", options => options.Endpoint = "code:1").Endpoint);

    private static SharedSessionOptions Read(string json, Action<SharedSessionOptions>? configure = null)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "S": {{json}} }"""));
        IConfigurationRoot configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        return new ServiceCollection().AddSharedSession(configuration.GetSection("S"), configure).BuildServiceProvider()
            .GetRequiredService<IOptions<SharedSessionOptions>>().Value;
    }
}
