using System.Text;
using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

public sealed class VanishingClientTests(ITestOutputHelper output)
{
    private const int Resets = 800;
    private const int BigBytes = 1 << 20;
    private const int UnfinishedBytes = 40_000_000;
    private const int HalfBytes = 15_000_000;

    [Theory]
    [EachTransport]
    public void Connections_reset_in_the_middle_of_requests_and_answers_leave_nothing_behind(string transport)
    {
        using var gateway = RunningGateway.Start(transport);
        using (Client client = Dialect.All[0].Connect(gateway))
        {
            Dialect.All[0].Ask(client, Dialect.All[0].Set("big", new byte[BigBytes]), Dialect.All[0].Stored);
        }

        long before = gateway.Warm();
        using var bystander = Bystander.Start(gateway);
        var random = new Random(1);
        for (int i = 0; i < Resets; i++)
        {
            Vanish(Dialect.All[i % Dialect.All.Count], gateway, i / Dialect.All.Count % 4, random);
        }

        output.WriteLine(bystander.AssertServed());
        gateway.AssertConnections(0);
        gateway.AssertMemoryReturns(before);
        gateway.AssertRests();
        gateway.AssertServes();
    }

    [Theory]
    [EachTransport]
    public void Client_processes_killed_in_the_middle_of_a_large_request_leave_nothing_behind(string transport)
    {
        using var gateway = RunningGateway.Start(transport, "--max-value", "64m");
        long before = gateway.Warm();
        using var bystander = Bystander.Start(gateway);
        List<ServerProcess> children = [];
        try
        {
            foreach (Dialect dialect in Dialect.All)
            {
                children.Add(StartHalfRequest(dialect.Port(gateway), dialect.SetHead("unfinished", UnfinishedBytes)));
            }

            children.Add(StartHalfRequest(gateway.AutoPort, Dialect.All[0].SetHead("bystander-0", UnfinishedBytes)));
            children.Add(StartHalfRequest(gateway.RespPort, Dialect.All[2].SetHead("bystander-0", UnfinishedBytes)));
            Wait.Until(() => children.TrueForAll(child => child.Output.Contains("sent")), () => "five half requests");
            gateway.AssertConnections(children.Count + Bystander.Connections);
            Wait.Until(() => gateway.ResidentKiB > before + children.Count * (HalfBytes >> 10) / 2,
                () => $"the halves in memory: {before} KiB before, {gateway.ResidentKiB} now");
            output.WriteLine($"resident before {before} KiB, with half requests {gateway.ResidentKiB} KiB");
            children.ForEach(child => child.Kill());
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }

        gateway.AssertConnections(Bystander.Connections);
        output.WriteLine(bystander.AssertServed());
        gateway.AssertMemoryReturns(before);
        output.WriteLine($"resident after {gateway.ResidentKiB} KiB, peak {gateway.PeakKiB} KiB");
        using var client = Client.Connect(gateway.AutoPort);
        client.Ask("get unfinished\r\n", "END\r\n");
    }

    private static void Vanish(Dialect dialect, RunningGateway gateway, int way, Random random)
    {
        Client client = dialect.Connect(gateway);
        switch (way)
        {
            case 0:
                client.Send(dialect.SetHead("unfinished", BigBytes));
                client.Send(new byte[random.Next(BigBytes / 2)]);
                break;
            case 1:
                // Large answers that nobody takes.
                for (int i = 0; i < 20; i++)
                {
                    client.Send(dialect.Get("big"));
                }

                break;
            case 2:
                // The requests are still executed; their answers have nowhere to go, least of all to somebody else.
                client.Send([.. Enumerable.Repeat(dialect.Get("warm"), 5).SelectMany(bytes => bytes)]);
                break;
            default:
                byte[] head = dialect.SetHead("unfinished", BigBytes);
                client.Send(head.AsSpan(0, random.Next(1, head.Length)));
                break;
        }

        if (random.Next(2) == 0)
        {
            Thread.Sleep(1);
        }

        client.Reset();
    }

    // A shell that sends the half of a request and then becomes a sleeping program which still holds the connection.
    private static ServerProcess StartHalfRequest(int port, byte[] head)
    {
        var escaped = new StringBuilder();
        foreach (byte b in head)
        {
            escaped.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0'));
        }

        string script = $"exec 3<>/dev/tcp/127.0.0.1/{port} && printf '{escaped}' >&3 && "
            + $"head -c {HalfBytes} /dev/zero >&3 && echo sent && exec sleep 600";
        return ServerProcess.Start("bash", ["-c", script]);
    }
}
