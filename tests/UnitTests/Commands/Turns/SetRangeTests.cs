using System.Text;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Turns;

/// <summary>SETRANGE writes the part that changes and gives what a plain array gives.</summary>
public sealed class SetRangeTests : OwningTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("k")]
    public void Any_sequence_of_ranges_gives_what_an_array_gives(string? compressedPrefix)
    {
        var host = new CommandHost(compressedPrefix: compressedPrefix);
        var peer = new RespPeer(host);
        var random = new Random(3);
        byte[] model = [];
        for (int i = 0; i < 3000; i++)
        {
            if (random.Next(50) == 0)
            {
                peer.Send("DEL k");
                model = [];
            }

            int offset = random.Next(random.Next(2) == 0 ? 20 : 3000);
            string part = new((char)('a' + random.Next(26)), 1 + random.Next(random.Next(2) == 0 ? 4 : 500));
            if (offset + part.Length > model.Length)
            {
                Array.Resize(ref model, offset + part.Length);
            }

            Encoding.ASCII.GetBytes(part).CopyTo(model, offset);
            peer.Expect($"SETRANGE k {offset} {part}", $":{model.Length}");
            Assert.Equal($"${model.Length}\r\n{Encoding.Latin1.GetString(model)}\r\n", peer.SendRaw("GET k\r\n"));
        }

        host.Services.Store.Flush(0);
    }

    [Fact]
    public void A_range_inside_of_a_value_keeps_its_expiry_and_flags_and_is_a_write_for_who_watches()
    {
        var host = new CommandHost();
        var peer = new RespPeer(host);
        var other = new RespPeer(host);
        host.PutWithFlags("k", "hello world", 7, host.Clock.Now + 5000);
        peer.Expect("WATCH k", "+OK");
        other.Expect("SETRANGE k 6 W", ":11").Expect("GET k", "$11 hello World").Expect("OBJECT ENCODING k", "$3 raw");
        peer.Expect("MULTI", "+OK").Expect("PING", "+QUEUED").Expect("EXEC", "*-1");
        Assert.Equal((7u, host.Clock.Now + 5000), host.Attributes("k"));
    }

    [Fact]
    public void A_range_at_the_end_of_a_large_value_costs_no_copy_of_it()
    {
        var peer = new RespPeer(new CommandHost(memory: 256 << 20));
        peer.Expect("SETRANGE k 50000000 x", ":50000001");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            peer.Expect("SETRANGE k 50000000 y", ":50000001").Expect("SETRANGE k 100 z", ":50000001");
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }
}
