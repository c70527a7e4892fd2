using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>BITFIELD and BITOP, as redis-server 7.0.15 answers.</summary>
public sealed class BitFieldTests : OwningTests
{
    private readonly RespPeer _peer = new();

    [Theory]
    [InlineData("BITFIELD k", "*0")]
    [InlineData("BITFIELD k SET u8 0 255 GET u8 0", "*2 :0 :255")]
    [InlineData("BITFIELD k INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 5", "*2 :1 :3")]
    [InlineData("BITFIELD k SET i5 #2 -1 GET i5 10 GET u5 10", "*3 :0 :-1 :31")]
    [InlineData("BITFIELD k OVERFLOW FAIL INCRBY u8 0 300", "*1 $-1")]
    [InlineData("BITFIELD k OVERFLOW SAT SET i16 0 -9223372036854775808 GET i16 0", "*2 :0 :32767")]
    [InlineData("BITFIELD_RO k SET u8 0 1", "-ERR BITFIELD_RO only supports the GET subcommand")]
    [InlineData("BITFIELD k OVERFLOW x", "-ERR Invalid OVERFLOW type specified")]
    [InlineData("BITFIELD k GET u8 -1", "-ERR bit offset is not an integer or out of range")]
    public void A_number_of_some_bits_is_read_and_written(string request, string reply) =>
        _peer.Expect(request, reply);

    [Fact]
    public void Strings_are_combined_and_a_combination_of_nothing_ends_the_key()
    {
        _peer.Expect("SET a abc", "+OK").Expect("SET b ab", "+OK").Expect("BITOP XOR d a b", ":3")
            .Expect("GET d", "$3 \0\0c").Expect("BITOP AND d a none", ":3").Expect("GET d", "$3 \0\0\0")
            .Expect("BITOP OR d b none", ":2").Expect("GET d", "$2 ab").Expect("BITOP NOT d none", ":0")
            .Expect("EXISTS d", ":0");
    }

    [Fact]
    public void An_infinite_weight_of_a_zero_makes_an_intersection_zero()
    {
        _peer.Expect("ZADD a 3 c", ":1").Expect("ZADD b 0 c 1 d", ":2")
            .Expect("ZINTER 2 a b WEIGHTS 2 inf WITHSCORES", "*2 $1 c $1 0");
    }
}
