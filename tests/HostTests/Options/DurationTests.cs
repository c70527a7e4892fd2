using SessionGateway.Gateway.Options;

namespace SessionGateway.HostTests.Options;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("90", 90_000)]
    [InlineData("500ms", 500)]
    [InlineData("500MS", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    public void Durations_are_read(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out TimeSpan duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1")]
    [InlineData("1.5h")]
    [InlineData("1 s")]
    [InlineData("1w")]
    [InlineData("1mss")]
    [InlineData("2147483648")]
    public void What_is_not_a_duration_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(500, "500ms")]
    [InlineData(1500, "1500ms")]
    [InlineData(60_000, "1m")]
    [InlineData(90_000, "90s")]
    [InlineData(86_400_000, "1d")]
    public void Durations_are_shown_whole(long milliseconds, string text)
    {
        Assert.Equal(text, Duration.Format(TimeSpan.FromMilliseconds(milliseconds)));
        Assert.True(Duration.TryParse(text, out TimeSpan again));
        Assert.Equal(milliseconds, again.TotalMilliseconds);
    }
}
