using SessionGateway.Protocols;
using SessionGateway.Protocols.Resp;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Resp;

public sealed class RespReaderTests
{
    [Theory]
    [Wire("*1\r\n$4\r\nPING\r\n", "[PING]")]
    [Wire("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", "[GET|k]")]
    [Wire("*4\r\n$5\r\nSETEX\r\n$1\r\nk\r\n$4\r\n1440\r\n$12\r\na\r\nb\r\n$5\r\n*1\r\n",
        "[SETEX|k|1440|a\r\nb\r\n$5\r\n*1]")]
    [Wire("*3\r\n$3\r\nSET\r\n$0\r\n\r\n$0\r\n\r\n", "[SET||]")]
    [Wire("*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n*1\r\n$4\r\nQUIT\r\n", "[PING] [ECHO|hi] [QUIT]")]
    [Wire("*0\r\n*-1\r\n*-7\r\n*1\r\n$4\r\nPING\r\n", "[] [] [] [PING]")]
    [Wire(
        "*11\r\n$1\r\n1\r\n$1\r\n2\r\n$1\r\n3\r\n$1\r\n4\r\n$1\r\n5\r\n$1\r\n6\r\n$1\r\n7\r\n$1\r\n8\r\n$1\r\n9\r\n"
            + "$1\r\na\r\n$1\r\nb\r\n",
        "[1|2|3|4|5|6|7|8|9|a|b]")]
    [Wire("*1\r\n$3\r\n\0\u00FF\n\r\n", "[\0\u00FF\n]")]
    // Redis looks neither at the byte behind a carriage return nor at the two behind an argument.
    [Wire("*1\rX$4\rYPINGZZPING\r\n", "[PING] [PING]")]
    [Wire("PING\r\n*1\r\n$4\r\nPING\r\nPING\n", "[PING] [PING] [PING]")]
    public void Requests_are_read_in_every_cut(Segments input, string expected) =>
        Assert.Equal(expected, RequestText.Read(input, RequestText.Usual));

    [Theory]
    [Wire("*a\r\n", "!-ERR Protocol error: invalid multibulk length")]
    [Wire("*\r\n", "!-ERR Protocol error: invalid multibulk length")]
    [Wire("*01\r\n", "!-ERR Protocol error: invalid multibulk length")]
    [Wire("*+1\r\n", "!-ERR Protocol error: invalid multibulk length")]
    [Wire("* 1\r\n", "!-ERR Protocol error: invalid multibulk length")]
    [Wire("*99999999999999999999\r\n", "!-ERR Protocol error: invalid multibulk length")]
    [Wire("*1\r\nx4\r\n", "!-ERR Protocol error: expected '$', got 'x'")]
    [Wire("*1\r\n:4\r\n", "!-ERR Protocol error: expected '$', got ':'")]
    [Wire("*1\r\n\r\n", "!-ERR Protocol error: expected '$', got ' '")]
    [Wire("*1\r\n\n4\r\n", "!-ERR Protocol error: expected '$', got ' '")]
    [Wire("*1\r\n$-1\r\n", "!-ERR Protocol error: invalid bulk length")]
    [Wire("*1\r\n$\r\n", "!-ERR Protocol error: invalid bulk length")]
    [Wire("*1\r\n$04\r\n", "!-ERR Protocol error: invalid bulk length")]
    [Wire("*1\r\n$4x\r\n", "!-ERR Protocol error: invalid bulk length")]
    [Wire("*1\r\n$536870913\r\n", "!-ERR Protocol error: invalid bulk length")]
    [Wire("*1\r\n$99999999999999999999\r\n", "!-ERR Protocol error: invalid bulk length")]
    [Wire("*2\r\n$4\r\nPING\r\nPING\r\n", "!-ERR Protocol error: expected '$', got 'P'")]
    [Wire("*1\r\n$4\r\nPING\r\n*x\r\n", "[PING] !-ERR Protocol error: invalid multibulk length")]
    public void Broken_requests_end_with_the_error_of_redis_in_every_cut(Segments input, string expected) =>
        Assert.Equal(expected, RequestText.Read(input, RequestText.Usual));

