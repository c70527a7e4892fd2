using SessionGateway.Commands.Memcached;

namespace SessionGateway.UnitTests.Commands.Memcached;

public sealed class MetaDebugTests : IDisposable
{
    private readonly MemcachedRig _rig = new(new MemcachedTextProcessor());

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Me_tells_what_is_known_of_an_item_in_memcacheds_words_and_is_no_access()
    {
        _rig.Ask("set a 0 100 3\r\nabc\r\nset b 0 0 0\r\n\r\nget a\r\n");
        for (int i = 0; i < 2; i++)
        {
            Assert.Matches(@"^ME a exp=100 la=0 cas=\d+ fetch=yes cls=1 size=44\r\n$", _rig.Ask("me a\r\n"));
            Assert.Matches(@"^ME b exp=-1 la=0 cas=\d+ fetch=no cls=1 size=41\r\n$", _rig.Ask("me b again x\r\n"));
        }

        Assert.Equal("EN\r\n", _rig.Ask("me c\r\n"));
    }

    [Theory]
    [InlineData("me")]
    [InlineData("me YQ== b")]
    public void Me_without_a_key_or_with_one_in_base64_is_refused(string line) =>
        Assert.Equal("CLIENT_ERROR bad command line format\r\n", _rig.Ask($"{line}\r\n"));

    [Fact]
    public void Me_takes_keys_of_250_bytes_at_most()
    {
        Assert.Equal("EN\r\n", _rig.Ask($"me {new string('k', 250)}\r\n"));
        Assert.Equal(
            "CLIENT_ERROR bad command line format\r\n", _rig.Ask($"me {new string('k', 251)}\r\n"));
    }
}
