using System.Globalization;
using System.Numerics;
using System.Text;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.UnitTests.Protocols.Memcached;

public sealed class TextNumbersTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1", -1)]
    [InlineData("2147483647", 2147483647)]
    [InlineData("4294967295", -1)]
    [InlineData("4292375296", -2592000)]
    [InlineData("4292375295", 4292375295)]
    [InlineData("2147483648", 2147483648)]
    [InlineData("4102444800", 4102444800)]
    [InlineData("4294967296", 0)]
    [InlineData("6442450944", -2147483648)]
    [InlineData("8589934591", -1)]
    [InlineData("9223372036854775807", -1)]
    [InlineData("-2147483648", -2147483648)]
    [InlineData("-2147483649", 2147483647)]
    [InlineData("-9223372036854775808", 0)]
    public void An_exptime_keeps_32_bits_and_the_times_from_2038_to_2106(string word, long exptime)
    {
        Assert.True(TextNumbers.TryExptime(Encoding.ASCII.GetBytes(word), out long read));
        Assert.Equal(exptime, read);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999999")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("1x")]
    [InlineData("0x1")]
    [InlineData("1.5")]
    [InlineData("\t")]
    public void What_is_no_number_of_64_bits_is_refused(string word) =>
        Assert.False(TextNumbers.TryInt64(Encoding.ASCII.GetBytes(word), out _));

    [Theory]
    [InlineData("\t5", 5)]
    [InlineData("\v\f+5", 5)]
    [InlineData("5\r", 5)]
    [InlineData("5\tabc", 5)]
    [InlineData("5\0abc", 5)]
    [InlineData("0005", 5)]
    public void White_space_ends_a_number_and_may_stand_before_it(string word, long number)
    {
        Assert.True(TextNumbers.TryInt64(Encoding.ASCII.GetBytes(word), out long read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("4294967297", 1u)]
    [InlineData("18446744073709551615", uint.MaxValue)]
    [InlineData("-18446744073709551615", 1u)]
    [InlineData("9223372036854775808", 0u)]
    public void Flags_keep_their_low_bits(string word, uint flags)
    {
        Assert.True(TextNumbers.TryUInt32(Encoding.ASCII.GetBytes(word), out uint read));
        Assert.Equal(flags, read);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551616")]
    [InlineData("-18446744073709551616")]
    [InlineData("9223372036854775808\t-")]
    public void An_unsigned_number_whose_top_bit_a_sign_has_set_is_refused(string word) =>
        Assert.False(TextNumbers.TryUInt64(Encoding.ASCII.GetBytes(word), out _));

    [Fact]
    public void Numbers_around_every_power_of_two_are_read_as_slow_arithmetic_reads_them()
    {
        for (int bits = 0; bits <= 70; bits++)
        {
            for (int near = -2; near <= 2; near++)
            {
                Check((BigInteger.One << bits) + near);
                Check(-(BigInteger.One << bits) + near);
            }
        }
    }

    private static void Check(BigInteger number)
    {
        byte[] word = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
        bool isSigned = number >= long.MinValue && number <= long.MaxValue;
        Assert.Equal(isSigned, TextNumbers.TryInt64(word, out long signed));
        Assert.Equal(isSigned ? (long)number : 0, signed);

        var magnitude = BigInteger.Abs(number);
        ulong wrapped = (ulong)(((number % (BigInteger.One << 64)) + (BigInteger.One << 64)) % (BigInteger.One << 64));
        bool isUnsigned = magnitude <= ulong.MaxValue && (number >= 0 || (long)wrapped >= 0);
        Assert.Equal(isUnsigned, TextNumbers.TryUInt64(word, out ulong unsigned));
        Assert.Equal(isUnsigned ? wrapped : 0, unsigned);
    }
}
