using System.Text;

namespace SessionGateway.SessionsTests.Tree;

public class MaskingTests
{
    private static readonly SessionLimits Limits = new() { MaxDepth = 200_000, MaxNodes = 1_000_000 };

    [Fact]
    public void Masking_keeps_names_and_shape_and_says_type_and_length()
    {
        SessionTree tree = SessionFormats.Php.Decode(
            [.. "u|s:5:\"alice\";b|s:2:\""u8, 0xff, 0xfe,
                .. "\";i|i:-7;d|d:1.5;t|b:1;n|N;l|a:2:{i:0;s:1:\"x\";i:1;a:0:{}}"u8]);
        tree.MaskValues();
        Assert.StartsWith("u: text, 5 bytes\nb: binary, 2 bytes\n", Text(tree));
        Assert.Equal(
            """{"u":"text, 5 bytes","b":"binary, 2 bytes","i":"integer","d":"float","t":"boolean","n":null,"""
            + "\"l\":[\"text, 1 byte\",[]]}",
            Encoding.UTF8.GetString(SessionFormats.Json.Encode(tree)));
    }

    [Fact]
    public void A_masked_tree_holds_no_value_in_any_format()
    {
        SessionTree tree = SessionFormats.Php.Decode(
            "a|s:6:\"secret\";b|O:1:\"P\":1:{s:1:\"x\";s:6:\"secret\";}c|C:1:\"C\":6:{secret}d|E:8:\"E:secret"u8
                + "\";e|R:1;f|r:2;"u8);
        tree.MaskValues();
        foreach (ISessionFormat format in SessionFormats.All)
        {
            byte[] bytes = format.Encode(tree, new SessionEncodeOptions { Omitted = [] });
            Assert.Equal(-1, bytes.AsSpan().IndexOf("secret"u8));
        }

        Assert.Equal("""
            a: text, 6 bytes
            b:
              $class: P
              x: text, 6 bytes
            c:
              $class: C
              payload: binary, 6 bytes
            d:
              $class: E
              case: name of an enum case
            e: text, 6 bytes
            f:
              $ref: #/b

            """.ReplaceLineEndings("\n"), Text(tree));
    }

    [Fact]
    public void Cyclic_and_deep_sessions_are_masked_and_shown()
    {
        SessionTree cyclic = SessionFormats.Php.Decode("o|O:1:\"P\":1:{s:4:\"self\";r:1;}a|a:1:{i:0;R:3;}"u8);
        cyclic.MaskValues();
        Assert.Equal("o:\n  $class: P\n  self:\n    $ref: #/o\na:\n  [0]:\n    $ref: #/a\n", Text(cyclic));

        const int depth = 1000;
        SessionTree deep = SessionFormats.Php.Decode(
            Encoding.ASCII.GetBytes(
                "a|" + string.Concat(Enumerable.Repeat("a:1:{i:0;", depth)) + "i:1;" + new string('}', depth)), Limits);
        deep.MaskValues();
        Assert.EndsWith("[0]: integer\n", Text(deep));
    }

    [Fact]
    public void Text_shows_integers_of_any_size_and_escapes_what_a_terminal_would_obey()
    {
        SessionTree tree =
            SessionFormats.Php.Decode("n|i:9223372036854775807;\u001b|s:6:\"\u009b\u202e\"\";e|a:0:{}f f|d:0;"u8);
        Assert.Equal("n: 9223372036854775807\n\\u001b: \"\\u009b\\u202e\\\"\"\ne: []\n\"f f\": 0.0\n", Text(tree));
    }

    [Fact]
    public void Text_of_a_single_value_and_of_an_empty_session()
    {
        Assert.Equal("", Text(new SessionTree()));
        Assert.Equal("\"x\"\n", Text(SessionFormats.PhpValue.Decode("s:1:\"x\";"u8)));
        Assert.Equal("[0]: 1\n", Text(SessionFormats.PhpValue.Decode("a:1:{i:0;i:1;}"u8)));
    }

    [Fact]
    public void Text_stops_at_the_limits()
    {
        SessionTree tree = SessionFormats.Php.Decode("a|a:1:{i:0;a:1:{i:0;i:1;}}"u8);
        Assert.False(SessionText.TryWrite(tree, new SessionLimits { MaxDepth = 2 }, out _, out SessionError error));
        Assert.Equal(SessionErrorCode.TooDeep, error.Code);
    }

    private static string Text(SessionTree tree)
    {
        Assert.True(SessionText.TryWrite(tree, Limits, out string? text, out SessionError error), error.ToString());
        return text;
    }
}
