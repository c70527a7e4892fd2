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
