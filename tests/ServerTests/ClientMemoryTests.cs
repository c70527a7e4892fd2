using SessionGateway.Commands;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests;

public sealed class ClientMemoryTests
{
    private const string Message = "*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$10000\r\n";

    private static readonly CommandLimits Limits = new()
    {
        ClientBytes = 400_000,
        // More than the spare block of a thread, which is counted with the queue that it serves.
        AllClientsBytes = 4_000_000,
        NormalOutput = new OutputLimit(300_000),
        PubSubOutput = new OutputLimit(200_000, 50_000, TimeSpan.FromSeconds(60)),
    };

    private static readonly string Publish = Message + new string('m', 10_000) + "\r\n";

    [Fact]
    public void A_subscriber_that_does_not_read_is_closed_above_the_hard_mark_of_its_class()
    {
        using var server = new TestServer(Limits);
        TestClient listener = Subscriber(server);
        TestClient speaker = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        for (int i = 0; i < 19; i++)
        {
            Assert.Equal(":1\r\n", speaker.Ask(Publish));
        }

        Assert.False(listener.IsClosed);
        speaker.Ask(Publish);
        Assert.True(listener.IsClosed);
        Assert.Equal(":0\r\n", speaker.Ask(Publish));
        Assert.Equal(1, server.Services.Stats.Sum(s => s.OutputLimitClosed));
        Assert.Equal(0, server.Loop.BufferBytes);
    }

    [Fact]
    public void A_monitor_that_does_not_read_is_closed_as_a_subscriber_is_and_nobody_waits_for_it()
    {
        using var server = new TestServer(Limits);
        TestClient monitor = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        Assert.Equal("+OK\r\n", monitor.Ask("MONITOR\r\n"));
        monitor.Stream.Window = 0;
        TestClient speaker = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        string request = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$10000\r\n" + new string('m', 10_000) + "\r\n";
        for (int i = 0; i < 19; i++)
        {
            Assert.Equal("+OK\r\n", speaker.Ask(request));
        }

        Assert.False(monitor.IsClosed);
        Assert.Equal("+OK\r\n", speaker.Ask(request));
        Assert.True(monitor.IsClosed);
        Assert.False(server.Services.Resp.Watch.Monitors.AreAny);
        Assert.Equal(1, server.Services.Stats.Sum(s => s.OutputLimitClosed));
        Assert.Equal(0, server.Loop.BufferBytes);
    }

    [Fact]
    public void A_subscriber_that_stays_above_the_soft_mark_is_closed_when_its_time_is_over()
    {
        using var server = new TestServer(Limits, new() { StallTimeout = TimeSpan.FromHours(1) });
        TestClient listener = Subscriber(server);
        TestClient speaker = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        for (int i = 0; i < 6; i++)
        {
            speaker.Ask(Publish);
        }

        server.Pass(TimeSpan.FromSeconds(59));
        Assert.False(listener.IsClosed);
        server.Pass(TimeSpan.FromSeconds(3));
        Assert.True(listener.IsClosed);
    }

    [Fact]
    public void A_subscriber_that_catches_up_in_time_is_kept()
    {
        using var server = new TestServer(Limits, new() { StallTimeout = TimeSpan.FromHours(1) });
        TestClient listener = Subscriber(server);
        TestClient speaker = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 6; i++)
            {
                speaker.Ask(Publish);
            }

