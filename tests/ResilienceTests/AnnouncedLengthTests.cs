using System.Buffers.Binary;
using System.Text;
using SessionGateway.ResilienceTests.Support;

namespace SessionGateway.ResilienceTests;

public sealed class AnnouncedLengthTests
{
    private const int Gigabyte = 1 << 30;
    private const int SwallowedBytes = 8 << 20;

    [Theory]
    [EachTransport]
    public void A_gigabyte_announced_in_memcached_text_is_refused_and_swallowed(string transport)
    {
        const string refusal = "SERVER_ERROR object too large for cache\r\n";
        using var gateway = RunningGateway.Start(transport);
        long before = gateway.Warm();
        for (int i = 0; i < 4; i++)
        {
            using var client = Client.Connect(gateway.AutoPort);
            client.Ask($"set huge 0 0 {Gigabyte}\r\n", refusal);
            client.Send(new byte[SwallowedBytes]);
        }

        AssertNothingKept(gateway, before);
        // To the end: what follows the swallowed value is a request again.
        using var other = Client.Connect(gateway.AutoPort);
        other.Ask($"set huge 0 0 {SwallowedBytes}\r\n", refusal);
        other.Send(new byte[SwallowedBytes]);
        other.Ask("\r\nget huge\r\n", "END\r\n");
        AssertNothingKept(gateway, before, connections: 1);
    }

    [Theory]
    [EachTransport]
    public void A_gigabyte_announced_in_memcached_binary_is_refused_and_swallowed(string transport)
    {
        using var gateway = RunningGateway.Start(transport);
        Dialect binary = Dialect.All[1];
        long before = gateway.Warm();
        for (int i = 0; i < 4; i++)
        {
            using Client client = binary.Connect(gateway);
            client.Send(binary.SetHead("huge", Gigabyte));
            AssertTooLarge(client);
            client.Send(new byte[SwallowedBytes]);
        }

        AssertNothingKept(gateway, before);
        using Client other = binary.Connect(gateway);
        other.Send(binary.SetHead("huge", SwallowedBytes));
        AssertTooLarge(other);
        other.Send(new byte[SwallowedBytes]);
        binary.Ask(other, binary.Get("warm"), binary.Found("warm", new byte[4000]));
        AssertNothingKept(gateway, before, connections: 1);
    }

    [Theory]
    [EachTransport]
    public void A_gigabyte_announced_in_RESP_is_refused_and_the_connection_closed(string transport)
    {
        using var gateway = RunningGateway.Start(transport);
        long before = gateway.Warm();
        foreach ((string request, string answer) in new[]
        {
            ($"*3\r\n$3\r\nSET\r\n$4\r\nhuge\r\n${Gigabyte}\r\n", "-ERR Protocol error: invalid bulk length\r\n"),
            ($"*{Gigabyte}\r\n", "-ERR Protocol error: invalid multibulk length\r\n"),
        })
        {
            foreach (int port in (int[])[gateway.AutoPort, gateway.RespPort])
            {
                using var client = Client.Connect(port);
                client.Send(request);
                (byte[] got, Ending ending) = client.ReadToEnd();
                Assert.Equal(answer, Encoding.Latin1.GetString(got));
                Assert.Equal(Ending.Closed, ending);
            }
        }

        AssertNothingKept(gateway, before);
    }

    [Theory]
    [EachTransport]
    public void Lengths_that_are_allowed_cost_nothing_until_the_bytes_come(string transport)
    {
        using var gateway = RunningGateway.Start(transport, "--max-value", "64m");
        long before = gateway.Warm();
        List<Client> clients = [];
        try
        {
            foreach (string request in (string[])
            [
                $"set k 0 0 {64 << 20}\r\n", $"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n${60 << 20}\r\n", "*1048576\r\n",
                Encoding.Latin1.GetString(Dialect.All[1].SetHead("k", 64 << 20)),
            ])
            {
                for (int i = 0; i < 50; i++)
                {
                    var client = Client.Connect(gateway.AutoPort);
                    clients.Add(client);
                    client.Send(request);
                }
            }

            gateway.AssertConnections(clients.Count);
            Thread.Sleep(200);
            long with = gateway.ResidentKiB;
            Assert.True(with < before + RunningGateway.NoiseKiB,
                $"resident {before} KiB before, {with} KiB with the announcements");
            gateway.AssertServes();
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        AssertNothingKept(gateway, before);
    }

    private static void AssertTooLarge(Client client)
    {
        const int tooLarge = 0x0003;
        byte[] header = client.Read(24);
        Assert.Equal((0x81, BinaryDialect.SetOpcode, tooLarge),
            (header[0], header[1], BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(6))));
        client.Read(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8)));
    }

    private static void AssertNothingKept(RunningGateway gateway, long before, int connections = 0)
    {
        gateway.AssertConnections(connections);
        gateway.AssertMemoryStayed(before);
        gateway.AssertServes();
    }
}
