using System.Text;
using SessionGateway.Commands.Memcached;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Turns;

/// <summary>Commands that do not answer with a value do not expand one that is kept compressed.</summary>
public sealed class AttributeLookTests : OwningTests
{
    private static readonly string Value = string.Concat(Enumerable.Repeat("the same text again and again ", 1000));

    private readonly CommandHost _host = new(compressedPrefix: "c");
    private readonly RespPeer _peer;

    public AttributeLookTests()
    {
        _peer = new RespPeer(_host);
        for (int i = 0; i < 20; i++)
        {
            _peer.Expect($"SET c{i} \"{Value}\" EX 100", "+OK");
        }

        Assert.Equal(20, _host.Store.ReportCompression().Values);
    }

    [Theory]
    [InlineData("EXISTS c1 c2")]
    [InlineData("TTL c1")]
    [InlineData("PEXPIRETIME c1")]
    [InlineData("TYPE c1")]
    [InlineData("TOUCH c1")]
    [InlineData("STRLEN c1")]
    [InlineData("EXPIRE c1 50 GT")]
    [InlineData("PERSIST c1")]
    [InlineData("DEL c1")]
    [InlineData("UNLINK c1 c2")]
    [InlineData("SETNX c1 x")]
    [InlineData("SET c1 x NX")]
    [InlineData("MSETNX c1 x c2 y")]
    [InlineData("WATCH c1")]
    [InlineData("OBJECT ENCODING c1")]
    [InlineData("OBJECT IDLETIME c1")]
    [InlineData("OBJECT REFCOUNT c1")]
    [InlineData("OBJECT FREQ c1")]
    [InlineData("MEMORY USAGE c1")]
    [InlineData("KEYS *")]
    [InlineData("SCAN 0 TYPE string")]
    [InlineData("RANDOMKEY")]
    [InlineData("DBSIZE")]
    [InlineData("INFO")]
    [InlineData("FLUSHALL")]
    public void A_redis_command_without_a_value_in_its_answer_expands_none(string request)
    {
        Assert.NotEmpty(_peer.Send(request));
        Assert.Equal(0, _host.Store.ReportCompression().Expanded);
    }

    [Theory]
    [InlineData("touch c1 100\r\n")]
    [InlineData("delete c1\r\n")]
    [InlineData("add c1 0 0 1\r\nx\r\n")]
    [InlineData("replace c1 0 0 1\r\nx\r\n")]
    [InlineData("cas c1 0 0 1 1\r\nx\r\n")]
    [InlineData("stats\r\n")]
    [InlineData("stats cachedump 1 0\r\n")]
    public void A_memcached_command_without_a_value_in_its_answer_expands_none(string request)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(request);
        _peer.Context.BeginTurn();
        Assert.Equal(bytes.Length, new MemcachedTextProcessor().Process(bytes, _peer.Context));
        Assert.Equal(0, _host.Store.ReportCompression().Expanded);
    }

    [Fact]
    public void A_binary_touch_expands_none()
    {
        byte[] touch = [0x80, (byte)BinaryOpcode.Touch, 0, 2, 4, 0, 0, 0, 0, 0, 0, 6, .. new byte[12], 0, 0, 0, 9,
            (byte)'c', (byte)'1'];
        _peer.Context.BeginTurn();
        Assert.Equal(touch.Length, new MemcachedBinaryProcessor().Process(touch, _peer.Context));
        Assert.Equal(0, _peer.Context.Output.Written[7]);
        Assert.Equal(0, _host.Store.ReportCompression().Expanded);
    }

    [Fact]
    public void A_command_with_the_value_in_its_answer_does()
    {
        Assert.Contains("the same text", _peer.Send("GET c1"), StringComparison.Ordinal);
        Assert.Equal(1, _host.Store.ReportCompression().Expanded);
    }
}
