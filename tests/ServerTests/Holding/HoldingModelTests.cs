using SessionGateway.Gateway.Holding;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

/// <summary>Many clients, releases at any time: nothing goes out before its position, all in order, nothing is
/// lost.</summary>
public sealed class HoldingModelTests
{
    private readonly Dictionary<string, List<long>> _positions = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Replies_go_out_in_order_none_before_its_position_and_all_in_the_end(int seed)
    {
        using var server = new HoldingServer(new HoldLimits(ConnectionBytes: 100), positions: _positions);
        var random = new Random(seed);
        HeldModel[] clients = [.. Enumerable.Range(0, 8).Select(_ => Client(server))];
        for (int step = 0; step < 5000; step++)
        {
            int next = random.Next(clients.Length);
            switch (random.Next(20))
            {
                case < 3:
                    server.Gate.Reach(random.NextInt64(server.Gate.Reached, server.Written + 1));
                    break;
                case 3:
                    clients[next].Leave();
                    clients[next] = Client(server);
                    break;
                default:
                    clients[next].Ask(isWrite: random.Next(3) != 0);
                    break;
            }

            server.Server.Loop.RunTurn();
            Assert.All(clients, c => c.Check(server.Gate.Reached));
        }

        for (int i = 0; i < 1000; i++)
        {
            server.ReachAll();
        }

        Assert.All(clients, c => c.CheckComplete());
    }

    [Fact]
    public void A_thread_that_reaches_positions_while_the_loop_holds_replies_forgets_none()
    {
        using var server = new HoldingServer(positions: _positions);
        using var stop = new CancellationTokenSource();
        HeldModel[] clients = [.. Enumerable.Range(0, 8).Select(_ => Client(server))];
        var random = new Random(9);
        var reacher = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                server.Gate.Reach(server.Written);
            }
        });
        reacher.Start();
        for (int step = 0; step < 3000; step++)
        {
            clients[random.Next(clients.Length)].Ask(isWrite: true);
            server.Server.Loop.RunTurn();
            if (step % 16 == 0)
            {
                WaitForAll(server);
            }
        }

        WaitForAll(server);
        stop.Cancel();
        reacher.Join();
        Assert.All(clients, c => c.CheckComplete());
    }

    // Nothing new comes: what is held must go out without any further word.
    private static void WaitForAll(HoldingServer server)
    {
        long deadline = Environment.TickCount64 + 60_000;
        while (server.Gate.HeldBytes > 0 && Environment.TickCount64 < deadline)
        {
            server.Server.Settle();
        }

        server.Server.Settle();
        Assert.Equal(0, server.Gate.HeldBytes);
    }

    private HeldModel Client(HoldingServer server) => new(server.Connect(), _positions);
}