    [Theory]
    [InlineData("*1\r\n$4\r\nPING\r\n")]
    [InlineData("*4\r\n$5\r\nSETEX\r\n$1\r\nk\r\n$4\r\n1440\r\n$5\r\nhello\r\n")]
    [InlineData("*-1\r\n")]
    [InlineData(
        "*12\r\n$1\r\n1\r\n$1\r\n2\r\n$1\r\n3\r\n$1\r\n4\r\n$1\r\n5\r\n$1\r\n6\r\n$1\r\n7\r\n$1\r\n8\r\n$1\r\n9\r\n"
            + "$1\r\na\r\n$1\r\nb\r\n$0\r\n\r\n")]
    [InlineData("set 'a b' \"c\\x41\"\r\n")]
    public void Every_incomplete_prefix_needs_more_data_but_never_more_than_there_will_be(string wire)
    {
        byte[] bytes = Segments.BytesOf(wire);
        for (int length = 1; length < bytes.Length; length++)
        {
            var reader = default(RespReader);
            ReadStatus status = reader.TryRead(
                bytes.AsSpan(0, length), new RespScratch(), RequestText.Usual, out _, out _);
            Assert.Equal(ReadStatus.NeedMoreData, status);
            Assert.InRange(reader.NeedBytes, length + 1, bytes.Length);
        }
    }

    [Fact]
    public void A_large_argument_tells_how_many_bytes_it_needs()
    {
        var reader = default(RespReader);
        byte[] start = Segments.BytesOf("*2\r\n$3\r\nGET\r\n$100000\r\nx");
        Assert.Equal(
            ReadStatus.NeedMoreData, reader.TryRead(start, new RespScratch(), RequestText.Usual, out _, out _));
        Assert.Equal("*2\r\n$3\r\nGET\r\n$100000\r\n".Length + 100_000 + 2, reader.NeedBytes);
    }

    [Fact]
    public void What_was_read_of_a_long_request_is_not_read_again()
    {
        const int Count = 100_000;
        byte[] bytes = Segments.BytesOf($"*{Count}\r\n" + string.Concat(Enumerable.Repeat("$3\r\nabc\r\n", Count)));
        var reader = default(RespReader);
        var scratch = new RespScratch();
        int half = bytes.Length / 2;
        Assert.Equal(
            ReadStatus.NeedMoreData, reader.TryRead(bytes.AsSpan(0, half), scratch, RequestText.Usual, out _, out _));

        // Reading any of these again would end in a protocol error.
        bytes.AsSpan(0, half - 20).Fill((byte)'!');
        Assert.Equal(
            ReadStatus.Done, reader.TryRead(bytes, scratch, RequestText.Usual, out RespRequest request, out int size));
        Assert.Equal(Count, request.Count);
        Assert.Equal(bytes.Length, size);
        Assert.Equal("abc"u8, request[Count - 1]);
    }

    [Fact]
    public void Connections_that_wait_in_long_requests_do_not_disturb_each_other()
    {
        var scratch = new RespScratch();
        var readers = new RespReader[3];
        byte[][] inputs = [.. "abc".Select(letter => Segments.BytesOf(
            "*200\r\n" + string.Concat(Enumerable.Repeat($"$3\r\n{letter}{letter}{letter}\r\n", 200))))];
        for (int length = 500; length < inputs[0].Length; length += 77)
        {
            for (int i = 0; i < readers.Length; i++)
            {
                Assert.Equal(ReadStatus.NeedMoreData, readers[i].TryRead(
                    inputs[i].AsSpan(0, length), scratch, RequestText.Usual, out _, out _));
            }
        }

        for (int i = 0; i < readers.Length; i++)
        {
            readers[i].TryRead(inputs[i], scratch, RequestText.Usual, out RespRequest request, out _);
            Assert.Equal(200, request.Count);
            for (int argument = 0; argument < request.Count; argument++)
            {
                Assert.True(request[argument].SequenceEqual(inputs[i].AsSpan(10, 3)));
            }
        }
    }

    [Fact]
    public void Reading_whole_requests_allocates_nothing()
    {
        byte[] wire = Segments.BytesOf("*4\r\n$5\r\nSETEX\r\n$1\r\nk\r\n$4\r\n1440\r\n$5\r\nhello\r\n");
        var reader = default(RespReader);
        var scratch = new RespScratch();
        ReadMany(ref reader, scratch, wire);
        Assert.Equal(0, Allocations.Least(() => ReadMany(ref reader, scratch, wire)));
    }

    private static void ReadMany(ref RespReader reader, RespScratch scratch, byte[] wire)
    {
        for (int i = 0; i < 100; i++)
        {
            if (reader.TryRead(wire, scratch, RequestText.Usual, out _, out _) != ReadStatus.Done)
            {
                throw new InvalidOperationException("the sample is complete");
            }
        }
    }
}
