using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class AuthenticationTests : OwningTests
{
    private const string WrongPass = "-WRONGPASS invalid username-password pair or user is disabled.";
    private const string NoAuth = "-NOAUTH Authentication required.";
    private readonly RespPeer _peer = new(new CommandHost(password: "secret"));

    [Fact]
    public void Without_a_login_only_few_commands_run() => _peer
        .Expect("GET a", NoAuth)
        .Expect("PING", NoAuth)
        .Expect("CLIENT ID", NoAuth)
        .Expect("foo", "-ERR unknown command 'foo', with args beginning with:")
        .Expect("GET", "-ERR wrong number of arguments for 'get' command")
        .Expect("RESET", "+RESET")
        .Expect("QUIT", "+OK");

    [Fact]
    public void Auth_with_the_password() => _peer
        .Expect("AUTH wrong", WrongPass).Expect("GET a", NoAuth).Expect("AUTH secret", "+OK").Expect("GET a", "$-1")
        .Expect("AUTH wrong", WrongPass).Expect("GET a", "$-1").Expect("RESET", "+RESET").Expect("GET a", NoAuth);

    [Fact]
    public void Auth_with_user_and_password() => _peer
        .Expect("AUTH bob secret", WrongPass)
        .Expect("AUTH default secret", "+OK")
        .Expect("AUTH a b c", "-ERR syntax error");

    [Fact]
    public void Hello_with_auth()
    {
        _peer.Expect("HELLO 3", "-NOAUTH HELLO must be called with the client already authenticated, otherwise the "
            + "HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP "
            + "protocol version at the same time");
        _peer.Expect("HELLO 3 AUTH default wrong", WrongPass);
        Assert.StartsWith("%7 ", _peer.Send("HELLO 3 AUTH default secret SETNAME me"));
        _peer.Expect("CLIENT GETNAME", "$2 me");
    }

    [Fact]
    public void Auth_where_no_login_is_configured() => new RespPeer()
        .Expect("AUTH x", "-ERR AUTH <password> called without any password configured for the default user. "
            + "Are you sure your configuration is correct?")
        .Expect("AUTH default anything", "+OK").Expect("AUTH bob anything", WrongPass).Expect("PING", "+PONG");

    [Fact]
    public void Strangers_may_only_send_little()
    {
        Assert.Equal("-ERR Protocol error: unauthenticated multibulk length\r\n", _peer.SendRaw("*11\r\n"));
        Assert.Equal("-ERR Protocol error: unauthenticated bulk length\r\n",
            new RespPeer(new CommandHost(password: "x")).SendRaw("*1\r\n$16385\r\n"));
    }
}
