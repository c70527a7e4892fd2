using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class ConnectionCommandTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public ConnectionCommandTests() => _peer = new RespPeer(_host);

    [Fact]
    public void Ping_echo_quit()
    {
        _peer.Expect("PING", "+PONG").Expect("ping hi", "$2 hi").Expect("ECHO hi", "$2 hi")
            .Expect("PING a b", "-ERR wrong number of arguments for 'ping' command").Expect("QUIT", "+OK");
        Assert.True(_peer.Connection.CloseAfterReply);
    }

    [Fact]
    public void Nothing_behind_quit_is_executed()
    {
        Assert.Equal("+OK\r\n", _peer.SendRaw("QUIT a b\r\nSET a 1\r\n"));
        new RespPeer(_host).Expect("EXISTS a", ":0");
    }

    [Theory]
    [InlineData("foo", "-ERR unknown command 'foo', with args beginning with: ")]
    [InlineData("foo a \"b c\"", "-ERR unknown command 'foo', with args beginning with: 'a' 'b c' ")]
    [InlineData("\"f\\r\\noo\" \"x\\ny\\0z\"", "-ERR unknown command 'f  oo', with args beginning with: 'x y' ")]
    [InlineData("client|id", "-ERR unknown command 'client|id', with args beginning with: ")]
    [InlineData("GET", "-ERR wrong number of arguments for 'get' command")]
    [InlineData("get a b", "-ERR wrong number of arguments for 'get' command")]
    [InlineData("CLIENT", "-ERR wrong number of arguments for 'client' command")]
    [InlineData("CLIENT foo", "-ERR unknown subcommand 'foo'. Try CLIENT HELP.")]
    [InlineData("config foo bar", "-ERR unknown subcommand 'foo'. Try CONFIG HELP.")]
    [InlineData("OBJECT ENCODING", "-ERR wrong number of arguments for 'object|encoding' command")]
    public void Commands_that_are_not(string request, string error) => _peer.Expect(request, error.TrimEnd());

    [Fact]
    public void The_preview_of_an_unknown_command_is_cut()
    {
        string command = new('c', 200);
        string argument = new('a', 200);
        _peer.Expect(
            $"{command} {argument} b",
            $"-ERR unknown command '{command[..128]}', with args beginning with: '{argument[..128]}'");
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nPING\r\n")]
    [InlineData("Host: x\r\nPING\r\n")]
    public void Http_requests_end_the_connection_without_an_answer(string wire)
    {
        Assert.Equal("", _peer.SendRaw(wire));
        Assert.True(_peer.Connection.CloseAfterReply);
    }

    [Fact]
    public void Protocol_errors_are_answered_and_end_the_connection()
    {
        Assert.Equal(
            "+PONG\r\n-ERR Protocol error: expected '$', got 'x'\r\n",
            _peer.SendRaw("*1\r\n$4\r\nPING\r\n*1\r\nx\r\nPING\r\n"));
        Assert.True(_peer.Connection.CloseAfterReply);
        Assert.Equal(0, _peer.Unconsumed);
    }

    [Fact]
    public void Hello_answers_in_the_version_it_sets()
    {
        const string Pairs = "$6 server $5 redis $7 version $5 7.2.4 $5 proto :{0} $2 id :1 $4 mode $10 standalone "
            + "$4 role $6 master $7 modules *0";
        _peer.Expect("HELLO", "*14 " + Pairs.Replace("{0}", "2", StringComparison.Ordinal))
            .Expect("HELLO 3", "%7 " + Pairs.Replace("{0}", "3", StringComparison.Ordinal))
            .Expect("GET x", "_").Expect("MGET x", "*1 _").Expect("CONFIG GET databases", "%1 $9 databases $2 16")
            .Expect("HELLO 2", "*14 " + Pairs.Replace("{0}", "2", StringComparison.Ordinal)).Expect("GET x", "$-1");
    }

    [Theory]
    [InlineData("HELLO 1", "-NOPROTO unsupported protocol version")]
    [InlineData("HELLO 4", "-NOPROTO unsupported protocol version")]
    [InlineData("HELLO x", "-ERR Protocol version is not an integer or out of range")]
    [InlineData("HELLO 3 foo", "-ERR Syntax error in HELLO option 'foo'")]
    [InlineData("HELLO 3 AUTH a", "-ERR Syntax error in HELLO option 'AUTH'")]
    [InlineData("HELLO 3 AUTH nobody x", "-WRONGPASS invalid username-password pair or user is disabled.")]
    [InlineData("HELLO 3 SETNAME \"a b\"", "-ERR Client names cannot contain spaces, newlines or special characters.")]
    public void Hello_errors_leave_the_version(string request, string error) =>
        _peer.Expect(request, error).Expect("GET x", "$-1");

    [Fact]
    public void Names() => _peer
        .Expect("CLIENT GETNAME", "$-1").Expect("CLIENT SETNAME me", "+OK").Expect("CLIENT GETNAME", "$2 me")
        .Expect("CLIENT SETNAME \"\"", "+OK").Expect("CLIENT GETNAME", "$-1")
        .Expect("CLIENT SETNAME \"a b\"", "-ERR Client names cannot contain spaces, newlines or special characters.")
        .Expect("CLIENT SETINFO LIB-NAME predis", "+OK").Expect("CLIENT SETINFO lib-ver 3.0", "+OK")
        .Expect("CLIENT SETINFO foo x", "-ERR Unrecognized option 'foo'").Expect("CLIENT ID", ":1")
        .Expect("CLIENT SETINFO LIB-NAME \"a b\"",
            "-ERR LIB-NAME cannot contain spaces, newlines or special characters.");

    [Fact]
    public void Client_list_tells_about_connections()
    {
        var other = new RespPeer(_host);
        other.Send("HELLO 3 SETNAME other");
        other.Send("SELECT 3");
        other.Send("SUBSCRIBE a b");
        _host.Clock.Now += 5000;
        string list = _peer.Send("CLIENT LIST");
        Assert.Contains("id=1 addr=127.0.0.1:50001 laddr=127.0.0.1:6379 fd=-1 name= age=5 idle=5 flags=N db=0 sub=0",
            list);
        Assert.Contains(
            "id=2 addr=127.0.0.1:50002 laddr=127.0.0.1:6379 fd=-1 name=other age=5 idle=5 flags=P db=3 sub=2", list);
        Assert.Contains("cmd=client|list user=default redir=-1 resp=2", list);
        Assert.Contains("cmd=subscribe user=default redir=-1 resp=3", list);
        Assert.DoesNotContain("id=1 ", _peer.Send("CLIENT LIST TYPE pubsub"));
        Assert.DoesNotContain("id=2 ", _peer.Send("CLIENT LIST ID 1 7"));
        Assert.Contains("id=1 ", _peer.Send("CLIENT INFO"));
        _peer.Expect("CLIENT LIST TYPE foo", "-ERR Unknown client type 'foo'")
            .Expect("CLIENT LIST foo", "-ERR syntax error")
            .Expect("CLIENT LIST ID x", "-ERR Invalid client ID");
    }

    [Fact]
    public void Client_kill_closes_connections()
    {
        var other = new RespPeer(_host);
        _peer.Expect("CLIENT KILL 1.2.3.4:5", "-ERR No such client").Expect("CLIENT KILL ID 77", ":0")
            .Expect("CLIENT KILL ID 1", ":0")
            .Expect("CLIENT KILL TYPE pubsub", ":0")
            .Expect("CLIENT KILL ID 2 TYPE normal", ":1");
        Assert.True(other.Connection.IsKilled);
        Assert.False(_peer.Connection.CloseAfterReply);
        _peer.Expect("CLIENT KILL USER bob", "-ERR No such user 'bob'")
            .Expect("CLIENT KILL ID 0", "-ERR client-id should be greater than 0")
            .Expect("CLIENT KILL ID 1 SKIPME no", ":1");
        Assert.True(_peer.Connection.CloseAfterReply);
    }

    [Fact]
    public void Client_kill_by_address_may_be_the_own_connection()
    {
        _peer.Expect("CLIENT KILL 127.0.0.1:50001", "+OK");
        Assert.True(_peer.Connection.CloseAfterReply);
    }

    [Fact]
    public void Replies_can_be_turned_off() => _peer
        .Expect("CLIENT REPLY OFF", "").Expect("SET a 1", "").Expect("foo", "").Expect("CLIENT REPLY SKIP", "")
        .Expect("CLIENT REPLY ON", "+OK").Expect("CLIENT REPLY SKIP", "").Expect("GET a", "").Expect("GET a", "$1 1")
        .Expect("CLIENT REPLY foo", "-ERR syntax error");

    [Fact]
    public void Reset_forgets_everything()
    {
        _peer.Send("HELLO 3 SETNAME me");
        _peer.Send("SELECT 3");
        _peer.Send("SUBSCRIBE a");
        _peer.Send("WATCH a");
        _peer.Expect("MULTI", "+OK")
            .Expect("RESET", "+RESET")
            .Expect("CLIENT GETNAME", "$-1")
            .Expect("EXEC", "-ERR EXEC without MULTI");
        Assert.Equal(0, _peer.Connection.Database);
        Assert.Equal(0, _peer.Connection.SubscriptionCount);
        new RespPeer(_host).Expect("PUBLISH a x", ":0");
    }

    [Fact]
    public void A_batch_stops_at_its_share_of_the_turn()
    {
        _peer.Context.Now = _host.Clock.Now;
        _peer.Context.RequestBudget = 3;
        byte[] wire = Segments.BytesOf(string.Concat(Enumerable.Repeat("PING\r\n", 10)));
        int used = new SessionGateway.Commands.Resp.RespProcessor().Process(wire, _peer.Context);
        Assert.Equal(18, used);
        Assert.Equal(3 * 7, _peer.Context.Output.Length);
    }

    [Theory]
    [Wire("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$3\r\nx\r\n\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\nPING\r\n*1\r\n$4\r\nQUIT\r\n")]
    public void A_conversation_is_the_same_in_every_cut(Segments input)
    {
        var peer = new RespPeer();
        string replies = "";
        int start = 0;
        foreach (int length in input.Lengths)
        {
            replies += peer.SendRaw(input.Bytes.AsSpan(start, length - start));
            start = length;
        }

        Assert.Equal("+OK\r\n$3\r\nx\r\n\r\n+PONG\r\n+OK\r\n", replies);
    }
}
