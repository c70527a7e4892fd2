using System.Diagnostics;
using System.Text;
using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

public sealed class SubscriberTests(ITestOutputHelper output)
{
    private const string Subscribed = "*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n";

    [Theory]
    [EachTransport]
    public void Nothing_of_a_subscription_comes_after_the_answer_that_ends_it(string transport)
    {
        const int tries = 600;
        using var gateway = RunningGateway.Start(transport);
        using var listener = Client.Connect(gateway.RespPort);
        using var speaker = Client.Connect(gateway.RespPort);
        (string Begin, string Began, string End, string Ended)[] ways =
        [
            ("SUBSCRIBE c", Subscribed, "UNSUBSCRIBE c", "*3\r\n$11\r\nunsubscribe\r\n$1\r\nc\r\n:0\r\n"),
            ("PSUBSCRIBE c*", "*3\r\n$10\r\npsubscribe\r\n$2\r\nc*\r\n:1\r\n", "PUNSUBSCRIBE c*",
                "*3\r\n$12\r\npunsubscribe\r\n$2\r\nc*\r\n:0\r\n"),
            ("SUBSCRIBE c", Subscribed, "RESET", "+RESET\r\n"),
        ];
        int messages = 0;
        for (int i = 0; i < tries; i++)
        {
            (string begin, string began, string end, string ended) = ways[i % ways.Length];
            listener.Ask($"{begin}\r\n", began);
            speaker.Send($"PUBLISH c hi{i}\r\n");
            listener.Send($"{end}\r\nGET k\r\n");
            string heard = ReadUntil(listener, "$-1\r\n");
            string told = Encoding.Latin1.GetString(speaker.Read(4));
            int at = heard.IndexOf(ended, StringComparison.Ordinal);
            string before = heard[..at];
            Assert.Equal(ended + "$-1\r\n", heard[at..]);
            // Whoever was counted as a receiver has received.
            Assert.Equal(told == ":1\r\n", before.Contains($"hi{i}\r\n", StringComparison.Ordinal));
            messages += told == ":1\r\n" ? 1 : 0;
        }

        output.WriteLine($"{messages} of {tries} messages came before the end");
        listener.Ask("PING\r\n", "+PONG\r\n");
    }

    [Theory]
    [EachTransport]
    public void A_new_subscription_gets_no_older_message(string transport)
    {
        using var gateway = RunningGateway.Start(transport);
        using var listener = Client.Connect(gateway.RespPort);
        using var speaker = Client.Connect(gateway.RespPort);
        for (int i = 0; i < 300; i++)
        {
            listener.Ask("SUBSCRIBE c\r\n", Subscribed);
            speaker.Send($"PUBLISH c old\r\n");
            listener.Send("UNSUBSCRIBE c\r\nSUBSCRIBE c\r\n");
            string heard = ReadUntil(listener, Subscribed);
            string told = Encoding.Latin1.GetString(speaker.Read(4));
            speaker.Ask("PUBLISH c new\r\n", ":1\r\n");
            string later = ReadUntil(listener, "new\r\n");
            int old = (heard + later).Split("old\r\n").Length - 1;
            Assert.Equal(told == ":1\r\n" ? 1 : 0, old);
            listener.Send("UNSUBSCRIBE c\r\n");
            ReadUntil(listener, ":0\r\n");
        }
    }

