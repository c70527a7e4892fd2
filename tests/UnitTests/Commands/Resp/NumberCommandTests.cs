using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class NumberCommandTests : OwningTests
{
    private const string NotANumber = "-ERR value is not an integer or out of range";
    private const string Overflow = "-ERR increment or decrement would overflow";
    private readonly RespPeer _peer = new();

    [Fact]
    public void Counting() => _peer
        .Expect("INCR n", ":1").Expect("INCRBY n 9", ":10").Expect("DECR n", ":9").Expect("DECRBY n 10", ":-1")
        .Expect("GET n", "$2 -1").Expect("INCRBY n abc", NotANumber).Expect("INCRBY n 1.5", NotANumber);

    [Fact]
    public void Counting_keeps_the_time() => _peer
        .Expect("SET n 5 EX 10", "+OK").Expect("INCR n", ":6").Expect("TTL n", ":10")
        .Expect("INCRBYFLOAT n 0.5", "$3 6.5").Expect("TTL n", ":10");

    [Fact]
    public void Counting_ends_at_64_bits() => _peer
        .Expect("SET n 9223372036854775807", "+OK").Expect("INCR n", Overflow).Expect("DECRBY n -1", Overflow)
        .Expect("SET n -9223372036854775808", "+OK").Expect("DECR n", Overflow).Expect("INCRBY n -1", Overflow)
        .Expect("DECRBY n -9223372036854775808", "-ERR decrement would overflow")
        .Expect("INCRBY n 9223372036854775807", ":-1");

    [Theory]
    [InlineData("abc")]
    [InlineData("\"10 \"")]
    [InlineData("010")]
    [InlineData("\"\"")]
    [InlineData("1.0")]
    [InlineData("9223372036854775808")]
    public void Counting_needs_a_number(string value) => _peer.Expect($"SET n {value}", "+OK")
        .Expect("INCR n", NotANumber);

    // Answers of redis-server 7.0.15 on x86-64.
    [Theory]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("1000.3", "0", "1000.29999999999999999")]
    [InlineData("3.0e3", "200", "3200")]
    [InlineData("10.50", "0.1", "10.6")]
    [InlineData("5.6", "-5.6", "0")]
    [InlineData("0.1", "1e-17", "0.10000000000000001")]
    [InlineData("0.00000000000000000001", "0", "0")]
    [InlineData("-0.00000000000000000001", "0", "0")]
    [InlineData("17179869184.3", "17179869184.7", "34359738369")]
    [InlineData("123456789012345678901234567890", "0.5", "123456789012345678899921813504")]
    [InlineData("+5", "+1", "6")]
    [InlineData(".5", "1.", "1.5")]
    [InlineData("-2.5", "1e1", "7.5")]
    public void Floats_are_those_of_x86(string value, string increment, string sum) => _peer
        .Expect($"SET f {value}", "+OK").Expect($"INCRBYFLOAT f {increment}", $"${sum.Length} {sum}")
        .Expect("GET f", $"${sum.Length} {sum}");

    [Theory]
    [InlineData("abc")]
    [InlineData("nan")]
    [InlineData("\" 1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"\"")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("1e5000")]
    [InlineData("--1")]
    public void Not_a_float(string increment) =>
        _peer.Expect($"INCRBYFLOAT f {increment}", "-ERR value is not a valid float");

    [Fact]
    public void Infinity_is_not_stored() => _peer
        .Expect("INCRBYFLOAT f inf", "-ERR increment would produce NaN or Infinity").Expect("EXISTS f", ":0")
        .Expect("INCRBYFLOAT f -Infinity", "-ERR increment would produce NaN or Infinity");
}
