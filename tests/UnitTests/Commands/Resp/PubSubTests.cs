using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class PubSubTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _listener;
    private readonly RespPeer _speaker;

    public PubSubTests()
    {
        _listener = new RespPeer(_host);
        _speaker = new RespPeer(_host);
    }

    [Fact]
    public void Messages_reach_channels_and_patterns()
    {
        _listener.Expect("SUBSCRIBE news", "*3 $9 subscribe $4 news :1")
            .Expect("PSUBSCRIBE n* x", "*3 $10 psubscribe $2 n* :2 *3 $10 psubscribe $1 x :3")
            .Expect("SUBSCRIBE news", "*3 $9 subscribe $4 news :3");
        _speaker.Expect("PUBLISH news hello", ":2")
            .Expect("PUBLISH nobody hello", ":1")
            .Expect("PUBLISH other hello", ":0");
        Assert.Equal("*3 $7 message $4 news $5 hello *4 $8 pmessage $2 n* $4 news $5 hello "
            + "*4 $8 pmessage $2 n* $6 nobody $5 hello", _listener.TakePushed());
        _speaker.Expect("PUBSUB CHANNELS", "*1 $4 news")
            .Expect("PUBSUB CHANNELS x*", "*0")
            .Expect("PUBSUB NUMPAT", ":2")
            .Expect("PUBSUB NUMSUB news a", "*4 $4 news :1 $1 a :0");
    }

    [Fact]
    public void Unsubscribing()
    {
        _listener.Send("SUBSCRIBE a b");
        _listener.Expect("UNSUBSCRIBE a x", "*3 $11 unsubscribe $1 a :1 *3 $11 unsubscribe $1 x :1")
            .Expect("PUNSUBSCRIBE", "*3 $12 punsubscribe $-1 :1").Expect("UNSUBSCRIBE", "*3 $11 unsubscribe $1 b :0")
            .Expect("UNSUBSCRIBE", "*3 $11 unsubscribe $-1 :0").Expect("GET a", "$-1");
        _speaker.Expect("PUBLISH a x", ":0").Expect("PUBSUB CHANNELS", "*0");
    }

    [Fact]
    public void Resp2_allows_little_while_subscribed()
    {
        const string Allowed =
            "only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context";
        _listener.Send("SUBSCRIBE a");
        _listener.Expect("GET x", $"-ERR Can't execute 'get': {Allowed}")
            .Expect("CLIENT ID", $"-ERR Can't execute 'client|id': {Allowed}")
            .Expect("PING", "*2 $4 pong $0").Expect("PING hi", "*2 $4 pong $2 hi")
            .Expect("GET", "-ERR wrong number of arguments for 'get' command")
            .Expect("RESET", "+RESET")
            .Expect("PING", "+PONG");
    }

    [Fact]
    public void Resp3_allows_everything_and_pushes()
    {
        _listener.Send("HELLO 3");
        _listener.Expect("SUBSCRIBE a", ">3 $9 subscribe $1 a :1").Expect("GET x", "_").Expect("PING", "+PONG")
            .Expect("PUBLISH a me", ">3 $7 message $1 a $2 me :1");
        _speaker.Expect("PUBLISH a hi", ":1");
        Assert.Equal(">3 $7 message $1 a $2 hi", _listener.TakePushed());
        _listener.Send("HELLO 2");
        Assert.StartsWith("-ERR Can't execute 'get'", _listener.Send("GET x"));
    }

    [Fact]
    public void A_message_to_the_own_connection_does_not_split_the_answers_of_exec()
    {
        _listener.Send("HELLO 3");
        _listener.Send("SUBSCRIBE a");
        _listener.Expect("MULTI", "+OK").Expect("PUBLISH a x", "+QUEUED").Expect("PING", "+QUEUED")
            .Expect("EXEC", "*2 :1 +PONG >3 $7 message $1 a $1 x");
    }

    [Fact]
    public void A_closed_connection_listens_no_more()
    {
        _listener.Send("SUBSCRIBE a");
        _listener.Send("PSUBSCRIBE a*");
        _listener.Close();
        _speaker.Expect("PUBLISH a x", ":0").Expect("PUBSUB NUMPAT", ":0");
    }

    [Fact]
    public void Channels_are_the_same_in_all_databases_and_binary()
    {
        _listener.Send("SUBSCRIBE \"a\\r\\n\\0b\"");
        _speaker.Expect("SELECT 3", "+OK").Expect("PUBLISH \"a\\r\\n\\0b\" \"\\0\"", ":1");
        Assert.Contains("\0", _listener.TakePushed());
    }
}
