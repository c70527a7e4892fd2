using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.Holding;
using Xunit;

namespace SessionGateway.ServerTests.Parking;

/// <summary>Lists as queues of work, with real sockets and two loops.</summary>
public sealed class LiveListTests
{
    private const int Producers = 3;
    private const int Consumers = 5;
    private const int Each = 400;

    public static TheoryData<int> Transports => LiveHoldingTests.Transports;

    [Theory]
    [MemberData(nameof(Transports))]
    public void Every_element_reaches_exactly_one_of_those_who_wait(int transport)
    {
        using var server = new LiveServer((TransportKind)transport, holds: false, ListenerProtocol.Resp);
        int[] taken = new int[Producers * Each];
        List<Thread> threads =
        [
            .. Enumerable.Range(0, Consumers).Select(_ => new Thread(() => Consume(server, taken))),
            .. Enumerable.Range(0, Producers).Select(p => new Thread(() => Produce(server, p * Each))),
        ];
        threads.ForEach(t => t.Start());
        threads[Consumers..].ForEach(t => t.Join());

        // One word for each of them that it is over.
        using LiveClient last = server.Connect();
        for (int i = 0; i < Consumers; i++)
        {
            last.Send("rpush queue over\r\n").Line();
        }

        threads.ForEach(t => t.Join());
        Assert.All(taken, count => Assert.Equal(1, count));
        Assert.Equal(":0", last.Send("exists queue other\r\n").Line());
        // A consumer has its element before its loop counts it as gone.
        LiveServer.Until(() => last.Blocked() == 0);
    }

    private static void Produce(LiveServer server, int first)
    {
        using LiveClient client = server.Connect();
        for (int i = first; i < first + Each; i++)
        {
            client.Send($"rpush {(i % 3 == 0 ? "other" : "queue")} {i}\r\n").Line();
        }
    }

    private static void Consume(LiveServer server, int[] taken)
    {
        using LiveClient client = server.Connect();
        while (true)
        {
            Assert.Equal("*2", client.Send("blpop other queue 60\r\n").Line());
            client.Line();
            client.Line();
            client.Line();
            string element = client.Line();
            if (element == "over")
            {
                return;
            }

            Interlocked.Increment(ref taken[int.Parse(element, System.Globalization.CultureInfo.InvariantCulture)]);
        }
    }
}
