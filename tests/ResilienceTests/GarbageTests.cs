using System.Net.Sockets;
using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

public sealed class GarbageTests(ITestOutputHelper output)
{
    private const int Connections = 1000;
    private const int KeptOpen = 100;

    private static readonly byte[][] Requests =
    [
        .. Dialect.All.Select(d => d.Set("garbage", "a value"u8)),
        .. Dialect.All.Select(d => d.Get("garbage")),
        .. Dialect.All.Select(d => d.Delete("garbage")),
        "gat 100 garbage more\r\ncas garbage 1 2 3 4\r\nxyz\r\nincr garbage 12\r\n"u8.ToArray(),
        "*5\r\n$3\r\nSET\r\n$7\r\ngarbage\r\n$1\r\nx\r\n$2\r\nEX\r\n$2\r\n10\r\n*1\r\n$4\r\nPING\r\n"u8.ToArray(),
        "SET garbage \"quoted \\x41 value\" EX 10\r\nGET garbage\r\n"u8.ToArray(),
    ];

    [Theory]
    [EachTransport]
    public void Garbage_on_every_listener_disturbs_nobody_and_leaves_nothing_behind(string transport)
    {
        using var gateway = RunningGateway.Start(transport);
        Round(gateway, new Random(5));
        gateway.AssertConnections(0);
        long before = gateway.Warm();
        using var bystander = Bystander.Start(gateway);
        Round(gateway, new Random(6));
        gateway.AssertConnections(Bystander.Connections);
        output.WriteLine(bystander.AssertServed());
        gateway.AssertMemoryReturns(before);
        output.WriteLine($"resident {before} KiB before, {gateway.ResidentKiB} KiB after");
        gateway.AssertRests();
        gateway.AssertServes();
    }

    private static void Round(RunningGateway gateway, Random random)
    {
        var open = new Queue<Client>();
        for (int i = 0; i < Connections; i++)
        {
            Client client = (i % 4) switch
            {
                0 => Client.Connect(gateway.AutoPort),
                1 => Client.Connect(gateway.RespPort),
                2 => Client.Connect(gateway.MemcachedPort),
                _ => Client.ConnectUnix(gateway.UnixPath),
            };
            open.Enqueue(client);
            Send(client, Garbage(random));
            if (open.Count > KeptOpen)
            {
                End(open.Dequeue(), random);
            }
        }

        while (open.TryDequeue(out Client? client))
        {
            End(client, random);
        }
    }

    private static byte[] Garbage(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 4000)];
        random.NextBytes(bytes);
        switch (random.Next(6))
        {
            case 0:
                bytes[0] = 0x80; // the magic of memcached binary
                break;
            case 1:
                bytes[0] = (byte)'*';
                break;
            case 2:
                bytes[0] = 0x16; // a TLS handshake
                break;
            case 3:
                // A header that is right up to its lengths.
                bytes =
                    [.. BinaryDialect.Header(0x80, (byte)random.Next(0x24), random.Next(300), random.Next(30), 0,
                        random.Next(3000)), .. bytes];
                break;
            case 4:
                bytes = [];
                break;
        }

        // Good requests with a few wrong bytes, which get further into the readers than noise does.
        while (bytes.Length < 4000 && random.Next(8) != 0)
        {
            byte[] request = [.. Requests[random.Next(Requests.Length)]];
            for (int i = random.Next(3); i > 0; i--)
            {
                request[random.Next(request.Length)] = (byte)random.Next(256);
            }

            bytes = random.Next(2) == 0 ? [.. bytes, .. request] : [.. request, .. bytes];
        }

        return bytes;
    }

    private static void Send(Client client, byte[] bytes)
    {
        try
        {
            client.Send(bytes);
        }
        catch (SocketException)
        {
            // Closed by the server at the first bytes.
        }
    }

    private static void End(Client client, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                client.Reset();
                break;
            case 1:
                client.Dispose();
                break;
            default:
                try
                {
                    client.HalfClose();
                    client.ReadToEnd();
                }
                catch (SocketException)
                {
                    // Closed by the server before.
                }

                client.Dispose();
                break;
        }
    }
}
