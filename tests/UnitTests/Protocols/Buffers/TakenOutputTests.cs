using System.Text;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.UnitTests.Protocols.Buffers;

/// <summary>What is given to a taker and what is left in the buffer make the reply, wherever the taker stops.</summary>
public sealed class TakenOutputTests
{
    private const string Start = "VALUE a 0 10\r\n";
    private const string Value = "0123456789";
    private const string End = "\r\nEND\r\n";
    private const string Reply = Start + Value + End;

    [Fact]
    public void A_taker_may_stop_at_any_byte()
    {
        for (int room = 0; room <= Reply.Length; room++)
        {
            var taker = new RoomyTaker(room);
            using var buffer = new OutputBuffer(16, 1000) { Taker = taker };
            Write(buffer);
            buffer.Write("+more"u8);
            Assert.Equal(Reply[..room], taker.Text);
            Assert.Equal(Reply[room..] + "+more", Encoding.ASCII.GetString(buffer.Written));
        }
    }

    [Fact]
    public void A_taker_that_had_enough_is_asked_again_after_a_clear_only()
    {
        var taker = new RoomyTaker(5);
        using var buffer = new OutputBuffer(16, 1000) { Taker = taker };
        Write(buffer);
        Write(buffer);
        Assert.Equal(1, taker.Asked);
        buffer.Clear();
        Write(buffer);
        Assert.Equal(2, taker.Asked);
    }

    [Fact]
    public void A_taker_that_took_all_is_asked_again()
    {
        var taker = new RoomyTaker(1000);
        using var buffer = new OutputBuffer(16, 1000) { Taker = taker };
        Write(buffer);
        Write(buffer);
        Assert.Equal(Reply + Reply, taker.Text);
        Assert.Equal(0, buffer.Length);
    }

    [Fact]
    public void Without_a_taker_all_is_copied()
    {
        using var buffer = new OutputBuffer(16, 1000);
        Write(buffer);
        Assert.Equal(Reply, Encoding.ASCII.GetString(buffer.Written));
    }

    [Fact]
    public void A_reply_above_the_limit_is_lost_whole_and_not_taken()
    {
        var taker = new RoomyTaker(1000);
        using var buffer = new OutputBuffer(16, Reply.Length - 1) { Taker = taker };
        Write(buffer);
        Assert.True(buffer.Overflowed);
        Assert.Equal("", taker.Text);
    }

    [Fact]
    public void After_a_reply_was_lost_nothing_is_taken()
    {
        var taker = new RoomyTaker(1000);
        using var buffer = new OutputBuffer(16, 40) { Taker = taker };
        buffer.Write(new byte[41]);
        Write(buffer);
        Assert.Equal(0, taker.Asked);
    }

    private static void Write(OutputBuffer buffer)
    {
        buffer.Write(Encoding.ASCII.GetBytes(Start));
        buffer.WriteTaken(Encoding.ASCII.GetBytes(Value), Encoding.ASCII.GetBytes(End));
    }
}
