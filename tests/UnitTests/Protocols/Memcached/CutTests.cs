using SessionGateway.Commands;
using SessionGateway.Commands.Memcached;
using SessionGateway.UnitTests.Commands.Memcached;

namespace SessionGateway.UnitTests.Protocols.Memcached;

/// <summary>Every sample in every segmentation gives the answers that it gives in one piece.</summary>
public sealed class CutTests
{
    public static TheoryData<string> Texts =>
    [
        "get a\r\n",
        "set a 1 0 3\r\nabc\r\nget a\r\n",
        "set a 1 0 3 noreply\r\nabc\r\ngets a b c\r\n",
        "add a 0 100 0\r\n\r\nadd a 0 100 0\r\n\r\nget a\r\n",
        "set a 0 0 2\r\nabc\r\nget a\r\n",
        "set a 0 0 3\nabc\r\nget a\n",
        "set  a  0  0  3 \r\nabc\r\n  get   a  \r\n",
        "set n 0 0 2\r\n10\r\nincr n 5\r\ndecr n 6\r\nget n\r\nincr n x\r\n",
        "set a 0 0 5\r\n\r\n\r\nx\r\nget a\r\n",
        "set big 0 0 2000\r\n" + "0123456789" + "\r\n",
        "touch a 10\r\ngat 10 a\r\nflush_all\r\nversion\r\nverbosity 1\r\n",
        "set a x 0 9\r\nflush_all\r\nset a 0 4102444800 1\r\na\r\nget a\r\n",
        "cas a 0 0 9 x noreply\r\nflush_all\r\nadd a 0 0 2 x y\r\nab\r\nversion\r\n",
        "set a b 0 0 9\r\nflush_all\r\nversion\r\n",
        "version\r\nGET / HTTP/1.1\r\nversion\r\n",
        "delete a 0\r\ndelete a noreply\r\ndelete a 5\r\n\r\nnonsense\r\n",
    ];

    public static TheoryData<byte[]> Binaries =>
    [
        BinaryDriver.Request(0x00, [], "a", ""),
        [.. BinaryDriver.Request(0x01, new byte[8], "a", "value"), .. BinaryDriver.Request(0x0c, [], "a", "")],
        [.. BinaryDriver.Request(0x11, new byte[8], "a", "v"), .. BinaryDriver.Request(0x09, [], "b", ""),
            .. BinaryDriver.Request(0x0a, [], "", "")],
        BinaryDriver.Request(0x55, [1, 2, 3], "key", "value"),
        BinaryDriver.Request(0x01, [], "k", "v"),
        [.. BinaryDriver.Request(0x01, new byte[8], "a", new string('x', 2000)),
            .. BinaryDriver.Request(0x00, [], "a", "")],
        BinaryDriver.Request(0x00, [], new string('k', 251), ""),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_requests_in_every_cut(string sample) =>
        Check(() => new MemcachedTextProcessor(), System.Text.Encoding.Latin1.GetBytes(sample));

    [Theory]
    [MemberData(nameof(Binaries))]
    public void Binary_requests_in_every_cut(byte[] sample) => Check(() => new MemcachedBinaryProcessor(), sample);

    [Fact]
    public void An_incomplete_request_answers_nothing_and_consumes_nothing()
    {
        byte[] text = "set a 0 0 3\r\nabc\r\n"u8.ToArray();
        byte[] binary = BinaryDriver.Request(0x01, new byte[8], "a", "value");
        for (int length = 1; length < text.Length; length++)
        {
            using var rig = new MemcachedRig(new MemcachedTextProcessor());
            Assert.Empty(rig.Send(text.AsSpan(0, length)));
            Assert.Equal(length, rig.Pending);
            Assert.InRange(rig.Context.NeedBytes, length + 1, text.Length);
        }

        for (int length = 1; length < binary.Length; length++)
        {
            using var rig = new MemcachedRig(new MemcachedBinaryProcessor());
            Assert.Empty(rig.Send(binary.AsSpan(0, length)));
            Assert.Equal(length, rig.Pending);
            Assert.InRange(rig.Context.NeedBytes, length + 1, binary.Length);
        }
    }

    [Theory]
    [InlineData(250, "END\r\n")]
    [InlineData(251, "CLIENT_ERROR bad command line format\r\n")]
    public void A_key_has_250_bytes_at_most(int length, string answer)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        Assert.Equal(answer, rig.Ask($"get {new string('k', length)}\r\n"));
    }

    [Theory]
    [InlineData(1000, "STORED\r\n")]
    [InlineData(1001, "SERVER_ERROR object too large for cache\r\n")]
    public void A_value_has_the_configured_length_at_most(int length, string answer)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor(), maxValueBytes: 1000);
        Assert.Equal(answer, rig.Ask($"set k 0 0 {length}\r\n{new string('v', length)}\r\n"));
        Assert.Equal("VERSION 1.6.18\r\n", rig.Ask("version\r\n"));
    }

    private static void Check(Func<ProtocolProcessor> make, byte[] sample)
    {
        using var whole = new MemcachedRig(make(), maxValueBytes: 1500);
        byte[] expected = whole.Send(sample);
        for (int cut = 1; cut < sample.Length; cut++)
        {
            using var rig = new MemcachedRig(make(), maxValueBytes: 1500);
            byte[] answers = [.. rig.Send(sample.AsSpan(0, cut)), .. rig.Send(sample.AsSpan(cut))];
            Assert.Equal(expected, answers);
            Assert.Equal(whole.IsClosed, rig.IsClosed);
        }

        using var bytewise = new MemcachedRig(make(), maxValueBytes: 1500);
        Assert.Equal(expected, sample.SelectMany(b => bytewise.Send([b])).ToArray());
    }
}
