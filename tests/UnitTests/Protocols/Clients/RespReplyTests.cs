using SessionGateway.Protocols;
using SessionGateway.Protocols.Resp.Client;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Clients;

public sealed class RespReplyTests
{
    [Theory]
    [Wire("+OK\r\n", "+OK")]
    [Wire("+\r\n", "+")]
    [Wire("-ERR no such key\r\n:1\r\n", "-ERR no such key :1")]
    [Wire(":0\r\n:-1\r\n:9223372036854775807\r\n", ":0 :-1 :9223372036854775807")]
    [Wire("$5\r\nhello\r\n$0\r\n\r\n$-1\r\n", "$hello $ _")]
    [Wire("$4\r\n\r\n\r\n\r\n", "$\r\n\r\n")]
    [Wire("*0\r\n*-1\r\n_\r\n", "*[] _ _")]
    [Wire("*2\r\n$1\r\na\r\n:1\r\n", "*[$a :1]")]
    [Wire("*2\r\n*2\r\n*0\r\n+a\r\n*1\r\n$-1\r\n+end\r\n", "*[*[*[] +a] *[_]] +end")]
    [Wire("%2\r\n+a\r\n:1\r\n+b\r\n%1\r\n+c\r\n~0\r\n", "%[+a :1 +b %[+c ~[]]]")]
    [Wire(">3\r\n+message\r\n$1\r\nc\r\n$2\r\nhi\r\n", ">[+message $c $hi]")]
    [Wire("#t\r\n#f\r\n,1.5\r\n,inf\r\n,-inf\r\n,nan\r\n,1e-7\r\n", "#t #f ,1.5 ,inf ,-inf ,nan ,1e-7")]
    [Wire("(12345678901234567890123\r\n(-1\r\n", "(12345678901234567890123 (-1")]
    [Wire("=7\r\ntxt:abc\r\n!5\r\nERR x\r\n", "=txt:abc !ERR x")]
    [Wire("|1\r\n+ttl\r\n:5\r\n*2\r\n+a\r\n|1\r\n+x\r\n+y\r\n+b\r\n", "|[+ttl :5]*[+a |[+x +y]+b]")]
    [Wire("*2\r\n+a\r\n", "…")]
    [Wire("$5\r\nhell", "…")]
    [Wire("|0\r\n", "…")]
    public void Replies_are_read_in_every_cut(Segments wire, string expected) =>
        Assert.Equal(expected, ReplyText.Resp(wire));

    [Theory]
    [Wire("OK\r\n")]
    [Wire("+OK\n")]
    [Wire("+O\rK\r\n")]
    [Wire(":\r\n")]
    [Wire(":01\r\n")]
    [Wire(":9223372036854775808\r\n")]
    [Wire("$-2\r\n")]
    [Wire("$x\r\n")]
    [Wire("$1\r\nabc")]
    [Wire("*-2\r\n")]
    [Wire("%-1\r\n")]
    [Wire("_x\r\n")]
    [Wire("#x\r\n")]
    [Wire(",\r\n")]
    [Wire(",x\r\n")]
    [Wire("(\r\n")]
    [Wire("(1-\r\n")]
    [Wire("=3\r\ntxt\r\n")]
    [Wire("=5\r\ntxt-a\r\n")]
    [Wire("$1073741825\r\n")]
    [Wire("*2147483648\r\n")]
    public void What_is_no_reply_is_fatal_in_every_cut(Segments wire) => Assert.Equal("!", ReplyText.Resp(wire));

    [Fact]
    public void A_line_has_a_limit()
    {
        var scanner = default(RespReplyScanner);
        byte[] line = Segments.BytesOf("+" + new string('x', RespReplyHead.MaxLineBytes - 1) + "\r\n");
        Assert.Equal(ReplyStatus.Done, scanner.Scan(line, out int length));
        Assert.Equal(line.Length, length);
        line = Segments.BytesOf("+" + new string('x', RespReplyHead.MaxLineBytes + 1));
        Assert.Equal(ReplyStatus.NeedMoreData, scanner.Scan(line.AsSpan(..^2), out _));
        Assert.Equal(ReplyStatus.Fatal, scanner.Scan(line, out _));
    }

    [Fact]
    public void The_end_of_a_long_value_is_known_from_its_first_line()
    {
        var scanner = default(RespReplyScanner);
        Assert.Equal(ReplyStatus.NeedMoreData, scanner.Scan("*2\r\n+a\r\n$1000\r\nxy"u8, out _));
        Assert.Equal(4 + 4 + 7 + 1000 + 2, scanner.NeedBytes);
    }

    [Fact]
    public void Integers_and_errors_are_told()
    {
        var reader = new RespReplyReader(":42\r\n"u8);
        Assert.True(reader.Read());
        Assert.Equal(42, reader.Integer);
        Assert.False(reader.IsError);
        reader = new RespReplyReader("-x\r\n"u8);
        Assert.True(reader.Read());
        Assert.True(reader.IsError);
        Assert.Equal(0, reader.Integer);
    }
}
