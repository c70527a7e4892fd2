using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

/// <summary>What connections make the process hold is bounded by --memory, whatever they do, and is no reason to refuse
/// a session.</summary>
public sealed class HeldMemoryTests(ITestOutputHelper output)
{
    // 1.25 x (--memory + 64 MB).
    private const long BoundKiB = 160 << 10;

    [Theory]
    [EachTransport]
    public void All_attacks_on_memory_at_once_leave_the_process_small_and_refuse_no_session(string transport)
    {
        using var gateway = RunningGateway.Start(transport, "--memory", "64m");
        long before = gateway.Warm();
        using var user = Client.Connect(gateway.RespPort);
        byte[] megabyte = new byte[1 << 20];
        Action<Client>[] attacks =
        [
            HalfASet("536870912", 64), HalfASet("8000000", 7), HalfASet("8000000", 7), HalfASet("8000000", 7),
            Queue(400), Queue(400), Queue(6), Queue(6),
            client => Flood(client, "*4\r\n$8\r\nSETRANGE\r\n$1\r\nk\r\n$9\r\n536870911\r\n$1\r\nx\r\n", 20),
            client => Flood(client, "*4\r\n$8\r\nSETRANGE\r\n$1\r\nk\r\n$7\r\n6000000\r\n$1\r\nx\r\n", 20),
            client =>
                Flood(client, string.Concat(Enumerable.Range(0, 100_000).Select(n => $"SUBSCRIBE channel{n}\r\n")), 1),
            client =>
                Flood(client, $"*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n$7000000\r\n{new string('n', 7_000_000)}\r\n",
                    3),
            client => Flood(client, $"MGET {string.Join(' ', Enumerable.Repeat("big", 900))}\r\n", 1),
        ];
        user.Ask($"*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$1000000\r\n{new string('b', 1_000_000)}\r\n", "+OK\r\n");
        Client[] clients = [.. attacks.Select(_ => Client.Connect(gateway.RespPort, receiveBytes: 32 << 10))];
        Thread[] threads =
            [.. attacks.Select(
                (attack, n) => new Thread(() => Quietly(() => attack(clients[n]))) { IsBackground = true })];
        Array.ForEach(threads, t => t.Start());
        var watch = Stopwatch.StartNew();
        for (int i = 0; threads.Any(t => t.IsAlive) && watch.Elapsed < Wait.Patience; i++)
        {
            user.Ask(
                $"*5\r\n$3\r\nSET\r\n$4\r\ns{i % 500:000}\r\n$1000\r\n{new string('v', 1000)}\r\n$2\r\nEX\r\n$4\r\n"
                    + $"1440\r\n", "+OK\r\n");
        }

        output.WriteLine(
            $"resident {before} KiB before, at most {gateway.PeakKiB} KiB, {gateway.ResidentKiB} KiB at the end");
        Assert.True(gateway.PeakKiB <= BoundKiB, $"resident at most {gateway.PeakKiB} KiB of {BoundKiB}");
        Array.ForEach(clients, c => c.Dispose());
        // How soon is a matter of the machine: bench/Load -- promises holds ten seconds.
        Wait.Until(
            () => gateway.ResidentKiB < before + (40 << 10),
            () => $"the memory of the attacks; resident {gateway.ResidentKiB} KiB, before {before}");
        output.WriteLine($"resident {gateway.ResidentKiB} KiB after");
        gateway.AssertServes();

        Action<Client> HalfASet(string length, int megabytes) => client =>
        {
            client.Send($"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n${length}\r\n");
            for (int i = 0; i < megabytes; i++)
            {
                client.Send(megabyte);
            }
        };

        Action<Client> Queue(int megabytes) => client =>
        {
            client.Send("MULTI\r\n");
            for (int i = 0; i < megabytes; i++)
            {
                client.Send($"*3\r\n$3\r\nSET\r\n$1\r\nz\r\n${megabyte.Length}\r\n");
                client.Send(megabyte);
                client.Send("\r\n");
            }
        };
    }

    private static void Flood(Client client, string request, int times)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(request);
        for (int i = 0; i < times; i++)
        {
            client.Send(bytes);
        }
    }

    // The gateway closes those that hold too much: that is what is wanted.
    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (SocketException)
        {
        }
    }
}
