using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>
/// Nothing that is sent lies in memory whose owner a collection may end: every byte is compared while a thread collects
/// all the time.
/// </summary>
public sealed class CollectionTests : OwningTests
{
    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(5_000, 20_000)]
    [InlineData(200_000, 300)]
    [InlineData(2 << 20, 40)]
    public void Published_messages_are_whole_while_the_heap_is_collected_all_the_time(int bytes, int count)
    {
        var host = new CommandHost();
        RespPeer[] listeners = [new(host), new(host), new(host)];
        listeners[1].Send("HELLO 3");
        listeners[0].Send("SUBSCRIBE st");
        listeners[1].Send("SUBSCRIBE st");
        listeners[2].Send("PSUBSCRIBE s*");
        var speaker = new RespPeer(host);
        string text = new('m', bytes);
        byte[] request = RespPeer.Encode($"PUBLISH st {text}");
        string body = $" $2 st ${bytes} {text}";
        string[] expected = ["*3 $7 message" + body, ">3 $7 message" + body, "*4 $8 pmessage $2 s*" + body];
        using var collecting = new CollectingThread();
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(":3\r\n", speaker.SendRaw(request));
            for (int n = 0; n < listeners.Length; n++)
            {
                Assert.True(listeners[n].TakePushed() == expected[n], $"message {i} to listener {n} differs");
            }
        }
    }

    [Fact]
    public void A_thousand_patterns_share_the_bytes_of_one_message()
    {
        var host = new CommandHost(memory: 64 << 20);
        var listener = new RespPeer(host);
        listener.Send("PSUBSCRIBE " + string.Join(' ', Enumerable.Range(0, 1000).Select(n => $"[c_{n}]*")));
        var speaker = new RespPeer(host, maxOutputBytes: 1 << 20);
        byte[] request = RespPeer.Encode($"PUBLISH ch {new string('m', 30_000)}");
        speaker.SendRaw(request);
        listener.TakePushed();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(":1000\r\n", speaker.SendRaw(request));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 1 << 20, $"{allocated} bytes for one message of 30,000");
        Assert.Equal(1000, listener.TakePushed().Split("pmessage").Length - 1);
    }

    [Theory]
    [InlineData("COMMAND DOCS")]
    [InlineData("COMMAND INFO get set")]
    [InlineData("INFO everything")]
    [InlineData("CLIENT LIST")]
    [InlineData("CLIENT HELP")]
    [InlineData("CONFIG GET *")]
    [InlineData("KEYS *")]
    [InlineData("SCAN 0 COUNT 1000")]
    [InlineData("GETRANGE k 10 9000")]
    [InlineData("SETRANGE k 5 xyz")]
    [InlineData("MGET k k k")]
    [InlineData("EVAL \"return redis.call('get',KEYS[1])\" 1 k")]
    [InlineData("OBJECT ENCODING k")]
    [InlineData("PUBSUB CHANNELS")]
    [InlineData("unknowncommand with arguments")]
    public void Replies_are_the_same_while_the_heap_is_collected_all_the_time(string request)
    {
        var host = new CommandHost();
        var peer = new RespPeer(host);
        peer.Send($"SET k {new string('v', 10_000)}");
        new RespPeer(host).Send("SUBSCRIBE a b c");
        peer.Send(request);
        byte[] wire = RespPeer.Encode(request);
        string expected = Steady(peer.SendRaw(wire));
        using var collecting = new CollectingThread();
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(expected, Steady(peer.SendRaw(wire)));
        }
    }

#if !DEBUG
    [Fact]
    public void A_buffer_that_nobody_disposes_is_reported_and_not_freed()
    {
        long before = LostOwner.Count;
        ReadOnlySpan<byte> span = SpanOfLostBuffer();
        for (int i = 0; i < 20 && LostOwner.Count == before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(LostOwner.Count > before);
        Assert.True(span.IndexOfAnyExcept((byte)'x') < 0);
    }
#endif

    private static ReadOnlySpan<byte> SpanOfLostBuffer()
    {
        var holder = new Holder();
        holder.Fill();
        return holder.Bytes;
    }

    // Counters of requests and memory go on, and of short commands a sample is measured.
    private static string Steady(string reply) => string.Concat(string.Join('\n', reply.Split('\n').Where(line =>
        !line.StartsWith("cmdstat_", StringComparison.Ordinal)
        && !line.StartsWith("latency_percentiles_", StringComparison.Ordinal))).Where(c => !char.IsAsciiDigit(c)));

    private sealed class Holder
    {
        private readonly OutputBuffer _lost = new(4096, 1 << 20);

        public ReadOnlySpan<byte> Bytes => _lost.Written;

        public void Fill() => _lost.Write(Encoding.ASCII.GetBytes(new string('x', 4096)));
    }
}
