using System.Net;
using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

public sealed class IdleConnectionTests(ITestOutputHelper output)
{
    private const int PerSource = 2_500;

    // What connections cost is measured by bench/Load, "idle" and "promises". Here: three times so many leave nothing
    // behind.
    [Theory]
    [InlineData("epoll", 10_000)]
    [InlineData("socket", 5_000)] // its connections take three times as long to make
    public void Thousands_of_idle_connections_are_answered_before_and_after_and_leave_nothing_behind(string transport,
        int count)
    {
        using var gateway = RunningGateway.Start(transport, "--max-connections", "20000");
        Descriptors.AssertAtLeast(gateway.Process.Id, count + 200);
        long before = gateway.Warm();
        using var bystander = Bystander.Start(gateway);
        long idle = Idle(gateway, count);
        output.WriteLine($"{transport}: resident {before} KiB before, {idle} KiB with {count} idle connections");
        output.WriteLine(bystander.AssertServed());
        gateway.AssertConnections(0);
        Idle(gateway, count);
        Idle(gateway, count);
        gateway.AssertMemoryReturns(before);
        output.WriteLine($"resident {gateway.ResidentKiB} KiB after they closed");
    }

    // Resident memory while they idle.
    private static long Idle(RunningGateway gateway, int count)
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
                // One by one: ten thousand at once are more than the kernel queues for accept, and it tries again after
                // seconds.
                Ask(dialect, all[i].Client);
            }

            gateway.AssertConnections(count + others);
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
