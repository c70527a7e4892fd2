using SessionGateway.Commands;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Splicing;

/// <summary>What a node does with its clients while another one is the primary, and when that changes.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Ok = "+OK\r\n";
    private const string GetA = "*2\r\n$3\r\nGET\r\n$1\r\na\r\n";
    private static readonly string SetA = BackupRig.Resp("SET a 1");

    private readonly BackupRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("get a\r\n")]
    [InlineData("set a 0 0 1 noreply\r\nx\r\n")]
    [InlineData("*2\r\n$3\r\nGET\r\n$1\r\na\r\n")]
    [InlineData("*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n")]
    [InlineData("\u0080\0\0\u0001\0\0\0\0\0\0\0\u0001\0\0\0\0\0\0\0\0\0\0\0\0a")]
    public void A_request_for_items_goes_to_the_primary_as_it_came(string request)
    {
        MemoryTransport primary = _rig.Primary();
        MemoryTransport client = _rig.Client(request);
        Assert.Equal(request, BackupRig.Taken(primary));
        Assert.Equal("answer", _rig.Send(primary, "answer") == primary ? BackupRig.Taken(client) : "");
    }

    [Fact]
    public void What_is_asked_before_is_answered_here_and_in_its_order()
    {
        MemoryTransport primary = _rig.Primary();
        MemoryTransport client = _rig.Client(BackupRig.Resp("PING") + SetA + BackupRig.Resp("PING"));
        Assert.Equal("+PONG\r\n", BackupRig.Taken(client));
        Assert.Equal(SetA + BackupRig.Resp("PING"), BackupRig.Taken(primary));
        _rig.Send(primary, Ok + "+PONG\r\n");
        Assert.Equal(Ok + "+PONG\r\n", BackupRig.Taken(client));
    }

    [Fact]
    public void The_primary_is_told_what_the_client_said_of_itself()
    {
        using var rig = new BackupRig(null, ("u", "p"));
        MemoryTransport primary = rig.Primary();
        MemoryTransport client = rig.Client(BackupRig.Resp("HELLO 3 AUTH u p SETNAME n") + BackupRig.Resp("SELECT 2"));
        BackupRig.Taken(client);
        rig.Send(client, SetA);
        Assert.Equal(BackupRig.Resp("AUTH u p") + BackupRig.Resp("HELLO 3") + BackupRig.Resp("CLIENT SETNAME n")
            + BackupRig.Resp("SELECT 2"), BackupRig.Taken(primary));
        rig.Send(primary, Ok + "%0\r\n" + Ok + Ok);
        Assert.Equal(SetA, BackupRig.Taken(primary));
        Assert.Equal("", BackupRig.Taken(client));
    }

    [Fact]
    public void A_gateway_is_told_that_a_request_was_forwarded()
    {
        MemoryTransport primary = _rig.Primary(isGateway: true);
        _rig.Client("get a\r\n");
        Assert.Equal("version forwarded 1\r\n", BackupRig.Taken(primary));
        _rig.Send(primary, "VERSION 1\r\n");
        Assert.Equal("get a\r\n", BackupRig.Taken(primary));

        primary = _rig.Next();
        _rig.Client(GetA);
        Assert.Equal(BackupRig.Resp("CLIENT CAPA forwarded=1"), BackupRig.Taken(primary));

        primary = _rig.Next();
        _rig.Client("\u0080\0\0\u0001\0\0\0\0\0\0\0\u0001\0\0\0\0\0\0\0\0\0\0\0\0a");
        Assert.Equal("\u0080\u000b\0\0\0\0\0\0\0\0\0\0GW\0\u0001\0\0\0\0\0\0\0\0", BackupRig.Taken(primary));
    }

    [Theory]
    [InlineData("version forwarded 3\r\n", "VERSION 1.6.18\r\n", "get a\r\n")]
    [InlineData("*3\r\n$6\r\nCLIENT\r\n$4\r\nCAPA\r\n$11\r\nforwarded=3\r\n", "+OK\r\n",
        "*2\r\n$3\r\nGET\r\n$1\r\na\r\n")]
    public void What_was_forwarded_often_is_forwarded_no_more_and_waits_for_this_node(
        string said, string answer, string request)
    {
        MemoryTransport primary = _rig.Primary(isGateway: true);
        MemoryTransport client = _rig.Client(said);
        Assert.Equal(answer, BackupRig.Taken(client));
        _rig.Send(client, request);
        Assert.Equal("", BackupRig.Taken(primary));
        _rig.Lead();
        Assert.Equal(request == "get a\r\n" ? "END\r\n" : "$-1\r\n", BackupRig.Taken(client));
    }

    [Fact]
    public void A_transaction_that_was_begun_here_goes_on_at_the_primary()
    {
        MemoryTransport primary = _rig.Primary();
        MemoryTransport client = _rig.Client(BackupRig.Resp("MULTI") + BackupRig.Resp("PING"));
        Assert.Equal("+OK\r\n+QUEUED\r\n", BackupRig.Taken(client));
        _rig.Send(client, SetA);
        Assert.Equal(BackupRig.Resp("MULTI") + BackupRig.Resp("PING"), BackupRig.Taken(primary));
        _rig.Send(primary, "+OK\r\n+QUEUED\r\n");
        Assert.Equal(SetA, BackupRig.Taken(primary));
    }

    [Theory, InlineData("OFF"), InlineData("SKIP")]
    public void An_answer_that_is_not_wanted_does_not_come_from_the_primary_either(string kind)
    {
        MemoryTransport primary = _rig.Primary();
        MemoryTransport client = _rig.Client(BackupRig.Resp("SELECT 1"));
        _rig.Send(client, BackupRig.Resp($"CLIENT REPLY {kind}") + SetA);
        Assert.Equal(BackupRig.Resp("SELECT 1") + BackupRig.Resp($"CLIENT REPLY {kind}"), BackupRig.Taken(primary));
        _rig.Send(primary, Ok);
        Assert.Equal(SetA, BackupRig.Taken(primary));
        Assert.Equal(Ok, BackupRig.Taken(client));
    }

    [Fact]
    public void What_asks_for_this_node_is_answered_by_it_between_two_forwarded_requests()
    {
        MemoryTransport first = _rig.Primary();
        MemoryTransport client = _rig.Client(BackupRig.Resp("SELECT 2") + SetA);
        _rig.Send(first, Ok);
        _rig.Send(first, Ok);
        BackupRig.Taken(first);
        BackupRig.Taken(client);
        MemoryTransport second = _rig.Next();
        Assert.StartsWith("*3\r\n$6\r\nmaster", _rig.Ask(client, BackupRig.Resp("role")));
        Assert.True(first.IsClosedByServer);
        Assert.Contains(" db=2 ", _rig.Ask(client, BackupRig.Resp("CLIENT INFO")));
        _rig.Send(client, SetA);
        Assert.Equal(BackupRig.Resp("SELECT 2"), BackupRig.Taken(second));
    }

    [Fact]
    public void Who_waits_for_a_primary_is_served_here_when_this_node_becomes_it()
    {
        _rig.Await();
        MemoryTransport text = _rig.Client("set a 0 0 1\r\nx\r\n");
        MemoryTransport resp = _rig.Client(BackupRig.Resp("SELECT 1") + BackupRig.Resp("MULTI") + SetA);
        Assert.Equal("", BackupRig.Taken(text));
        Assert.Equal("+OK\r\n+OK\r\n", BackupRig.Taken(resp));
        _rig.Lead();
        Assert.Equal("STORED\r\n", BackupRig.Taken(text));
        Assert.Equal("+QUEUED\r\n", BackupRig.Taken(resp));
        Assert.Equal("*1\r\n+OK\r\n", _rig.Ask(resp, BackupRig.Resp("EXEC")));
    }

    [Fact]
    public void Who_was_forwarded_goes_on_here_when_this_node_becomes_the_primary()
    {
        using var rig = new BackupRig(null, ("u", "p"));
        MemoryTransport primary = rig.Primary();
        MemoryTransport client = rig.Client(BackupRig.Resp("AUTH u p"));
        BackupRig.Taken(client);
        rig.Send(client, GetA);
        rig.Send(primary, Ok);
        rig.Send(primary, "$-1\r\n");
        rig.Send(client, BackupRig.Resp("SELECT 3"));
        rig.Send(primary, Ok);
        BackupRig.Taken(client);
        rig.Lead();
        Assert.True(primary.IsClosedByServer);
        Assert.Contains(" db=3 ", rig.Ask(client, BackupRig.Resp("CLIENT INFO")));
        Assert.Equal("$-1\r\n", rig.Ask(client, GetA));
    }

    [Fact]
    public void Who_waits_too_long_is_told_so()
    {
        _rig.Await();
        MemoryTransport text = _rig.Client("get a\r\n");
        MemoryTransport resp = _rig.Client(GetA);
        _rig.Pass(TimeSpan.FromSeconds(2.1));
        Assert.StartsWith("-MASTERDOWN ", BackupRig.Taken(resp));
        Assert.Equal("", BackupRig.Taken(text));
        Assert.True(text.IsClosedByServer && resp.IsClosedByServer);
    }

    [Theory]
    [InlineData("BLPOP l 0", "-UNBLOCKED force unblock from blocking operation, "
        + "instance state changed (master -> replica?)\r\n")]
    [InlineData("WATCH a", "+OK\r\n")]
    [InlineData("MULTI", "+OK\r\n")]
    public void Who_waits_for_items_here_or_watches_them_is_closed_when_another_node_becomes_the_primary(
        string request, string answer)
    {
        MemoryTransport client = _rig.Client(BackupRig.Resp(request));
        MemoryTransport idle = _rig.Client(GetA);
        _rig.Primary();
        Assert.Equal(answer, BackupRig.Taken(client));
        Assert.True(client.IsClosedByServer);
        Assert.False(idle.IsClosedByServer);
    }

    [Fact]
    public void Who_waits_for_the_end_of_a_pause_is_forwarded_then()
    {
        MemoryTransport client = _rig.Client();
        _rig.Client(BackupRig.Resp("CLIENT PAUSE 1000 WRITE"));
        _rig.Send(client, SetA);
        MemoryTransport primary = _rig.Primary();
        Assert.Equal("", BackupRig.Taken(primary));
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        Assert.Equal(SetA, BackupRig.Taken(primary));
    }

    [Fact]
    public void Reads_stay_where_that_is_wanted_until_something_else_is_asked()
    {
        using var rig = new BackupRig(new BackupRules { Mode = BackupMode.Forward, ReadsStay = true });
        MemoryTransport primary = rig.Primary();
        MemoryTransport client = rig.Client(GetA);
        Assert.Equal("$-1\r\n", BackupRig.Taken(client));
        rig.Send(client, SetA + GetA);
        Assert.Equal(SetA + GetA, BackupRig.Taken(primary));
        Assert.Equal("END\r\n", rig.Ask(rig.Client(), "get a\r\n"));
    }

    [Fact]
    public void Memcached_requests_stay_where_the_primary_has_no_port_for_them()
    {
        _rig.Primary(memcachedPort: 0);
        Assert.Equal("END\r\n", _rig.Ask(_rig.Client(), "get a\r\n"));
    }

    [Fact]
    public void Sentinels_speak_to_each_other_over_this_node()
    {
        MemoryTransport primary = _rig.Primary();
        MemoryTransport client = _rig.Client();
        Assert.StartsWith("*3\r\n", _rig.Ask(client, BackupRig.Resp("SUBSCRIBE __sentinel__:hello")));
        Assert.Equal(":1\r\n", _rig.Ask(_rig.Client(), BackupRig.Resp("PUBLISH __sentinel__:hello x")));
        Assert.Equal("", BackupRig.Taken(primary));
    }
}
