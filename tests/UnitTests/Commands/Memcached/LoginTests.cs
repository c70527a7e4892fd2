using SessionGateway.Commands;
using SessionGateway.Commands.Memcached;

namespace SessionGateway.UnitTests.Commands.Memcached;

public sealed class LoginTests
{
    [Fact]
    public void Text_needs_the_login_of_memcached_Y_before_anything_else()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor(), logins: ("shop", "secret"));
        Assert.Equal("CLIENT_ERROR unauthenticated\r\n", rig.Ask("get a\r\n"));
        Assert.Equal("CLIENT_ERROR authentication failure\r\n", rig.Ask("set x 0 0 10\r\nshop wrong\r\n"));
        Assert.Equal("CLIENT_ERROR bad authentication token format\r\n", rig.Ask("set x 0 0 4\r\nshop\r\n"));
        Assert.Equal("STORED\r\n", rig.Ask("set x 0 0 11\r\nshop secret\r\n"));
        Assert.Equal("END\r\n", rig.Ask("get x\r\n"));
    }

    [Theory]
    [InlineData("POST / HTTP/1.1")]
    [InlineData("GET /x HTTP/1.0")]
    public void A_browser_cannot_guess_passwords(string line)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor(), logins: ("shop", "secret"));
        Assert.Equal("", rig.Ask($"{line}\r\nHost: x\r\n\r\nset x 0 0 11\r\nshop secret\r\n"));
        Assert.True(rig.Context.Client.CloseAfterReply);
        Assert.False(rig.Context.Client.IsAuthenticated);
    }

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData(" leading", " leading")]
    [InlineData("in the  middle", "in the  middle")]
    [InlineData("at the end ", "at the end ")]
    [InlineData("secret", "secret as memcached cuts it off")]
    [InlineData("secret", "  secret")]
    public void A_text_login_takes_passwords_with_blanks(string password, string sent)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor(), logins: ("shop", password));
        Assert.Equal("STORED\r\n", rig.Ask($"set x 0 0 {sent.Length + 5}\r\nshop {sent}\r\n"));
    }

    [Fact]
    public void The_longest_name_and_password_log_in_on_text_and_binary()
    {
        string user = new('u', Credentials.MaxUserBytes);
        string password = new('p', Credentials.MaxPasswordBytes);
        using var text = new MemcachedRig(new MemcachedTextProcessor(), logins: (user, password));
        using var binary = new MemcachedRig(new MemcachedBinaryProcessor(), logins: (user, password));
        Assert.Equal("STORED\r\n", text.Ask($"set x 0 0 {user.Length + 1 + password.Length}\r\n{user} {password}\r\n"));
        Assert.Equal(0, binary.Send(BinaryDriver.Request(0x21, [], "PLAIN", $"{user}\0{user}\0{password}"))[7]);
    }

    [Fact]
    public void Data_of_a_login_that_is_too_long_is_not_read_as_requests()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor(), logins: ("shop", "secret"));
        string login = "\r\nset x 0 0 11\r\nshop secret\r\n" + new string('x', 3000);
        Assert.Equal("CLIENT_ERROR authentication failure\r\n", rig.Ask($"set x 0 0 {login.Length}\r\n{login}\r\n"));
        Assert.Equal("CLIENT_ERROR unauthenticated\r\n", rig.Ask("get x\r\n"));
    }

    [Fact]
    public void A_binary_login_that_announces_more_than_2_KB_is_refused_at_its_header()
    {
        byte[] header = BinaryDriver.Request(0x21, [], "PLAIN", new string('x', 2043))[..24];
        using var fits = new MemcachedRig(new MemcachedBinaryProcessor(), logins: ("shop", "secret"));
        Assert.Empty(fits.Send(header));
        Assert.False(fits.IsClosed);

        header = BinaryDriver.Request(0x21, [], "PLAIN", new string('x', 2044))[..24];
        using var tooLong = new MemcachedRig(new MemcachedBinaryProcessor(), logins: ("shop", "secret"));
        Assert.Equal(0x20, tooLong.Send(header)[7]);
        Assert.True(tooLong.IsClosed);
    }

    [Fact]
    public void Binary_needs_sasl_plain_and_closes_on_other_requests()
    {
        using var rig = new MemcachedRig(new MemcachedBinaryProcessor(), logins: ("shop", "secret"));
        Assert.Equal(0, rig.Send(BinaryDriver.Request(0x20, [], "", ""))[7]);
        Assert.Equal(0x20, rig.Send(BinaryDriver.Request(0x21, [], "PLAIN", "shop\0shop\0wrong"))[7]);
        Assert.Equal(0, rig.Send(BinaryDriver.Request(0x21, [], "PLAIN", "shop\0shop\0secret"))[7]);
        Assert.Equal(1, rig.Send(BinaryDriver.Request(0x00, [], "a", ""))[7]);

        using var stranger = new MemcachedRig(new MemcachedBinaryProcessor(), logins: ("shop", "secret"));
        Assert.Equal(0x20, stranger.Send(BinaryDriver.Request(0x00, [], "a", ""))[7]);
        Assert.True(stranger.IsClosed);
    }

    [Fact]
    public void Without_a_configured_login_sasl_lets_everybody_in()
    {
        using var rig = new MemcachedRig(new MemcachedBinaryProcessor());
        byte[] mechanisms = rig.Send(BinaryDriver.Request(0x20, [], "", ""));
        Assert.Equal("PLAIN"u8.ToArray(), mechanisms[24..]);
        Assert.Equal("Authenticated"u8.ToArray(), rig.Send(BinaryDriver.Request(0x21, [], "PLAIN", "\0a\0b"))[24..]);
    }
}
