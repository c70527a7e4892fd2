using System.Security.Cryptography;
using System.Text;
using Sha1 = SessionGateway.Scripting.Sha1;

namespace SessionGateway.UnitTests.Scripting;

public sealed class Sha1Tests
{
    [Theory]
    [InlineData("", "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("abc", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("return 1", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db")]
    public void Names_are_those_of_redis(string text, string name) =>
        Assert.Equal(name, Convert.ToHexStringLower(NameOf(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Texts_of_every_length_have_the_name_that_the_library_gives_them()
    {
        byte[] text = new byte[1000];
        new Random(7).NextBytes(text);
        for (int length = 0; length <= text.Length; length++)
        {
            ReadOnlySpan<byte> part = text.AsSpan(0, length);
            Assert.Equal(SHA1.HashData(part), NameOf(part));
        }
    }

    private static byte[] NameOf(ReadOnlySpan<byte> text)
    {
        byte[] name = new byte[Sha1.Bytes];
        Sha1.Of(text, name);
        return name;
    }
}
