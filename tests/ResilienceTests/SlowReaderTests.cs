using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

public sealed class SlowReaderTests(ITestOutputHelper output)
{
    [Theory]
    [EachTransport]
    public void Clients_that_never_read_take_bounded_memory_disturb_nobody_and_are_closed(string transport)
    {
        const int clients = 30;
        const int valueBytes = 20_000;
        using var gateway = RunningGateway.Start(transport, "--send-timeout", "1s");
        long before = gateway.Warm();
        List<Client> lazy = [];
        using var bystander = Bystander.Start(gateway);
        try
        {
            for (int i = 0; i < clients; i++)
            {
                Dialect dialect = Dialect.All[i % Dialect.All.Count];
                Client client = dialect.Connect(gateway);
                lazy.Add(client);
                dialect.Ask(client, dialect.Set("v", new byte[valueBytes]), dialect.Stored);
                byte[] million = Bytes.Repeat(dialect.Get("v"), 1_000_000);
                int sent = client.SendWithoutWaiting(million);
                Thread.Sleep(5);
                sent += client.SendWithoutWaiting(million.AsSpan(sent));
                Assert.True(sent < million.Length,
                    "the kernel took a million requests: the gateway does not stop reading");
            }

            output.WriteLine(
                $"resident before {before} KiB, with {clients} clients that do not read {gateway.ResidentKiB} KiB");
            // Each has asked for 20 GB.
            gateway.AssertMemoryStayed(before);
            gateway.AssertConnections(Bystander.Connections);
            // Logging does not hold up the close.
            gateway.AwaitLog("neither read its answers");
            output.WriteLine(bystander.AssertServed());
        }
        finally
        {
            lazy.ForEach(client => client.Dispose());
        }

        gateway.AssertRests();
        gateway.AssertServes();
    }

    [Theory]
    [EachTransport]
    public void A_slow_reader_that_goes_on_is_not_closed(string transport)
    {
        const int valueBytes = 1_000_000;
        const int requests = 12;
        // Within it the client never stops for as long as the gateway waits for one that does not go on.
        Schedule.Keep(TimeSpan.FromSeconds(2), schedule =>
        {
            using var gateway = RunningGateway.Start(transport, "--send-timeout", "3s");
            Dialect dialect = Dialect.All[0];
            // A small window makes the gateway wait for this client all the time.
            using var client = Client.Connect(gateway.AutoPort, receiveBytes: 32 << 10);
            byte[] value = new byte[valueBytes];
            new Random(3).NextBytes(value);
            dialect.Ask(client, dialect.Set("v", value), dialect.Stored);
            client.Send(Bytes.Repeat(dialect.Get("v"), requests));
            byte[] all = Bytes.Repeat(dialect.Found("v", value), requests);
            byte[] got = new byte[all.Length];
            const int steps = 40;
            for (int i = 0; i < steps; i++)
            {
                // 4 s in all: longer than the gateway waits for one that does not go on at all.
                schedule.Pause(TimeSpan.FromMilliseconds(100));
                client.Read(
                    got.AsSpan(all.Length / steps * i,
                        i < steps - 1 ? all.Length / steps : all.Length - all.Length / steps * i));
            }

            Assert.True(got.AsSpan().SequenceEqual(all));
            client.Ask("get nothing\r\n", "END\r\n");
        });
    }

    [Theory]
    [EachTransport]
    public void An_answer_over_the_output_limit_closes_only_the_connection_that_asked(string transport)
    {
        const int valueBytes = 900_000;
        using var gateway = RunningGateway.Start(
            transport, "--max-bulk", "1m", "--max-value", "1m", "--output-limit", "normal=2m");
        using var bystander = Bystander.Start(gateway);
        Dialect dialect = Dialect.All[2];
        for (int i = 0; i < 4; i++)
        {
            using Client client = dialect.Connect(gateway);
            foreach (string key in (string[])["a", "b", "c"])
            {
                dialect.Ask(client, dialect.Set(key, new byte[valueBytes]), dialect.Stored);
            }

            // One step, and so one answer: nothing of it can be sent before it is complete.
            client.Send("*1\r\n$5\r\nMULTI\r\n" + string.Concat(
                "abc".Select(key => $"*2\r\n$3\r\nGET\r\n$1\r\n{key}\r\n")) + "*1\r\n$4\r\nEXEC\r\n");
            Assert.InRange(client.ReadToEnd().Bytes.Length, 0, 100);
        }

        gateway.AwaitLog("bytes wait to be read by it");
        output.WriteLine(bystander.AssertServed());
        gateway.AssertRests();
        gateway.AssertServes();
    }

    [Theory]
    [EachTransport]
    public void What_follows_a_quit_is_not_executed_even_when_the_answers_before_it_have_to_wait(string transport)
    {
        const int valueBytes = 16 << 20;
        using var gateway = RunningGateway.Start(transport, "--max-value", "16m", "--output-soft", "32m");
        Dialect dialect = Dialect.All[0];
        using var client = Client.Connect(gateway.AutoPort, receiveBytes: 32 << 10);
        byte[] value = new byte[valueBytes];
        new Random(4).NextBytes(value);
        dialect.Ask(client, dialect.Set("v", value), dialect.Stored);
        client.Send("get v\r\nquit\r\n");
        byte[] first = client.Read(1);
        client.Send("set after 0 0 1\r\nx\r\n");
        Thread.Sleep(100);
        (byte[] rest, Ending ending) = client.ReadToEnd();
        Assert.True(((byte[])[.. first, .. rest]).AsSpan().SequenceEqual(dialect.Found("v", value)),
            $"{rest.Length + 1} bytes came");
        Assert.Equal(Ending.Closed, ending);
        using var other = Client.Connect(gateway.AutoPort);
        other.Ask("get after\r\n", "END\r\n");
    }
}
