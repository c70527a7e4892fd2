using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>CLIENT PAUSE and UNPAUSE, and the filters of CLIENT KILL that redis-server 7.0 has not.</summary>
public sealed class PauseTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _admin;
    private readonly RespPeer _peer;

    public PauseTests()
    {
        _admin = new RespPeer(_host);
        _peer = new RespPeer(_host);
    }

    [Theory]
    [InlineData("SET k v", "+OK")]
    [InlineData("DEL k", ":0")]
    [InlineData("PUBLISH c m", ":0")]
    [InlineData("EVAL \"return 1\" 0", ":1")]
    public void Writes_wait_until_the_pause_is_over_and_reads_do_not(string write, string reply)
    {
        _admin.Expect("CLIENT PAUSE 1000 WRITE", "+OK");
        _peer.Expect("GET k", "$-1").Expect("NOSUCH", "-ERR unknown command 'NOSUCH', with args beginning with:")
            .Expect(write, "");
        Assert.Equal(1000, _peer.Connection.Deadline);
        Assert.True(_peer.Connection.IsParked);
        _host.Clock.Now += 1000;
        _peer.Connection.TimeOut();
        Assert.Equal(reply, Go());
    }

    [Fact]
    public void Everything_waits_in_a_pause_of_all_and_goes_on_in_order_when_it_is_ended()
    {
        _admin.Expect("CLIENT PAUSE 5000", "+OK");
        _peer.Expect("GET k", "");
        Assert.Equal("", _peer.SendRaw("SET k v\r\nGET k\r\n"));
        _admin.Expect("PING", "");
        _host.Clock.Now += 100;
        _peer.Connection.TimeOut();
        Assert.Equal("", Go());
        Assert.Equal(4900, _peer.Connection.Deadline);
        _host.Clock.Now += 4900;
        _peer.Connection.TimeOut();
        Assert.Equal("$-1 +OK $1 v", Go());
    }

    [Fact]
    public void Unpause_wakes_those_who_wait()
    {
        _admin.Expect("CLIENT PAUSE 5000 WRITE", "+OK");
        _peer.Expect("SET k v", "");
        _admin.Expect("CLIENT UNPAUSE", "+OK");
        Assert.False(_peer.Connection.IsParked);
        Assert.Equal("+OK", Go());
        _admin.Expect("GET k", "$1 v").Expect("SET k w", "+OK");
    }

    [Fact]
    public void A_second_pause_makes_it_longer_or_stricter_and_never_shorter()
    {
        _admin.Expect("CLIENT PAUSE 5000 WRITE", "+OK").Expect("CLIENT PAUSE 10 WRITE", "+OK");
        _peer.Expect("SET k v", "");
        Assert.Equal(5000, _peer.Connection.Deadline);
        _admin.Expect("CLIENT PAUSE 10 ALL", "+OK").Expect("GET k", "");
        Assert.Equal(5000, _admin.Connection.Deadline);
    }

    [Fact]
    public void Exec_waits_when_its_queue_writes()
    {
        _admin.Expect("CLIENT PAUSE 5000 WRITE", "+OK").Expect("MULTI", "+OK").Expect("GET k", "+QUEUED")
            .Expect("EXEC", "*1 $-1");
        _peer.Expect("MULTI", "+OK").Expect("GET k", "+QUEUED").Expect("SET k v", "");
        _admin.Expect("CLIENT UNPAUSE", "+OK");
        Assert.Equal("+QUEUED", Go());
        _admin.Expect("CLIENT PAUSE 5000 WRITE", "+OK");
        _peer.Expect("EXEC", "");
        _admin.Expect("CLIENT UNPAUSE", "+OK");
        Assert.Equal("*2 $-1 +OK", Go());
    }

    [Fact]
    public void A_connection_that_ends_while_it_waits_is_forgotten()
    {
        _admin.Expect("CLIENT PAUSE 5000 WRITE", "+OK");
        _peer.Expect("SET k v", "");
        _peer.Close();
        _admin.Expect("CLIENT UNPAUSE", "+OK").Expect("EXISTS k", ":0");
    }

    [Fact]
    public void A_silenced_request_stays_silent()
    {
        _admin.Expect("CLIENT PAUSE 5000 WRITE", "+OK");
        Assert.Equal("", _peer.Send("CLIENT REPLY SKIP"));
        _peer.Expect("SET k v", "");
        _admin.Expect("CLIENT UNPAUSE", "+OK");
        Assert.Equal("", Go());
        _peer.Expect("GET k", "$1 v");
    }

    [Fact]
    public void Clients_are_killed_by_their_age_and_by_several_ids()
    {
        var third = new RespPeer(_host);
        _admin.Expect("CLIENT KILL MAXAGE 1", ":0")
            .Expect("CLIENT KILL MAXAGE 0", "-ERR maxage should be greater than 0")
            .Expect("CLIENT KILL MAXAGE x", "-ERR maxage is not an integer or out of range")
            .Expect("CLIENT KILL ID 2 0", "-ERR client-id should be greater than 0")
            .Expect("CLIENT KILL ID 2 3 9 TYPE normal", ":2");
        Assert.True(_peer.Connection.IsKilled && third.Connection.IsKilled);
        _host.Clock.Now += 10_000;
        _admin.Expect("CLIENT KILL MAXAGE 10 SKIPME yes", ":2").Expect("CLIENT KILL MAXAGE 11", ":0");
    }

    // The loop runs a woken connection's bytes again.
    private string Go() => _peer.SendRaw("").Replace("\r\n", " ", StringComparison.Ordinal).TrimEnd();
}
