using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.UnitTests.Protocols.Resp;

public sealed class RespWriterTests
{
    [Fact]
    public void Simple_values()
    {
        Assert.Equal("+OK\r\n", Write(o => o.WriteOk()));
        Assert.Equal("+hi\r\n", Write(o => o.WriteSimple("hi"u8)));
        Assert.Equal("$-1\r\n", Write(o => o.WriteNull(2)));
        Assert.Equal("_\r\n", Write(o => o.WriteNull(3)));
        Assert.Equal("*-1\r\n", Write(o => o.WriteNullArray(2)));
        Assert.Equal("_\r\n", Write(o => o.WriteNullArray(3)));
        Assert.Equal(":1\r\n:0\r\n", Write(o => { o.WriteBoolean(true, 2); o.WriteBoolean(false, 2); }));
        Assert.Equal("#t\r\n#f\r\n", Write(o => { o.WriteBoolean(true, 3); o.WriteBoolean(false, 3); }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Integers(long value)
    {
        Assert.Equal($":{value}\r\n", Write(o => o.WriteInteger(value)));
        string digits = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"${digits.Length}\r\n{digits}\r\n", Write(o => o.WriteBulkNumber(value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_000)]
    public void Bulk_strings_of_any_length(int length)
    {
        string value = new('v', length);
        Assert.Equal($"${length}\r\n{value}\r\n", Write(o => o.WriteBulk(Encoding.ASCII.GetBytes(value).AsSpan())));
    }

    [Fact]
    public void Aggregates_are_arrays_in_resp2()
    {
        Assert.Equal("*3\r\n", Write(o => o.WriteArray(3)));
        Assert.Equal("*6\r\n%3\r\n", Write(o => { o.WriteMap(3, 2); o.WriteMap(3, 3); }));
        Assert.Equal("*3\r\n~3\r\n", Write(o => { o.WriteSet(3, 2); o.WriteSet(3, 3); }));
        Assert.Equal("*3\r\n>3\r\n", Write(o => { o.WritePush(3, 2); o.WritePush(3, 3); }));
    }

    [Fact]
    public void Doubles_and_verbatim_text_are_bulk_strings_in_resp2()
    {
        Assert.Equal("$3\r\n1.5\r\n,1.5\r\n", Write(o => { o.WriteDouble(1.5, 2); o.WriteDouble(1.5, 3); }));
        Assert.Equal(",inf\r\n,-inf\r\n", Write(o =>
        {
            o.WriteDouble(double.PositiveInfinity, 3);
            o.WriteDouble(double.NegativeInfinity, 3);
        }));
        Assert.Equal("$2\r\nhi\r\n", Write(o => o.WriteVerbatim("txt"u8, "hi"u8, 2)));
        Assert.Equal("=6\r\ntxt:hi\r\n", Write(o => o.WriteVerbatim("txt"u8, "hi"u8, 3)));
    }

    [Fact]
    public void A_value_beyond_the_limit_of_the_buffer_overflows_it()
    {
        using var output = new OutputBuffer(64, 1000);
        output.WriteBulk(new byte[2000].AsSpan());
        Assert.True(output.Overflowed);
    }

    private static string Write(Action<OutputBuffer> write)
    {
        using var output = new OutputBuffer(16, 2 << 20);
        write(output);
        return Encoding.ASCII.GetString(output.Written);
    }
}