            server.Pass(TimeSpan.FromSeconds(50));
            listener.Stream.OpenWindow(long.MaxValue);
            server.Settle();
            listener.Stream.Window = 0;
        }

        server.Pass(TimeSpan.FromSeconds(59));
        Assert.False(listener.IsClosed);
    }

    [Fact]
    public void A_connection_that_holds_more_than_one_may_is_closed()
    {
        using var server = new TestServer(Limits with { MaxBulkBytes = 300_000 });
        TestClient client = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        string argument = "$250000\r\n" + new string('x', 250_000) + "\r\n";
        client.Send("*4\r\n$4\r\nMSET\r\n" + argument);
        Assert.False(client.IsClosed);
        client.Send(argument);
        Assert.True(client.IsClosed);
        Assert.Equal(1, server.Services.Stats.Sum(s => s.ClientLimitClosed));
    }

    [Fact]
    public void Many_that_take_much_in_one_turn_of_the_loop_are_stopped_within_it()
    {
        using var server = new TestServer(Limits with { ClientBytes = 2_000_000 });
        string subscribe = "*2001\r\n$9\r\nSUBSCRIBE\r\n"
            + string.Concat(Enumerable.Range(1000, 2000).Select(i => $"$4\r\n{i}\r\n"));
        TestClient[] clients =
            [.. Enumerable.Range(0, 60).Select(_ => server.Connect(Protocols.Detection.ListenerProtocol.Resp))];
        foreach (TestClient client in clients)
        {
            client.Stream.Window = 0;
            client.Post(System.Text.Encoding.ASCII.GetBytes(subscribe));
        }

        for (int turn = 0; turn < 4; turn++)
        {
            server.Loop.RunTurn();
            Assert.InRange(server.Loop.BufferBytes, 1, Limits.AllClientsBytes + 1_000_000);
        }

        Assert.InRange(server.Services.Stats.Sum(s => s.ClientsDropped), 20, clients.Length);
    }

    [Fact]
    public void When_all_hold_too_much_those_that_hold_most_are_closed()
    {
        using var server = new TestServer(Limits with { ClientBytes = 2_000_000 });
        TestClient[] clients =
            [.. Enumerable.Range(0, 6).Select(_ => server.Connect(Protocols.Detection.ListenerProtocol.Resp))];
        int[] lengths = [1_560_000, 400_000, 1_400_000, 160_000, 360_000, 320_000];
        for (int i = 0; i < clients.Length; i++)
        {
            // Half sent: the rest never comes.
            clients[i].Send($"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n${lengths[i]}\r\n" + new string('x', lengths[i] * 9 / 10));
        }

        server.Pass(TimeSpan.FromMilliseconds(20));
        Assert.Equal([true, false, false, false, false, false], clients.Select(c => c.IsClosed));
        Assert.Equal(1, server.Services.Stats.Sum(s => s.ClientsDropped));
        Assert.InRange(server.Loop.BufferBytes, 1, Limits.AllClientsBytes);
    }

    [Fact]
    public void When_the_store_is_full_peers_that_do_not_move_make_way_and_those_that_do_are_kept()
    {
        using var server = new TestServer(
            new SegmentStoreOptions { MemoryLimit = 8 << 20, Seed = 1 },
            new CommandLimits { AllClientsBytes = 4 << 20, PubSubOutput = new OutputLimit(3 << 20) });
        TestClient user = server.Connect();
        int stored = 0;
        while (user.Ask($"set s{stored} 0 1440 2000\r\n{new string('v', 2000)}\r\n") == "STORED\r\n")
        {
            stored++;
        }

        TestClient listener = Subscriber(server);
        TestClient speaker = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        for (int i = 0; i < 100; i++)
        {
            speaker.Ask(Publish);
        }

        Assert.False(listener.IsClosed);
        server.Pass(TimeSpan.FromSeconds(2));
        Assert.True(listener.IsClosed);
        Assert.False(speaker.IsClosed);
        Assert.False(user.IsClosed);
        Assert.Equal(1, server.Services.Stats.Sum(s => s.ClientsDropped));
    }

    [Fact]
    public void Client_list_shows_what_a_slow_client_holds()
    {
        using var server = new TestServer(Limits);
        TestClient listener = Subscriber(server);
        TestClient speaker = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        speaker.Ask(Publish);
        string line = speaker.Ask("*2\r\n$6\r\nCLIENT\r\n$4\r\nLIST\r\n").Split('\n')[1];
        Assert.Matches(@" qbuf=0 .* multi-mem=0 .* obl=100\d\d oll=0 omem=[1-9]\d{4} tot-mem=[1-9]\d{4} events=rw ",
            line);
        Assert.False(listener.IsClosed);
    }

    private static TestClient Subscriber(TestServer server)
    {
        TestClient listener = server.Connect(Protocols.Detection.ListenerProtocol.Resp);
        listener.Ask("*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n");
        listener.Stream.Window = 0;
        return listener;
    }
}
