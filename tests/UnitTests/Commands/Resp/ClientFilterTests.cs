using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>Options of CLIENT LIST and CLIENT KILL beyond Redis 7.0: those of Valkey 8.0 to 9.0.</summary>
public sealed class ClientFilterTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;
    private readonly RespPeer _other;

    // Connections 1 and 2.
    public ClientFilterTests()
    {
        _peer = new RespPeer(_host);
        _other = new RespPeer(_host);
        foreach (string request in (string[])
            ["CLIENT SETNAME bob", "CLIENT SETINFO LIB-NAME lib", "CLIENT SETINFO LIB-VER 1.2", "SELECT 3",
            "SUBSCRIBE ch"])
        {
            _other.Send(request);
        }

        _host.Clock.Now += 10_000;
        _peer.Connection.LastActive = _host.Clock.Now;
    }

    [Theory]
    [InlineData("NAME bob", "2"), InlineData("NAME nobody", ""), InlineData("NOT-NAME bob", "1")]
    [InlineData("LIB-NAME lib", "2"), InlineData("NOT-LIB-NAME lib", "1"), InlineData("LIB-VER 1.2", "2")]
    [InlineData("NOT-LIB-VER 1.2", "1"), InlineData("DB 3", "2"), InlineData("NOT-DB 3", "1")]
    [InlineData("FLAGS P", "2"), InlineData("NOT-FLAGS P", "1"), InlineData("FLAGS N", "1"), InlineData("FLAGS PN", "")]
    [InlineData("TYPE pubsub", "2"), InlineData("NOT-TYPE pubsub", "1"), InlineData("ID 1 2", "1 2")]
    [InlineData("ID 1 2 NAME bob", "2"), InlineData("NOT-ID 1", "2"), InlineData("NOT-ID 1 2", "")]
    [InlineData("ADDR 127.0.0.1:50001", "1"), InlineData("NOT-ADDR 127.0.0.1:50001", "2")]
    [InlineData("LADDR 127.0.0.1:6379", "1 2"), InlineData("NOT-LADDR 127.0.0.1:6379", "")]
    [InlineData("IP 127.0.0.1", "1 2"), InlineData("NOT-IP 127.0.0.1", ""), InlineData("USER default", "1 2")]
    [InlineData("NOT-USER default", ""), InlineData("IDLE 5", "2"), InlineData("IDLE 11", "")]
    [InlineData("MAXAGE 10", "1 2"), InlineData("MAXAGE 11", ""), InlineData("SKIPME yes", "2")]
    [InlineData("NAME bob NAME nobody", ""), InlineData("CAPA r", ""), InlineData("NOT-CAPA r", "1 2")]
    public void List_has_those_that_meet_all_options(string options, string ids)
    {
        string list = _peer.Send($"CLIENT LIST {options}");
        IEnumerable<string> words = list.Split('\n', ' ').Where(w => w.StartsWith("id=", StringComparison.Ordinal));
        Assert.Equal(ids, string.Join(' ', words.Select(w => w[3..])));
    }

    [Theory]
    [InlineData("NAME"), InlineData("FOO bar"), InlineData("SKIPME maybe"), InlineData("NOT-MAXAGE 1")]
    public void What_is_no_option_is_a_syntax_error(string options) =>
        _peer.Expect($"CLIENT LIST {options}", "-ERR syntax error");

    [Theory]
    [InlineData("FLAGS ?", "Unknown flags found in the provided filter: ?")]
    [InlineData("NOT-FLAGS ?", "Unknown flags found in the NOT-FLAGS filter: ?")]
    [InlineData("CAPA x", "Unknown capa found in the provided filter: x")]
    [InlineData("IDLE 0", "idle should be greater than 0")]
    [InlineData("MAXAGE x", "maxage is not an integer or out of range")]
    [InlineData("DB 16", "DB number should be between 0 and 15")]
    [InlineData("NOT-USER nobody", "No such user 'nobody'")]
    [InlineData("NOT-ID 0", "client-id should be greater than 0")]
    [InlineData("ID x", "Invalid client ID")]
    public void What_cannot_be_is_named(string options, string error) =>
        _peer.Expect($"CLIENT LIST {options}", $"-ERR {error}");

    [Fact]
    public void Kill_takes_the_same()
    {
        _peer.Expect("CLIENT KILL NAME nobody DB 3", ":0").Expect("CLIENT KILL NOT-NAME bob", ":0");
        Assert.False(_other.Connection.IsKilled);
        _peer.Expect("CLIENT KILL NAME bob FLAGS P", ":1");
        Assert.True(_other.Connection.IsKilled);
    }
}
