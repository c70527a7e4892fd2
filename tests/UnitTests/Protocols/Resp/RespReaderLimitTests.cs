using SessionGateway.Protocols.Resp;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Resp;

public sealed class RespReaderLimitTests
{
    private static readonly RespLimits Stranger = RespLimits.Default(512 << 20, isAuthenticated: false);

    [Theory]
    [InlineData(1024 * 1024, "…")]
    [InlineData(1024 * 1024 + 1, "!-ERR Protocol error: invalid multibulk length")]
    public void Number_of_arguments(int count, string expected) =>
        Assert.Equal(expected, RequestText.Read($"*{count}\r\n"));

    [Theory]
    [InlineData(512 << 20, "…")]
    [InlineData((512 << 20) + 1, "!-ERR Protocol error: invalid bulk length")]
    public void Length_of_an_argument(int length, string expected) =>
        Assert.Equal(expected, RequestText.Read($"*1\r\n${length}\r\n"));

    [Theory]
    [InlineData(99, "[", null)]
    [InlineData(100, "[", null)]
    [InlineData(101, null, "!-ERR Protocol error: invalid bulk length")]
    public void Length_of_an_argument_below_the_usual_limit(int length, string? start, string? error)
    {
        string wire = $"*1\r\n${length}\r\n{new string('x', length)}\r\n";
        string text = RequestText.Read(
            new Segments("whole", Segments.BytesOf(wire), []), RespLimits.Default(100, isAuthenticated: true));
        Assert.Equal(error ?? $"{start}{new string('x', length)}]", text);
    }

    [Theory]
    [InlineData(10, "…")]
    [InlineData(11, "!-ERR Protocol error: unauthenticated multibulk length")]
    public void Number_of_arguments_before_the_login(int count, string expected) =>
        Assert.Equal(expected, ReadAsStranger($"*{count}\r\n"));

    [Theory]
    [InlineData(16_384, "…")]
    [InlineData(16_385, "!-ERR Protocol error: unauthenticated bulk length")]
    public void Length_of_an_argument_before_the_login(int length, string expected) =>
        Assert.Equal(expected, ReadAsStranger($"*1\r\n${length}\r\n"));

    [Theory]
    [InlineData(65_536, "…")]
    [InlineData(65_537, "!-ERR Protocol error: too big inline request")]
    public void Inline_line_without_an_end(int length, string expected) =>
        Assert.Equal(expected, RequestText.Read(new string('a', length)));

    [Fact]
    public void Inline_line_of_any_length_that_is_at_hand_with_its_end()
    {
        string word = new('a', 65_537);
        Assert.Equal($"[{word}]", RequestText.Read(word + "\r\n"));
    }

    [Theory]
    [InlineData(65_536, "…")]
    [InlineData(65_537, "!-ERR Protocol error: too big mbulk count string")]
    public void Line_with_the_number_of_arguments(int length, string expected) =>
        Assert.Equal(expected, RequestText.Read("*" + new string('1', length - 1)));

    [Theory]
    [InlineData(65_536, "…")]
    [InlineData(65_537, "!-ERR Protocol error: too big bulk count string")]
    public void Line_with_a_length(int length, string expected) =>
        Assert.Equal(expected, RequestText.Read("*1\r\n$" + new string('1', length - 1)));

    [Fact]
    public void An_announced_number_of_arguments_takes_no_memory_before_they_come()
    {
        var reader = default(RespReader);
        var scratch = new RespScratch();
        byte[] start = Segments.BytesOf("*1048576\r\n$1\r\na\r\n");
        long before = GC.GetAllocatedBytesForCurrentThread();
        reader.TryRead(start, scratch, RequestText.Usual, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    private static string ReadAsStranger(string wire) =>
        RequestText.Read(new Segments("whole", Segments.BytesOf(wire), []), Stranger);
}
