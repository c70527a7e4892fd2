using System.Globalization;
using System.Text;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Php;

/// <summary>What PHP 8.2's session_decode accepts and refuses, form by form; the compat tests ask PHP itself.</summary>
public class PhpGrammarTests
{
    [Theory]
    [InlineData("a|i:1;a|i:2;", "a|i:2;")]
    [InlineData("|i:1;", "|i:1;")]
    [InlineData("a|S:2:\"\\61b\";", "a|s:2:\"ab\";")]
    [InlineData("a|i:99999999999999999999;", "a|i:9223372036854775807;")]
    [InlineData("a|i:18446744073709551617;", "a|i:9223372036854775807;")]
    [InlineData("a|i:-99999999999999999999;", "a|i:-9223372036854775808;")]
    [InlineData("a|i:-9223372036854775808;", "a|i:-9223372036854775808;")]
    [InlineData("a|i:+5;", "a|i:5;")]
    [InlineData("a|i:005;", "a|i:5;")]
    [InlineData("a|d:.5;", "a|d:0.5;")]
    [InlineData("a|d:5.;", "a|d:5;")]
    [InlineData("a|d:1e5;", "a|d:100000;")]
    [InlineData("a|d:-0;", "a|d:-0;")]
    [InlineData("a|d:1E400;", "a|d:INF;")]
    [InlineData("a|s:01:\"b\";", "a|s:1:\"b\";")]
    [InlineData("a|a:1:{s:1:\"7\";i:1;}", "a|a:1:{i:7;i:1;}")]
    [InlineData("a|a:2:{s:2:\"07\";i:1;s:2:\"-0\";i:2;}", "a|a:2:{s:2:\"07\";i:1;s:2:\"-0\";i:2;}")]
    [InlineData("a|a:2:{i:0;i:1;i:0;i:2;}", "a|a:1:{i:0;i:2;}")]
    [InlineData("a|a:1:{i:0;R:1;}", "a|a:1:{i:0;R:1;}")]
    [InlineData("a|O:3:\"Foo\":0:{}b|r:1;c|r:2;d|R:2;", "a|O:3:\"Foo\":0:{}b|R:1;c|r:1;d|R:1;")]
    [InlineData("a|O:3:\"Foo\"::{}", "a|O:3:\"Foo\":0:{}")]
    [InlineData("a|O:3:\"Foo\":+1:{s:1:\"a\";i:1;}", "a|O:3:\"Foo\":1:{s:1:\"a\";i:1;}")]
    [InlineData("a|C:3:\"Foo\":+3:{abc}", "a|C:3:\"Foo\":3:{abc}")]
    [InlineData("a|O:1:\"1\":0:{}", "a|O:1:\"1\":0:{}")]
    [InlineData("_SESSION|i:1;GLOBALS|i:2;", "_SESSION|i:1;GLOBALS|i:2;")]
    public void PHP_accepts_it(string session, string normal) =>
        Assert.Equal(normal,
            Encoding.ASCII.GetString(
                SessionFormats.Php.Encode(SessionFormats.Php.Decode(Encoding.ASCII.GetBytes(session)))));

