using SessionGateway.Durability.Checksums;

namespace SessionGateway.DurabilityTests.Format;

public sealed class Crc32CTests
{
    [Theory]
    [InlineData("123456789", 0xE3069283)]
    [InlineData("", 0x00000000)]
    public void The_check_value_of_the_polynomial_comes_out(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Of(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_vectors_of_RFC_3720_come_out()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
    }

    [Fact]
    public void Instruction_table_and_bit_by_bit_agree_for_every_length_and_cut()
    {
        byte[] bytes = new byte[300];
        new Random(1).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(0, length);
            uint slow = BitByBit(part);
            Assert.Equal(slow, Crc32C.Of(part));
            Assert.Equal(slow, Crc32C.End(Crc32C.AppendByTable(Crc32C.Start, part)));
            int cut = length / 3;
            Assert.Equal(slow, Crc32C.End(Crc32C.Append(Crc32C.Append(Crc32C.Start, part[..cut]), part[cut..])));
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool isSet = ((sum ^ (uint)(b >> bit)) & 1) != 0;
                sum = (sum >> 1) ^ (isSet ? 0x82F63B78u : 0);
            }
        }

        return ~sum;
    }
}
