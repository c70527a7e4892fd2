using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Resp;

public sealed class InlineRequestTests
{
    [Theory]
    [Wire("PING\r\n", "[PING]")]
    [Wire("PING\n", "[PING]")]
    [Wire("  set \t a   b  \r\n", "[set|a|b]")]
    [Wire("\r\n\n  \r\nPING\r\n", "[] [] [] [PING]")]
    [Wire("set a \"b c\"\r\n", "[set|a|b c]")]
    [Wire("set a \"\" ''\r\n", "[set|a||]")]
    [Wire("set a \"\\x41\\x0a\\n\\r\\t\\b\\a\\q\\\"\\\\\"\r\n", "[set|a|A\n\n\r\t\b\aq\"\\]")]
    [Wire("set a \"\\x4\\xzz\"\r\n", "[set|a|x4xzz]")]
    [Wire("set a 'b\\'c\\n\"'\r\n", "[set|a|b'c\\n\"]")]
    [Wire("set a'b' x\"y\"\r\n", "[set|ab|xy]")]
    [Wire("a\\b \\\r\n", "[a\\b|\\]")]
    [Wire("a\u000Bb\r\n", "[a\u000Bb]")]
    [Wire("set a \u00FF\u0080\r\n", "[set|a|\u00FF\u0080]")]
    public void Lines_are_split_as_redis_splits_them(Segments input, string expected) =>
        Assert.Equal(expected, RequestText.Read(input, RequestText.Usual));

    [Theory]
    [Wire("set a \"b\r\n")]
    [Wire("set a 'b\r\n")]
    [Wire("set \"a\"b\r\n")]
    [Wire("set 'a'b\r\n")]
    [Wire("\"\\\r\n")]
    public void Unbalanced_quotes_are_a_protocol_error(Segments input) =>
        Assert.Equal("!-ERR Protocol error: unbalanced quotes in request", RequestText.Read(input, RequestText.Usual));

    [Fact]
    public void A_zero_byte_hides_the_end_of_the_line() => Assert.Equal("…", RequestText.Read("a\0b\r\n"));
}
