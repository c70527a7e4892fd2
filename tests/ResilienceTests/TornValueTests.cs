using System.Globalization;
using System.Text;
using SessionGateway.ResilienceTests.Support;

namespace SessionGateway.ResilienceTests;

/// <summary>Large values that are rewritten, deleted and read at once: by quick readers, slow ones, and ones that
/// vanish.</summary>
public sealed class TornValueTests
{
    private const int Keys = 5;
    private const int ReadsPerReader = 150;

    private int _reading;

    [Theory]
    [EachTransport]
    public async Task Every_byte_of_a_large_value_is_of_one_write(string transport)
    {
        using var gateway = RunningGateway.Start(transport);
        _reading = 5;
        Task[] all =
        [
            Start(() => Read(gateway, 1, pause: 0, receiveBytes: 0, Text)),
            Start(() => Read(gateway, 2, pause: 0, receiveBytes: 0, Resp)),
            Start(() => Read(gateway, 3, pause: 1, receiveBytes: 4096, Text)),
            Start(() => Read(gateway, 4, pause: 1, receiveBytes: 4096, Resp)),
            Start(() => Vanish(gateway)),
            Start(() => Write(gateway, 5)),
            Start(() => Write(gateway, 6)),
        ];
        await Task.WhenAll(all);
    }

    private static Task Start(Action action) => Task.Factory.StartNew(action, TaskCreationOptions.LongRunning);

    private static string Text(int key) => $"get torn{key}\r\n";

    private static string Resp(int key) => $"*2\r\n$3\r\nGET\r\n$5\r\ntorn{key}\r\n";

    // Each value is one letter, as often as it likes.
    private void Write(RunningGateway gateway, int seed)
    {
        var random = new Random(seed);
        using var client = Client.Connect(gateway.AutoPort);
        while (Volatile.Read(ref _reading) > 0)
        {
            int key = random.Next(Keys);
            if (random.Next(8) == 0)
            {
                client.Send($"delete torn{key}\r\n");
                ReadLine(client);
                continue;
            }

            byte[] value = new byte[random.Next(3) == 0 ? 100_000 : random.Next(10_000, 400_000)];
            value.AsSpan().Fill((byte)random.Next('a', 'z' + 1));
            client.Send([.. Encoding.ASCII.GetBytes($"set torn{key} 0 0 {value.Length}\r\n"), .. value, 13, 10]);
            Assert.Equal("STORED", ReadLine(client));
        }
    }

    private void Read(RunningGateway gateway, int seed, int pause, int receiveBytes, Func<int, string> request)
    {
        var random = new Random(seed);
        using var client = Client.Connect(gateway.AutoPort, receiveBytes: receiveBytes);
        try
        {
            for (int i = 0; i < ReadsPerReader; i++)
            {
                client.Send(request(random.Next(Keys)));
                Thread.Sleep(pause);
                Check(client);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _reading);
        }
    }

    private static void Check(Client client)
    {
        string head = ReadLine(client);
        if (head is "END" or "$-1")
        {
            return;
        }

        int length = int.Parse(head.Split(' ', '$')[^1], CultureInfo.InvariantCulture);
        byte[] value = client.Read(length);
        Assert.Equal(-1, value.AsSpan().IndexOfAnyExcept(value[0]));
        Assert.InRange(value[0], (byte)'a', (byte)'z');
        Assert.Equal("", ReadLine(client));
        Assert.Equal(head[0] == 'V' ? "END" : "", head[0] == 'V' ? ReadLine(client) : "");
    }

    private void Vanish(RunningGateway gateway)
    {
        try
        {
            for (int i = 0; i < ReadsPerReader; i++)
            {
                using var client = Client.Connect(gateway.AutoPort, receiveBytes: 4096);
                client.Send(Text(i % Keys) + Text((i + 1) % Keys));
                if (i % 2 == 0)
                {
                    client.Read(4);
                }

                client.Reset();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _reading);
        }
    }

    private static string ReadLine(Client client)
    {
        var line = new StringBuilder();
        Span<byte> one = stackalloc byte[1];
        while (true)
        {
            client.Read(one);
            if (one[0] == '\n')
            {
                return line.ToString(0, line.Length - 1);
            }

            line.Append((char)one[0]);
        }
    }
}
