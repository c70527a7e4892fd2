using System.Net;
using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

public sealed class IdleConnectionTests(ITestOutputHelper output)
{
    private const int PerSource = 2_500;
    private const int BytesPerConnection = 4096;
    private const long FixedSlackKiB = 6 << 10;
    private const long AgainSlackKiB = 8 << 10;

    [Theory]
    [InlineData("epoll", 10_000)]
    [InlineData("socket", 5_000)] // its connections take three times as long to make
    public void Thousands_of_idle_connections_are_answered_before_and_after_and_cost_little(string transport, int count)
    {
        using RunningGateway gateway = RunningGateway.Start(transport, "--max-connections", "20000");
        Descriptors.AssertAtLeast(gateway.Process.Id, count + 200);
        long before = gateway.Warm();
        using Bystander bystander = Bystander.Start(gateway);
        long idle = Idle(gateway, count, restMilliseconds: 1000);
        long each = (idle - before) * 1024 / count;
        output.WriteLine($"{transport}: resident {before} KiB before, {idle} KiB with {count} idle connections: {each} bytes each");
        Assert.InRange(each, long.MinValue, BytesPerConnection);
        output.WriteLine(bystander.AssertServed());
        gateway.AssertConnections(0);
        // Managed objects of closed connections: an idle process does not collect them, the next traffic does.
        gateway.AssertMemoryReturns(before, FixedSlackKiB + count * BytesPerConnection / 1024 * 6 / 10);
        output.WriteLine($"resident {gateway.ResidentKiB} KiB after they closed");
        Idle(gateway, count);
        long again = Idle(gateway, count);
        output.WriteLine($"resident {again} KiB with the third {count} connections");
        // With a leak it would be twice that.
        Assert.InRange(again, 0, idle + (idle - before) + AgainSlackKiB);
    }

    // Resident memory while they idle.
    private static long Idle(RunningGateway gateway, int count, int restMilliseconds = 0)
    {
        int others = gateway.Connections ?? throw new InvalidOperationException("the gateway refuses connections");
        List<(Dialect Dialect, Client Client)> all = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                Dialect dialect = Dialect.All[i % Dialect.All.Count];
                var source = new IPAddress([127, 0, 0, (byte)(2 + i / PerSource)]);
                all.Add((dialect, Client.Connect(dialect.Port(gateway), source)));
                // One by one: ten thousand at once are more than the kernel queues for accept, and it tries again after seconds.
                Ask(dialect, all[i].Client);
            }

            gateway.AssertConnections(count + others);
            Thread.Sleep(restMilliseconds);
            long resident = gateway.ResidentKiB;
            all.ForEach(place => Ask(place.Dialect, place.Client));
            return resident;
        }
        finally
        {
            all.ForEach(place => place.Client.Dispose());
            gateway.AssertConnections(others);
        }
    }

    private static void Ask(Dialect dialect, Client client) =>
        dialect.Ask(client, dialect.Get("warm"), dialect.Found("warm", new byte[4000]));
}
