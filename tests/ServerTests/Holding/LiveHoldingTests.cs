using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.Parking;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

/// <summary>Held and parked requests with real sockets and two loops, over both transports.</summary>
public sealed class LiveHoldingTests
{
    public static TheoryData<int> Transports => OperatingSystem.IsLinux()
        ? [(int)TransportKind.Epoll, (int)TransportKind.Socket]
        : [(int)TransportKind.Socket];

    [Theory]
    [MemberData(nameof(Transports))]
    public void Held_replies_of_all_loops_wait_for_their_position_while_reads_are_answered(int transport)
    {
        using var server = new LiveServer((TransportKind)transport, holds: true);
        LiveClient[] clients = [.. Enumerable.Range(0, 40).Select(_ => server.Connect())];
        using LiveClient reader = server.Connect();
        for (int round = 0; round < 20; round++)
        {
            foreach (LiveClient client in clients)
            {
                client.Send("set a 0 0 1\r\n1\r\nget a\r\n");
            }

            LiveServer.Until(() => server.Gate.HeldConnections == clients.Length);
            reader.Send("get a\r\n").Expect("VALUE a 0 1\r\n1\r\nEND\r\n");
            Array.ForEach(clients, c => c.ExpectNothing());
            server.ReachAll();
            Array.ForEach(clients, c => c.Expect("STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n"));
        }

        LiveServer.Until(() => server.Gate.HeldBytes == 0);
        Array.ForEach(clients, c => c.Dispose());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void Held_clients_that_die_are_noticed_(int transport)
    {
        using var server = new LiveServer((TransportKind)transport, holds: true);
        LiveClient[] dying = [.. Enumerable.Range(0, 10).Select(_ => server.Connect())];
        Array.ForEach(dying, c => c.Send("set a 0 0 1\r\n1\r\n"));
        LiveServer.Until(() => server.Gate.HeldConnections == 10);
        Array.ForEach(dying[..5], c => c.Reset());
        Array.ForEach(dying[5..], c => c.Dispose());
        LiveServer.Until(() => server.Gate.HeldConnections == 0);
        Assert.Equal(0, server.Gate.HeldBytes);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_drain_waits_for_the_release_of_what_is_held(int transport)
    {
        using var server = new LiveServer((TransportKind)transport, holds: true);
        using LiveClient client = server.Connect();
        client.Send("set a 0 0 1\r\n1\r\n");
        LiveServer.Until(() => server.Gate.HeldConnections == 1);
        Task drain = server.Runtime.DrainAsync(TimeSpan.FromSeconds(60));
        client.ExpectNothing();
        Assert.False(drain.IsCompleted);
        server.ReachAll();
        client.Expect("STORED\r\n");
        client.ExpectClose();
        await drain;
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_parked_request_is_woken_from_another_loop_times_out_and_ends_with_its_client(int transport)
    {
        AwaitCommand.Learn();
        using var server = new LiveServer((TransportKind)transport, holds: false, ListenerProtocol.Resp);
        LiveClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => server.Connect())];
        using LiveClient writer = server.Connect();
        for (int round = 0; round < 20; round++)
        {
            foreach (LiveClient client in clients)
            {
                client.Send("*3\r\n$5\r\nawait\r\n$1\r\nk\r\n$1\r\n0\r\n");
                client.Send("ping\r\n");
            }

            for (int i = 0; i < clients.Length; i++)
            {
                writer.Send("set k 1\r\n").Expect("+OK\r\n");
                LiveServer.Until(() => writer.Send("exists k\r\n").Line() == ":0");
            }

            Array.ForEach(clients, c => c.Expect("*2\r\n$1\r\nk\r\n$1\r\n1\r\n+PONG\r\n"));
        }

        clients[0].Send("await k 0.02\r\n").Expect("*-1\r\n");
        clients[1].Send("await k 0\r\n");
        clients[2].Send("await k 0\r\n");
        LiveServer.Until(() => writer.Blocked() == 2);
        clients[1].Reset();
        clients[2].Dispose();
        LiveServer.Until(() => writer.Blocked() == 0);
        Array.ForEach(clients, c => c.Dispose());
    }
}
