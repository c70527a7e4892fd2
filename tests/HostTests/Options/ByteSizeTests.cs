using SessionGateway.Gateway.Options;

namespace SessionGateway.HostTests.Options;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1000", 1000)]
    [InlineData("1k", 1024)]
    [InlineData("1K", 1024)]
    [InlineData("1kb", 1024)]
    [InlineData("512m", 512L << 20)]
    [InlineData("512MB", 512L << 20)]
    [InlineData("2g", 2L << 30)]
    [InlineData("8388607t", 8388607L << 40)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Sizes_are_read_with_units_of_1024(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out long read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("b")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5g")]
    [InlineData("1 m")]
    [InlineData("1,000")]
    [InlineData("1x")]
    [InlineData("1mm")]
    [InlineData("8388608t")]
    [InlineData("9223372036854775808")]
    public void What_is_not_a_size_is_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1023, "1023")]
    [InlineData(1024, "1k")]
    [InlineData(1536, "1536")]
    [InlineData(512L << 20, "512m")]
    [InlineData(1L << 44, "16t")]
    [InlineData(1L << 54, "16384t")]
    public void Sizes_are_shown_whole(long bytes, string text)
    {
        Assert.Equal(text, ByteSize.Format(bytes));
        Assert.True(ByteSize.TryParse(text, out long again));
        Assert.Equal(bytes, again);
    }
}
