using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Splicing;

/// <summary>Bytes go to the primary and back as they are; clients outlive its switch where that is safe.</summary>
public sealed class SpliceTests : IDisposable
{
    private const string Ping = "*1\r\n$4\r\nPING\r\n";
    private const string Pong = "+PONG\r\n";
    private const string Refused =
        "-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.\r\n";

    private readonly SpliceRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("*1\r\n$4\r\nPING\r\n", "+PONG\r\n")]
    [InlineData("get a\r\n", "END\r\n")]
    [InlineData("no protocol at all", "\0\u0001\u00ff")]
    public void Bytes_arrive_as_they_were_sent(string request, string reply)
    {
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(request);
        Assert.Equal(request, SpliceRig.Taken(primary));
        _rig.Send(primary, reply);
        Assert.Equal(reply, SpliceRig.Taken(client));
        Assert.Equal(1, _rig.Forwarder.Spliced);
    }

    [Fact]
    public void A_request_waits_for_a_primary()
    {
        MemoryTransport client = _rig.Client(Ping);
        _rig.Pass(TimeSpan.FromSeconds(1.9));
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        Assert.Equal(Ping, SpliceRig.Taken(primary));
        _rig.Send(primary, Pong);
        Assert.Equal(Pong, SpliceRig.Taken(client));
    }

    [Theory]
    [InlineData(Ping, Refused)]
    [InlineData("get a\r\n", "")]
    [InlineData("\u0080\0\0\u0001\0\0\0\0\0\0\0\u0001\u0001\u0002\u0003\u0004\0\0\0\0\0\0\0\0a", "")]
    public void A_request_that_has_waited_long_enough_fails_and_its_connection_ends(string request, string answer)
    {
        MemoryTransport client = _rig.Client(request);
        _rig.Pass(TimeSpan.FromSeconds(2.1));
        Assert.Equal(answer, SpliceRig.Taken(client));
        Assert.True(client.IsClosedByServer);
        Assert.Equal(1, _rig.Forwarder.Stats.Refused);
    }

    [Fact]
    public void A_primary_that_refuses_connections_is_tried_again()
    {
        _rig.Refuse();
        _rig.Move(PrimaryPlace.At(SpliceRig.First));
        MemoryTransport client = _rig.Client(Ping);
        MemoryTransport primary = _rig.Expect();
        _rig.Pass(TimeSpan.FromMilliseconds(60));
        Assert.Equal(Ping, SpliceRig.Taken(primary));
        Assert.False(client.IsClosedByServer);
    }

    [Fact]
    public void Who_is_connected_and_asks_nothing_waits_for_nobody()
    {
        MemoryTransport client = _rig.Client();
        _rig.Pass(TimeSpan.FromMinutes(1));
        Assert.False(client.IsClosedByServer);
    }

    [Fact]
    public void An_idle_client_outlives_a_switch_and_the_new_primary_is_told_who_it_is()
    {
        MemoryTransport first = _rig.Primary(SpliceRig.First);
        const string select = "*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n";
        const string auth = "*2\r\n$4\r\nAUTH\r\n$1\r\np\r\n";
        const string name = "*3\r\n$6\r\nclient\r\n$7\r\nsetname\r\n$1\r\nn\r\n";
        MemoryTransport client = _rig.Client(auth + select + name + Ping);
        _rig.Send(first, "+OK\r\n+OK\r\n+OK\r\n" + Pong);
        Assert.Equal("+OK\r\n+OK\r\n+OK\r\n" + Pong, SpliceRig.Taken(client));

        MemoryTransport second = _rig.Primary(SpliceRig.Second);
        Assert.True(first.IsClosedByServer);
        _rig.Send(client, Ping);
        Assert.Equal(auth + select + name, SpliceRig.Taken(second));
        _rig.Send(second, "+OK\r\n+OK\r\n+O");
        Assert.Equal("", SpliceRig.Taken(second));
        _rig.Send(second, "K\r\n");
        Assert.Equal(Ping, SpliceRig.Taken(second));
        _rig.Send(second, Pong);
        Assert.Equal(Pong, SpliceRig.Taken(client));
        Assert.Equal(1, _rig.Forwarder.Stats.Kept);
    }

    [Fact]
    public void A_client_whom_the_new_primary_does_not_know_is_closed_before_its_request_is_sent()
    {
        MemoryTransport first = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client("*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n");
        _rig.Send(first, "+OK\r\n");
        MemoryTransport second = _rig.Primary(SpliceRig.Second);
        _rig.Send(client, Ping);
        SpliceRig.Taken(second);
        _rig.Send(second, "-ERR DB index is out of range\r\n");
        Assert.Equal("", SpliceRig.Taken(second));
        Assert.True(client.IsClosedByServer);
    }

    [Fact]
    public void A_request_that_was_on_its_way_is_never_sent_again()
    {
        MemoryTransport first = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping + Ping);
        _rig.Send(first, Pong);
        MemoryTransport second = _rig.Expect();
        _rig.HalfClose(first);
        Assert.Equal(Pong, SpliceRig.Taken(client));
        Assert.True(client.IsClosedByServer);
        Assert.Empty(second.Sent);
        Assert.Equal(1, _rig.Forwarder.Stats.Cut);
    }

    [Fact]
    public void A_reply_on_its_way_still_arrives_from_who_is_no_primary_any_more()
    {
        MemoryTransport first = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping);
        MemoryTransport second = _rig.Primary(SpliceRig.Second);
        Assert.False(first.IsClosedByServer);
        _rig.Send(first, Pong);
        Assert.Equal(Pong, SpliceRig.Taken(client));
        Assert.True(first.IsClosedByServer);
        _rig.Send(client, Ping);
        Assert.Equal(Ping, SpliceRig.Taken(second));
    }

    [Fact]
    public void A_reply_that_does_not_come_from_there_ends_its_client()
    {
        _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping);
        _rig.Primary(SpliceRig.Second);
        _rig.Pass(TimeSpan.FromSeconds(2.1));
        Assert.True(client.IsClosedByServer);
        Assert.Equal("", SpliceRig.Taken(client));
    }

    [Fact]
    public void A_subscriber_is_closed_by_a_switch()
    {
        MemoryTransport first = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client("*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n");
        _rig.Send(first, "*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n");
        _rig.Primary(SpliceRig.Second);
        Assert.True(client.IsClosedByServer);
    }

    [Fact]
    public void What_is_only_not_answering_keeps_its_clients()
    {
        MemoryTransport first = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping);
        _rig.Move(PrimaryPlace.Unknown);
        _rig.Send(first, Pong);
        Assert.Equal(Pong, SpliceRig.Taken(client));
        Assert.False(first.IsClosedByServer);
    }

    [Fact]
    public void Who_is_demoted_gets_no_further_request()
    {
        MemoryTransport first = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping);
        _rig.Send(first, Pong);
        SpliceRig.Taken(first);
        _rig.Move(PrimaryPlace.Left(SpliceRig.First));
        _rig.Send(client, Ping);
        Assert.Equal("", SpliceRig.Taken(first));
        MemoryTransport second = _rig.Primary(SpliceRig.Second);
        Assert.Equal(Ping, SpliceRig.Taken(second));
    }

    [Fact]
    public void A_client_that_has_sent_all_gets_its_answer()
    {
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping);
        _rig.HalfClose(client);
        Assert.True(primary.HasFinished);
        Assert.False(client.IsClosedByServer);
        _rig.Send(primary, Pong);
        Assert.Equal(Pong, SpliceRig.Taken(client));
        Assert.True(client.IsClosedByServer);
        Assert.True(primary.IsClosedByServer);
    }

    [Fact]
    public void A_primary_that_does_not_read_stops_its_client_and_no_more_than_a_helping_is_kept()
    {
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        primary.Window = 10;
        MemoryTransport client = _rig.Client(new string('x', 100_000));
        _rig.Send(client, new string('y', 100_000));
        Assert.Equal(10, primary.Sent.Count);
        Assert.Equal(2, client.UnreadChunks);
        primary.OpenWindow(long.MaxValue);
        _rig.Settle();
        Assert.Equal(new string('x', 100_000) + new string('y', 100_000), SpliceRig.Taken(primary));
    }

    [Fact]
    public void A_client_that_does_not_read_stops_its_primary_and_others_go_on()
    {
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping);
        MemoryTransport otherPrimary = _rig.Expect();
        MemoryTransport other = _rig.Client(Ping);
        client.Window = 10;
        string reply = "$100000\r\n" + new string('x', 100_000) + "\r\n";
        _rig.Send(primary, reply);
        _rig.Send(primary, Pong);
        Assert.Equal(10, client.Sent.Count);
        Assert.Equal(2, primary.UnreadChunks);
        _rig.Send(otherPrimary, Pong);
        Assert.Equal(Pong, SpliceRig.Taken(other));
        client.OpenWindow(long.MaxValue);
        _rig.Settle();
        Assert.Equal(reply + Pong, SpliceRig.Taken(client));
    }

    [Fact]
    public void A_direction_that_stands_still_for_too_long_ends_its_client()
    {
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        primary.Window = 10;
        MemoryTransport client = _rig.Client(new string('x', 100_000));
        _rig.Pass(TimeSpan.FromSeconds(61));
        _rig.Pass(TimeSpan.FromSeconds(2));
        Assert.True(client.IsClosedByServer);
        Assert.True(primary.IsClosedByServer);
    }

    [Fact]
    public void A_drain_waits_for_the_reply_on_its_way()
    {
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping);
        MemoryTransport idlePrimary = _rig.Expect();
        MemoryTransport idle = _rig.Client(Ping);
        _rig.Send(idlePrimary, Pong);
        _rig.Drain();
        Assert.True(idle.IsClosedByServer);
        Assert.False(client.IsClosedByServer);
        _rig.Send(primary, Pong);
        Assert.Equal(Pong, SpliceRig.Taken(client));
        Assert.True(client.IsClosedByServer);
    }

    [Fact]
    public void A_primary_that_closes_idle_connections_costs_no_client()
    {
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(Ping);
        _rig.Send(primary, Pong);
        _rig.HalfClose(primary);
        Assert.False(client.IsClosedByServer);
        Assert.Equal(0, _rig.Forwarder.Spliced);
        MemoryTransport again = _rig.Expect();
        _rig.Send(client, Ping);
        Assert.Equal(Ping, SpliceRig.Taken(again));
    }

    [Theory]
    [InlineData("quit\r\n")]
    [InlineData("*1\r\n$4\r\nQUIT\r\n")]
    public void Who_quits_is_closed_with_the_primary(string quit)
    {
        MemoryTransport primary = _rig.Primary(SpliceRig.First);
        MemoryTransport client = _rig.Client(quit);
        _rig.HalfClose(primary);
        Assert.True(client.IsClosedByServer);
        Assert.Equal(0, _rig.Open);
    }
}
