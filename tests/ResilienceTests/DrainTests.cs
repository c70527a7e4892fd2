using System.Diagnostics;
using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

public sealed class DrainTests(ITestOutputHelper output)
{
    [Theory]
    [EachTransport]
    public async Task SIGTERM_in_full_traffic_cuts_no_answer_of_a_thousand_clients(string transport)
    {
        const int count = 1000;
        using var gateway = RunningGateway.Start(transport, "--max-value", "2m", "--drain-timeout", "1h");
        Descriptors.AssertAtLeast(gateway.Process.Id, count + 200);
        List<ChattingClient> clients = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                // Most ask for little, several at a time; some for more than the kernel takes at once.
                bool isLarge = i % 50 == 0;
                Dialect dialect = Dialect.All[i % Dialect.All.Count];
                clients.Add(
                    ChattingClient.Connect(gateway, dialect, isLarge ? 1_000_000 : 2000, isLarge ? 2 : 1 + i % 5));
            }

            clients.ForEach(client => client.Start());
            Wait.Until(() => clients.TrueForAll(client => client.Answers > 0), () => "the first answer of each client");
            await Task.Delay(200);
            var watch = Stopwatch.StartNew();
            Assert.Equal(0, gateway.Process.Terminate(Wait.Patience));
            output.WriteLine($"ended after {watch.ElapsedMilliseconds} ms");
            await Task.WhenAll(clients.Select(client => client.Ended)).WaitAsync(Wait.Patience);
            output.WriteLine(
                $"{clients.Sum(client => client.Answers)} answers, {clients.Count(client => client.WasReset)} resets");
            Assert.Empty(clients.Where(client => client.Failure is not null).Select(client => client.Failure));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [EachTransport]
    public async Task SIGTERM_ends_the_process_in_time_whatever_clients_are_stuck_in(string transport)
    {
        using var gateway = RunningGateway.Start(transport, "--drain-timeout", "1s", "--max-value", "8m");
        Dialect text = Dialect.All[0];
        byte[] value = new byte[8 << 20];
        using Client asks = text.Connect(gateway);
        text.Ask(asks, text.Set("large", value), text.Stored);
        asks.Send(Bytes.Repeat(text.Get("large"), 8));
        using Client sends = text.Connect(gateway);
        sends.Send(text.SetHead("unfinished", value.Length));
        sends.Send(value.AsSpan(0, value.Length / 2));
        using var subscribes = Client.Connect(gateway.RespPort);
        subscribes.Ask("SUBSCRIBE news\r\n", "*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");
        using var waits = Client.Connect(gateway.RespPort);
        waits.Ask("MULTI\r\nGET a\r\n", "+OK\r\n+QUEUED\r\n");
        using var silent = Client.Connect(gateway.AutoPort);
        gateway.AssertConnections(5);
        // The kernel's buffers are full of answers when their first byte is here.
        asks.Read(1);
        using var endless = Client.Connect(gateway.AutoPort);
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(() => AskEndlessly(endless, stop.Token));
        var reading = Task.Run(() => ReadEndlessly(endless));
        await Task.Delay(200);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, gateway.Process.Terminate(Wait.Patience));
        output.WriteLine($"ended after {watch.ElapsedMilliseconds} ms");
        await stop.CancelAsync();
        await Task.WhenAll(asking, reading).WaitAsync(Wait.Patience);
    }

    // A client with so many requests under way that there is always one more.
    private static void AskEndlessly(Client client, CancellationToken stop)
    {
        byte[] requests = Bytes.Repeat("get nothing\r\n"u8, 5000);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                client.Send(requests);
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Closed, as it must be.
        }
    }

    private static void ReadEndlessly(Client client)
    {
        byte[] chunk = new byte[64 << 10];
        try
        {
            while (client.Socket.Receive(chunk) > 0)
            {
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Closed, as it must be.
        }
    }
}
