using System.Reflection;
using SessionGateway.Gateway.Options;

namespace SessionGateway.HostTests.Options;

public sealed class OptionTableTests
{
    public static TheoryData<string> Names => [.. OptionTable.All.Select(o => o.Name)];

    [Fact]
    public void Names_are_unique_however_they_are_written() =>
        Assert.Equal(OptionTable.All.Count,
            OptionTable.All.Select(o => o.FileName.ToLowerInvariant()).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void An_option_is_found_by_its_name_in_every_source(string name)
    {
        OptionDescriptor option = OptionTable.All.Single(o => o.Name == name);
        Assert.Same(option, OptionTable.Find(option.FileName));
        Assert.Same(option, OptionTable.Find(option.EnvironmentName[EnvironmentSource.Prefix.Length..]));
        Assert.Same(option, OptionTable.Find(name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_default_as_shown_is_the_default(string name)
    {
        OptionDescriptor option = OptionTable.All.Single(o => o.Name == name);
        GatewayOptions options = GatewayOptions.Default;
        if (option.IsRepeatable && option.Default == "none")
        {
            Assert.Null(option.Set([], ref options));
            Assert.Equal("none", option.Show(options));
            return;
        }

        string[] values = option.IsRepeatable ? option.Default.Split(", ") : [option.Default];
        Assert.Null(option.Set(values, ref options));
        Assert.Equal(option.Default, option.Show(options));
    }

    [Theory]
    [InlineData("threads", "0", "1024", "-1", "1025")]
    [InlineData("memory", "8m", "16t", "8388607", "17t")]
    [InlineData("max-value", "1k", "512m", "1023", "513m")]
    [InlineData("max-bulk", "1m", "512m", "1048575", "513m")]
    [InlineData("max-connections", "1", "1000000", "0", "1000001")]
    [InlineData("requests-per-turn", "1", "1000000", "0", "1000001")]
    [InlineData("output-soft", "4k", "1g", "4095", "2g")]
    [InlineData("client-memory", "0", "1g", "-1", "2g")]
    [InlineData("clients-memory", "0", "16t", "-1", "17t")]
    [InlineData("pressure-high", "1", "99", "0", "100")]
    [InlineData("pressure-critical", "2", "100", "1", "101")]
    [InlineData("listen-backlog", "1", "65535", "0", "65536")]
    [InlineData("idle-timeout", "1s", "20d", "999ms", "21d")]
    [InlineData("send-timeout", "1s", "1d", "0", "2d")]
    [InlineData("tcp-keepalive", "3s", "9h", "2s", "10h")]
    [InlineData("drain-timeout", "100ms", "1h", "0", "2h")]
    public void Both_ends_of_a_range_are_taken_and_what_is_beyond_is_refused(
        string name, string lowest, string highest, string below, string above)
    {
        OptionDescriptor option = OptionTable.Find(name)!;
        foreach (string good in new[] { lowest, highest })
        {
            GatewayOptions options = GatewayOptions.Default;
            Assert.Null(option.Set([good], ref options));
            Assert.Equal(good, option.Show(options));
        }

        foreach (string bad in new[] { below, above, "", "x", "1 2" })
        {
            GatewayOptions options = GatewayOptions.Default;
            string? problem = option.Set([bad], ref options);
            Assert.Contains($"'{bad}'", problem);
            Assert.Same(GatewayOptions.Default, options);
        }
    }

    [Fact]
    public void Every_property_of_the_options_can_be_set_by_an_option()
    {
        string[] settable =
        [
            .. typeof(GatewayOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanWrite).Select(p => p.Name.Replace("Bytes", "")),
        ];
        Assert.Equal(
            settable.Order(),
            OptionTable.All.Select(o => o.FileName).Order());
    }

    [Fact]
    public void A_secret_is_not_shown_in_problems()
    {
        GatewayOptions options = GatewayOptions.Default;
        string? problem = OptionTable.Find("auth")!.Set([":hunter2"], ref options);
        Assert.NotNull(problem);
        Assert.DoesNotContain("hunter2", problem);
    }

    [Fact]
    public void A_password_may_hold_colons_and_stands_for_the_default_user()
    {
        GatewayOptions options = GatewayOptions.Default;
        Assert.Null(OptionTable.Find("auth")!.Set(["secret", "php:a:b"], ref options));
        Assert.Equal([("default", "secret"), ("php", "a:b")], options.Auth);
    }

    public static TheoryData<string, string> LoginsThatSomeProtocolCannotCarry => new()
    {
        { $"shop:{new string('p', 1025)}", "the password has more than 1024 bytes" },
        { $"{new string('u', 256)}:p", "the user has more than 255 bytes" },
        { "my shop:p", "the user has a blank, at which the memcached text login ends a name" },
        { "shop:p\0q", "the password has a NUL, at which SASL ends it" },
        { "shop:  ", "the password has only blanks, which the memcached text login cannot tell from none" },
    };

    [Theory]
    [MemberData(nameof(LoginsThatSomeProtocolCannotCarry))]
    public void A_login_that_some_protocol_cannot_carry_is_refused_at_the_start(string value, string problem)
    {
        GatewayOptions options = GatewayOptions.Default;
        Assert.Equal(problem, OptionTable.Find("auth")!.Set([value], ref options));
    }

    [Fact]
    public void The_longest_login_and_passwords_with_blanks_are_taken()
    {
        GatewayOptions options = GatewayOptions.Default;
        string[] values = [$"{new string('u', 255)}:{new string('p', 1024)}", "shop: leading and inner"];
        Assert.Null(OptionTable.Find("auth")!.Set(values, ref options));
    }
}