    [Theory]
    [InlineData("a|i:1;b")]
    [InlineData("a|i:1;xyz|")]
    [InlineData("a|i:1;!b|c|i:3;")]
    [InlineData("a|i:-;")]
    [InlineData("a|i:;")]
    [InlineData("a|i:1 ;")]
    [InlineData("a|d:+INF;")]
    [InlineData("a|d:;")]
    [InlineData("a|d:1e;")]
    [InlineData("a|d:.;")]
    [InlineData("a|d: 1;")]
    [InlineData("a|b:2;")]
    [InlineData("a|s:+1:\"b\";")]
    [InlineData("a|S:2:\"\\6gb\";")]
    [InlineData("a|a:+1:{i:0;i:1;}")]
    [InlineData("a|a:-1:{}")]
    [InlineData("a|a:1:{b:1;i:1;}")]
    [InlineData("a|a:1:{d:1;i:1;}")]
    [InlineData("a|a:1:{i:0;i:1;")]
    [InlineData("a|a:1:{i:1;i:1;i:2;i:2;}")]
    [InlineData("a|O:0:\"\":0:{}")]
    [InlineData("a|O:4:\"a b!\":0:{}")]
    [InlineData("a|O:+3:\"Foo\":0:{}")]
    [InlineData("a|O:3:\"Foo\":0:{};")]
    [InlineData("a|O:3:\"foo\":1:{N;i:1;}")]
    [InlineData("a|r:1;")]
    [InlineData("a|R:1;")]
    [InlineData("a|i:1;b|R:1;c|r:1;")]
    [InlineData("a|o:0:{}")]
    public void PHP_refuses_it(string session)
    {
        Assert.False(
            SessionFormats.Php.TryDecode(Encoding.ASCII.GetBytes(session), new SessionTree(), SessionLimits.Default,
                out SessionError error));
        Assert.InRange(error.Offset, 0, session.Length);
    }

    [Fact]
    public void Values_inside_the_payload_of_a_Serializable_use_up_numbers()
    {
        // What PHP writes for [new C([1, 2, 3]), $p, $p], by the way C::serialize() makes its payload.
        string[] written =
        [
            "a:3:{i:0;C:2:\"CS\":30:{a:3:{i:0;i:1;i:1;i:2;i:2;i:3;}}i:1;O:1:\"P\":1:{s:1:\"x\";i:1;}i:2;r:7;}",
            "a:3:{i:0;C:3:\"CS2\":32:{x:a:3:{i:0;i:1;i:1;i:2;i:2;i:3;}}i:1;O:1:\"P\":1:{s:1:\"x\";i:1;}i:2;r:7;}",
            "a:3:{i:0;C:3:\"CS3\":7:{[1,2,3]}i:1;O:1:\"P\":1:{s:1:\"x\";i:1;}i:2;r:3;}",
            "a:3:{i:0;C:3:\"CS4\":34:{a:3:{i:0;i:1;i:1;i:2;i:2;i:3;}i:1;}i:1;O:1:\"P\":1:{s:1:\"x\";i:1;}i:2;r:8;}",
            "a:3:{i:0;O:1:\"P\":1:{s:1:\"x\";i:1;}i:1;C:2:\"CS\":30:{a:3:{i:0;r:2;i:1;i:2;i:2;i:3;}}i:2;r:2;}",
        ];
        foreach (string text in written)
        {
            SessionTree tree = SessionFormats.PhpValue.Decode(Encoding.ASCII.GetBytes(text));
            SessionMap list = tree.Variables;
            Assert.Equal("P", list[2].AsObject().ClassName);
            Assert.True(
                list[2].AsObject().IsSame(list[text.Contains("r:2;i:1", StringComparison.Ordinal) ? 0 : 1].AsObject()));
            Assert.Equal(text, Encoding.ASCII.GetString(SessionFormats.PhpValue.Encode(tree)));
        }
    }

