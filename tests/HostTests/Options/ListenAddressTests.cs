using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.HostTests.Options;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:11211", "127.0.0.1:11211/auto")]
    [InlineData("127.0.0.1:11211/auto", "127.0.0.1:11211/auto")]
    [InlineData("127.0.0.1:6379/resp", "127.0.0.1:6379/resp")]
    [InlineData("127.0.0.1:6379/RESP", "127.0.0.1:6379/resp")]
    [InlineData("0.0.0.0:1/memcached", "0.0.0.0:1/memcached")]
    [InlineData("localhost:0", "127.0.0.1:0/auto")]
    [InlineData("[::1]:65535", "[::1]:65535/auto")]
    [InlineData("[::]:80/resp", "[::]:80/resp")]
    [InlineData("unix:/run/gateway.sock", "unix:/run/gateway.sock/auto")]
    [InlineData("unix:/run/gateway.sock/resp", "unix:/run/gateway.sock/resp")]
    [InlineData("unix:relative/memcached", "unix:relative/memcached")]
    [InlineData("unix:/run/resp/auto", "unix:/run/resp/auto")]
    [InlineData("unix:/run/g.sock?mode=0770&group=www-data", "unix:/run/g.sock/auto?mode=0770&group=www-data")]
    [InlineData("unix:/run/g.sock/resp?group=33", "unix:/run/g.sock/resp?group=33")]
    [InlineData("unix:/run/g.sock?mode=666/memcached", "unix:/run/g.sock/memcached?mode=0666")]
    public void An_address_is_read_and_shown_in_full(string text, string full)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress? address, out string? problem), problem);
        Assert.Equal(full, address!.ToString());
        Assert.True(ListenAddress.TryParse(full, out ListenAddress? again, out _));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("", "expected HOST:PORT")]
    [InlineData("11211", "expected HOST:PORT")]
    [InlineData("127.0.0.1", "expected HOST:PORT")]
    [InlineData("127.0.0.1:", "'' is not a port")]
    [InlineData("127.0.0.1:65536", "'65536' is not a port")]
    [InlineData("127.0.0.1:-1", "'-1' is not a port")]
    [InlineData("127.0.0.1: 1", "' 1' is not a port")]
    [InlineData("127.0.0.1:11211/http", "'/http' is none of /auto, /memcached, /resp")]
    [InlineData(":11211", "'' is not an IP address")]
    [InlineData("*:11211", "'*' is not an IP address")]
    [InlineData("example.org:11211", "'example.org' is not an IP address")]
    [InlineData("127.1:11211", "'127.1' is not an IP address")]
    [InlineData("0x7f.0.0.256:1", "'0x7f.0.0.256' is not an IP address")]
    [InlineData("::1:11211", "an IPv6 address stands in brackets")]
    [InlineData("[127.0.0.1]:1", "'[127.0.0.1]' is not an IP address")]
    [InlineData("unix:", "a path must follow 'unix:'")]
    [InlineData("unix:/resp", "a path must follow 'unix:'")]
    [InlineData("unix:?mode=0770", "a path must follow 'unix:'")]
    [InlineData("unix:/g?mode=0778", "'0778' is not a mode")]
    [InlineData("unix:/g?mode=1777", "'1777' is not a mode")]
    [InlineData("unix:/g?mode=77777777777777777777", "is not a mode")]
    [InlineData("unix:/g?mode=rwx", "'rwx' is not a mode")]
    [InlineData("unix:/g?mode=", "'' is not a mode")]
    [InlineData("unix:/g?mode=770&mode=770", "'mode' is given twice")]
    [InlineData("unix:/g?group=", "the name of the group is empty")]
    [InlineData("unix:/g?", "'' is none of mode=OCTAL, group=NAME")]
    [InlineData("unix:/g?owner=root", "'owner=root' is none of mode=OCTAL, group=NAME")]
    public void What_is_wrong_with_an_address_is_told(string text, string problemPart)
    {
        Assert.False(ListenAddress.TryParse(text, out ListenAddress? address, out string? problem));
        Assert.Null(address);
        Assert.Contains(problemPart, problem);
    }

    [Fact]
    public void The_longest_unix_path_is_103_bytes_and_not_characters()
    {
        Assert.True(ListenAddress.TryParse("unix:" + new string('a', 103), out _, out _));
        Assert.False(ListenAddress.TryParse("unix:" + new string('a', 104), out _, out _));
        Assert.False(ListenAddress.TryParse("unix:" + new string('ä', 52), out _, out string? problem));
        Assert.Contains("at most 103 bytes", problem);
    }

    [Theory]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("127.3.2.1:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("unix:x", true)]
    [InlineData("0.0.0.0:1", false)]
    [InlineData("[::]:1", false)]
    [InlineData("10.0.0.1:1", false)]
    public void An_address_is_local_when_other_machines_cannot_reach_it(string text, bool isLocal)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress? address, out _));
        Assert.Equal(isLocal, address!.IsLocal);
    }

    [Fact]
    public void Every_protocol_has_a_name_that_is_read_back()
    {
        foreach (ListenerProtocol protocol in Enum.GetValues<ListenerProtocol>())
        {
            string text = $"127.0.0.1:1/{ListenAddress.ProtocolName(protocol)}";
            Assert.True(ListenAddress.TryParse(text, out ListenAddress? address, out _));
            Assert.Equal(protocol, address!.Protocol);
        }
    }
}