    [Theory]
    [EachTransport]
    public void A_subscriber_that_never_reads_is_closed_and_no_session_is_refused(string transport)
    {
        using var gateway = RunningGateway.Start(transport, "--memory", "64m");
        gateway.Warm();
        using var listener = Client.Connect(gateway.RespPort, receiveBytes: 32 << 10);
        listener.Ask("SUBSCRIBE c\r\n", Subscribed);
        using var speaker = Client.Connect(gateway.RespPort);
        using var user = Client.Connect(gateway.RespPort);
        byte[] message =
            Encoding.Latin1.GetBytes($"*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$100000\r\n{new string('m', 100_000)}\r\n");
        int received = 0;
        bool isThere = true;
        var watch = Stopwatch.StartNew();
        // How many are told to be received depends on when its loop comes to close it; what is kept does not.
        for (int i = 0; isThere && watch.Elapsed < Wait.Patience; i++)
        {
            speaker.Send(message);
            isThere = speaker.Read(4)[1] == '1';
            received += isThere ? 1 : 0;
            string key =
                $"*5\r\n$3\r\nSET\r\n$4\r\ns{i % 500:000}\r\n$100\r\n{new string('v', 100)}\r\n$2\r\nEX\r\n$4\r\n"
                    + $"1440\r\n";
            user.Ask(key, "+OK\r\n");
        }

        Assert.False(isThere, $"not closed after {received} messages");
        Assert.InRange(received, 1, int.MaxValue);
        gateway.AwaitLog("bytes wait to be read by it");
        user.Send("INFO stats\r\n");
        Assert.Contains("client_output_buffer_limit_disconnections:1", ReadUntil(user, "writes_refused"));
        output.WriteLine($"{received} messages kept for it, resident at most {gateway.PeakKiB} KiB");
        Assert.True(gateway.PeakKiB < 160 << 10, $"resident at most {gateway.PeakKiB} KiB");
    }

    [Theory]
    [InlineData(5000, 5, 3000, 1)]
    [InlineData(1, 20, 1000, 1)]
    [InlineData(2 << 20, 1, 15, 1)]
    [InlineData(2 << 20, 1, 2, 1000)]
    public void Every_byte_of_every_message_arrives(int bytes, int atATime, int rounds, int patterns)
    {
        using var gateway = RunningGateway.Start("epoll");
        string text = new('m', bytes);
        Client[] listeners = [Client.Connect(gateway.RespPort), Client.Connect(gateway.RespPort)];
        using var speaker = Client.Connect(gateway.RespPort);
        long[] heard = new long[listeners.Length];
        string? wrong = null;
        byte[] expected = Encoding.Latin1.GetBytes($"*3\r\n$7\r\nmessage\r\n$2\r\nst\r\n${bytes}\r\n{text}\r\n");
        foreach (Client listener in listeners)
        {
            listener.Ask("SUBSCRIBE st\r\n", "*3\r\n$9\r\nsubscribe\r\n$2\r\nst\r\n:1\r\n");
        }

        using var many = Client.Connect(gateway.RespPort);
        if (patterns > 1)
        {
            many.Send($"PSUBSCRIBE {string.Join(' ', Enumerable.Range(0, patterns).Select(n => $"s[t{n}]"))}\r\n");
            ReadUntil(many, $":{patterns}\r\n");
        }

        Thread[] threads = [.. listeners.Select((listener, n) => new Thread(() =>
        {
            byte[] got = new byte[expected.Length];
            for (int i = 0; i < rounds * atATime && wrong is null; i++)
            {
                listener.Read(got);
                wrong = got.AsSpan().SequenceEqual(expected) ? wrong : $"message {i}: {Shown.Bytes(got)}";
                heard[n]++;
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        byte[] requests = Bytes.Repeat(
            Encoding.Latin1.GetBytes($"*3\r\n$7\r\nPUBLISH\r\n$2\r\nst\r\n${bytes}\r\n{text}\r\n"), atATime);
        for (int i = 0; i < rounds; i++)
        {
            speaker.Send(requests);
            for (int n = 0; n < atATime; n++)
            {
                while (speaker.Read(1)[0] != '\n')
                {
                }
            }

            // Listeners that are read must not reach the limit for those that are not when their threads come late.
            const long most = 4 << 20;
            long sent = (long)(i + 1) * atATime;
            Wait.Until(() => wrong is not null || (sent - heard.Min()) * bytes <= most,
                () => $"{sent} messages at each listener; {string.Join(", ", heard)} came");
        }

        Array.ForEach(threads, t => Assert.True(t.Join(Wait.Patience)));
        Assert.Null(wrong);
        Assert.All(heard, count => Assert.Equal((long)rounds * atATime, count));
        Array.ForEach(listeners, l => l.Dispose());
        gateway.AssertServes();
    }

    private static string ReadUntil(Client client, string end)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (text.Length < end.Length || text.ToString(text.Length - end.Length, end.Length) != end)
        {
            client.Read(one);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