    [Fact]
    public void Names_that_a_handler_cannot_hold_are_refused_or_left_out()
    {
        var tree = new SessionTree();
        tree.Variables.Set("pi|pe", 1L);
        tree.Variables.Put(7).Set(2L);
        tree.Variables.Set(new string('n', 128), 3L);
        tree.Variables.Set("ok", 4L);
        Check(SessionFormats.Php, ["pi|pe", "7"]);
        Check(SessionFormats.PhpBinary, ["7", new string('n', 128)]);
        Check(SessionFormats.PhpSerialize, []);
        Check(SessionFormats.Igbinary, []);

        void Check(ISessionFormat format, string[] impossible)
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            Assert.Equal(impossible.Length == 0,
                format.TryEncode(tree, output, SessionEncodeOptions.Default, out SessionError error));
            Assert.Equal(impossible.Length == 0 ? SessionErrorCode.None : SessionErrorCode.NotRepresentable,
                error.Code);
            var omitted = new List<string>();
            SessionTree again = format.Decode(format.Encode(tree, new SessionEncodeOptions { Omitted = omitted }));
            Assert.Equal(impossible, omitted);
            Assert.Equal(4 - impossible.Length, again.Variables.Count);
            Assert.Equal(4, again.Variables["ok"].AsInt64());
        }
    }

    [Fact]
    public void An_array_that_igbinary_shares_gets_its_own_copy_when_it_is_written()
    {
        // [ 'a' => [], 'b' => [], 'c' => [[1], 2], 'd' => the same ] as PHP writes it.
        byte[] bytes =
        [
            0, 0, 0, 2, 0x14, 4, 0x11, 1, (byte)'a', 0x14, 0, 0x11, 1, (byte)'b', 1, 1,
            0x11, 1, (byte)'c', 0x14, 2, 6, 0, 0x14, 1, 6, 0, 6, 1, 6, 1, 6, 2, 0x11, 1, (byte)'d', 1, 2,
        ];
        SessionTree tree = SessionFormats.Igbinary.Decode(bytes);
        Assert.Equal(bytes, SessionFormats.Igbinary.Encode(tree));
        tree.Variables["b"].AsMap().Append().Set("x");
        tree.Variables["d"].AsMap()[0].AsMap().Put(0).Set(5L);
        string expected =
            "a|a:0:{}b|a:1:{i:0;s:1:\"x\";}c|a:2:{i:0;a:1:{i:0;i:1;}i:1;i:2;}d|a:2:{i:0;a:1:{i:0;i:5;}i:1;i"
                + ":2;}";
        Assert.Equal(expected, Encoding.ASCII.GetString(SessionFormats.Php.Encode(tree)));
    }

    [Theory]
    [InlineData(new byte[] { 0x81, (byte)'a', (byte)'i', (byte)':', (byte)'1', (byte)';' })]
    [InlineData(new byte[] { 1, (byte)'a', (byte)'i', (byte)':', (byte)'1', (byte)';' })]
    public void The_eighth_bit_of_a_length_in_php_binary_is_ignored(byte[] bytes) =>
        Assert.Equal(1, SessionFormats.PhpBinary.Decode(bytes).Variables["a"].AsInt64());

    [Fact]
    public void Text_of_doubles_is_the_text_of_PHP()
    {
        // Bits and text as PHP 8.2 wrote them with serialize_precision -1: edges of both notations, then random bits.
        string[] lines = File.ReadAllLines(Path.Combine(Vectors.Root, "..", "Php", "doubles.txt"));
        Assert.True(lines.Length > 500);
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ');
            var tree = new SessionTree();
            tree.Variables.Set("d", BitConverter.Int64BitsToDouble(Convert.ToInt64(fields[0], 16)));
            Assert.Equal($"d|d:{fields[1]};", Encoding.ASCII.GetString(SessionFormats.Php.Encode(tree)));
        }
    }

    [Fact]
    public void Short_decimals_are_written_as_the_shortest_text_and_read_back_exactly()
    {
        var random = new Random(15);
        for (int i = 0; i < 100_000; i++)
        {
            // Up to 16 digits with up to 6 of them behind the point: across the borders of the short way.
            double decimals = Math.Pow(10, random.Next(7));
            double number = Math.Round(random.NextInt64(0, (long)Math.Pow(10, random.Next(1, 17))) / decimals, 6)
                * (random.Next(2) * 2 - 1);
            if (Math.Abs(number) is < 1e-4 or >= 1e15)
            {
                continue;
            }

            // .NET's own shortest text has no exponent in this range.
            string text = $"a|d:{number.ToString(CultureInfo.InvariantCulture)};";
            SessionTree tree = SessionFormats.Php.Decode(Encoding.ASCII.GetBytes(text));
            Assert.Equal(BitConverter.DoubleToInt64Bits(number),
                BitConverter.DoubleToInt64Bits(tree.Variables["a"].AsDouble()));
            Assert.Equal(text, Encoding.ASCII.GetString(SessionFormats.Php.Encode(tree)));
        }
    }
}
