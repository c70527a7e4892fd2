using SessionGateway.Protocols.Resp;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Resp;

public sealed class RespNumbersTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("-1", -1)]
    [InlineData("1234567890123456789", 1234567890123456789)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Numbers_are_read(string text, long expected)
    {
        Assert.True(RespNumbers.TryInt64(Segments.BytesOf(text), out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-0")]
    [InlineData("-01")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("0x1")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("18446744073709551617")]
    [InlineData("99999999999999999999")]
    public void Whatever_redis_does_not_take_for_a_number_is_refused(string text) =>
        Assert.False(RespNumbers.TryInt64(Segments.BytesOf(text), out _));
}
