using System.Buffers;
using System.Text;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Hostile;

public class HostileTests
{
    private const int Deep = 50_000;

    // By name: the test framework writes every argument of a row into the name of its test, and these are megabytes.
    private static readonly Dictionary<string, Func<byte[]>> DeepPayloads = new()
    {
        ["php arrays"] = () => Encoding.ASCII.GetBytes("a|" + Repeat("a:1:{i:0;", Deep) + "N;" + Repeat("}", Deep)),
        ["php objects"] =
            () => Encoding.ASCII.GetBytes("a|" + Repeat("O:1:\"A\":1:{i:0;", Deep) + "N;" + Repeat("}", Deep)),
        ["php_binary arrays"] =
            () => Encoding.ASCII.GetBytes("\u0001a" + Repeat("a:1:{i:0;", Deep) + "N;" + Repeat("}", Deep)),
        ["php_serialize arrays"] = () => Encoding.ASCII.GetBytes(Repeat("a:1:{i:0;", Deep) + "N;" + Repeat("}", Deep)),
        ["igbinary arrays"] = () => [0, 0, 0, 2, .. Many([0x14, 1, 6, 0], Deep), 0],
        ["msgpack arrays"] = () => [0x81, 0xa1, (byte)'a', .. Many([0x91], Deep), 0xc0],
        ["json arrays"] = () => Encoding.ASCII.GetBytes("{\"a\":" + Repeat("[", Deep) + Repeat("]", Deep) + "}"),
        ["django-pickle lists"] = () => [0x80, 4, (byte)'}', 0x8c, 1, (byte)'a', .. Many("]"u8.ToArray(), Deep),
            .. Many("a"u8.ToArray(), Deep - 1), (byte)'s', (byte)'.'],
        ["java arrays"] = () => [0xac, 0xed, 0, 5, .. DeepObjectArrays()],
        ["java superclasses"] = () => [0xac, 0xed, 0, 5, (byte)'s', .. Many(SuperclassOf(), Deep)],
    };

    public static TheoryData<string> DeepNames() => [.. DeepPayloads.Keys];

    [Theory]
    [MemberData(nameof(DeepNames))]
    public void Nesting_50000_deep_is_refused_as_too_deep(string name)
    {
        string format = name.Split(' ')[0];
        byte[] bytes = DeepPayloads[name]();
        var limits = new SessionLimits { MaxBytes = 64 * 1024 * 1024 };
        Assert.False(
            SessionFormats.ByName(format)!.TryDecode(bytes, new SessionTree(), limits, out SessionError error));
        Assert.True(error.Code is SessionErrorCode.TooDeep or SessionErrorCode.TooManyNodes, error.ToString());
    }

    [Theory]
    [InlineData("php")]
    [InlineData("php_binary")]
    [InlineData("php_serialize")]
    [InlineData("igbinary")]
    [InlineData("msgpack")]
    [InlineData("json")]
    [InlineData("django-pickle")]
    public void With_a_limit_that_allows_it_nesting_50000_deep_is_read_written_copied_and_compared(string format)
    {
        var limits = new SessionLimits { MaxDepth = 3 * Deep, MaxNodes = 10 * Deep, MaxBytes = 64 * 1024 * 1024 };
        var options = new SessionEncodeOptions { Limits = limits };
        var tree = new SessionTree();
        SessionMap map = tree.Variables.Put("a").SetMap();
        for (int depth = 1; depth < Deep; depth++)
        {
            map = map.Put(0).SetMap();
        }

        byte[] bytes = SessionFormats.ByName(format)!.Encode(tree, options);
        SessionTree again = SessionFormats.ByName(format)!.Decode(bytes, limits);
        Assert.True(again.Root.ContentEquals(tree.Root));
        var copy = new SessionTree();
        copy.Root.Set(again.Root);
        Assert.Equal(bytes, SessionFormats.ByName(format)!.Encode(copy, options));
    }

    [Fact]
    public void Depth_64_is_read_and_written_and_65_is_not()
    {
        foreach ((int levels, bool fits) in new[] { (63, true), (64, false) })
        {
            byte[] bytes = Encoding.ASCII.GetBytes("a|" + Repeat("a:1:{i:0;", levels) + "N;" + Repeat("}", levels));
            Assert.Equal(fits,
                SessionFormats.Php.TryDecode(bytes, new SessionTree(), SessionLimits.Default, out SessionError error));
            Assert.Equal(fits ? SessionErrorCode.None : SessionErrorCode.TooDeep, error.Code);
            SessionTree tree = SessionFormats.Php.Decode(bytes, Vectors.Roomy);
            var output = new ArrayBufferWriter<byte>();
            Assert.Equal(fits, SessionFormats.Php.TryEncode(tree, output, SessionEncodeOptions.Default, out error));
            Assert.Equal(fits ? SessionErrorCode.None : SessionErrorCode.TooDeep, error.Code);
        }
    }

    public static TheoryData<string, byte[], SessionErrorCode> Lies() => new()
    {
        { "php", "a|s:999999999:\"x\";"u8.ToArray(), SessionErrorCode.BadLength },
        { "php", "a|s:99999999999999999999:\"x\";"u8.ToArray(), SessionErrorCode.BadLength },
        { "php", "a|a:1000000:{i:0;N;}"u8.ToArray(), SessionErrorCode.BadLength },
        { "php", "a|O:1:\"A\":1000000:{i:0;N;}"u8.ToArray(), SessionErrorCode.BadLength },
        { "php", "a|O:1:\"A\":-1:{}"u8.ToArray(), SessionErrorCode.BadLength },
        { "php", "a|C:1:\"A\":900:{abc}"u8.ToArray(), SessionErrorCode.BadLength },
        { "php", "a|r:1;"u8.ToArray(), SessionErrorCode.BadReference },
        { "php", "a|R:1;"u8.ToArray(), SessionErrorCode.BadReference },
        { "php", "a|i:1;b|R:9;"u8.ToArray(), SessionErrorCode.BadReference },
        { "php", "a|i:1;b|r:1;"u8.ToArray(), SessionErrorCode.BadReference },
        { "php", "a|i:1;b|R:99999999999999999999;"u8.ToArray(), SessionErrorCode.BadReference },
        { "php", "a|o:0:{}"u8.ToArray(), SessionErrorCode.Syntax },
        { "php", "a|O:4:\"a b!\":0:{}"u8.ToArray(), SessionErrorCode.Syntax },
        { "php", "a|E:5:\"Suit:\";"u8.ToArray(), SessionErrorCode.Syntax },
        { "php", "a|E:4:\"Suit\";"u8.ToArray(), SessionErrorCode.Syntax },
        { "php", "a|i:1;b"u8.ToArray(), SessionErrorCode.Truncated },
        { "php_serialize", "a:1:{i:0;i:1;}a:0:{}"u8.ToArray(), SessionErrorCode.TrailingBytes },
        { "php_serialize", "i:1;"u8.ToArray(), SessionErrorCode.NotASession },
        { "php_serialize", "O:8:\"stdClass\":1:{s:1:\"a\";i:1;}"u8.ToArray(), SessionErrorCode.NotASession },
        { "php_binary", [5, (byte)'a'], SessionErrorCode.Truncated },
        { "igbinary", [0, 0, 0, 3, 0x14, 0], SessionErrorCode.Unsupported },
        { "igbinary", [0, 0, 0, 2, 0x16, 0xff, 0xff, 0xff, 0xff], SessionErrorCode.BadLength },
        { "igbinary", [0, 0, 0, 2, 0x14, 1, 6, 0, 0x26, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            SessionErrorCode.BadLength },
        { "igbinary", [0, 0, 0, 2, 0x14, 1, 6, 0, 0x0e, 0], SessionErrorCode.BadReference },
        { "igbinary", [0, 0, 0, 2, 0x14, 1, 6, 0, 0x01, 9], SessionErrorCode.BadReference },
        { "igbinary", [0, 0, 0, 2, 0x14, 1, 6, 0, 0x01, 0], SessionErrorCode.BadReference },
        { "igbinary", [0, 0, 0, 2, 0x14, 0, 0xff], SessionErrorCode.TrailingBytes },
        { "igbinary", [0, 0, 0, 2, 0x14, 1, 6, 0, 0x25, 0x25, 0], SessionErrorCode.Syntax },
        { "igbinary", [0, 0, 0, 2, 0x06, 1], SessionErrorCode.NotASession },
        { "igbinary", [0, 0, 0, 2, 0x14, 1, 6, 0, 0x20, 0xff, 0, 0, 0, 0, 0, 0, 0], SessionErrorCode.Syntax },
        { "msgpack", [0xdf, 0xff, 0xff, 0xff, 0xff, 0], SessionErrorCode.BadLength },
        { "msgpack", [0x81, 0xa1, (byte)'a', 0xdb, 0xff, 0xff, 0xff, 0xff], SessionErrorCode.BadLength },
        { "msgpack", [0x81, 0xa1, (byte)'a', 0x82, 0xc0, 2, 0, 9], SessionErrorCode.BadReference },
        { "msgpack", [0x81, 0xa1, (byte)'a', 0xc1], SessionErrorCode.Syntax },
        { "msgpack", [0x81, 0x90, 1], SessionErrorCode.NotAllowed },
        { "msgpack", [0x92, 1, 2], SessionErrorCode.NotASession },
        { "aspnetcore", [2, 0xff, 0xff, 0xff, .. new byte[16]], SessionErrorCode.BadLength },
        { "aspnetcore", [2, 0, 0, 1, .. new byte[16], 0, 1, (byte)'k', 0xff, 0xff, 0xff, 0xff],
            SessionErrorCode.BadLength },
        { "aspnetcore", [2, 0, 0, 0, .. new byte[16], 1], SessionErrorCode.TrailingBytes },
        { "django-pickle", [0x80, 4, 0x95, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, (byte)'}', (byte)'.'],
            SessionErrorCode.BadLength },
        { "django-pickle", [0x80, 4, (byte)'}', (byte)'h', 9, (byte)'.'], SessionErrorCode.BadReference },
        { "django-pickle", [0x80, 4, (byte)'s', (byte)'.'], SessionErrorCode.Syntax },
        { "django-pickle", [0x80, 4, (byte)']', (byte)'.'], SessionErrorCode.NotASession },
        { "java", [0xac, 0xed, 0, 5, 0x71, 0, 0x7e, 0, 9], SessionErrorCode.BadReference },
        { "java", [0xac, 0xed, 0, 5, 0x7c, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            SessionErrorCode.BadLength },
        { "java", [0xac, 0xed, 0, 5, 0x74, 0, 1, 0xff], SessionErrorCode.Syntax },
        { "msm-java", [0, 2, 0xff, 0xff, .. new byte[60]], SessionErrorCode.BadLength },
        { "msm-java", [0, 9, 0, 0, .. new byte[60]], SessionErrorCode.Unsupported },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_lie_is_a_typed_error_with_an_offset_inside_the_input(string format, byte[] bytes,
        SessionErrorCode expected)
    {
        SessionTree tree = SessionFormats.Php.Decode("left|i:1;"u8);
        Assert.False(
            SessionFormats.ByName(format)!.TryDecode(bytes, tree, SessionLimits.Default, out SessionError error));
        Assert.Equal(expected, error.Code);
        Assert.InRange(error.Offset, 0, bytes.Length);
        Assert.Equal(0, tree.Variables.Count);
    }

    [Fact]
    public void Limits_on_size_names_and_values_are_exact()
    {
        byte[] bytes = "abc|a:2:{i:0;N;i:1;N;}"u8.ToArray();
        Check(new SessionLimits { MaxBytes = bytes.Length }, SessionErrorCode.None);
        Check(new SessionLimits { MaxBytes = bytes.Length - 1 }, SessionErrorCode.TooLarge);
        Check(new SessionLimits { MaxNameBytes = 3 }, SessionErrorCode.None);
        Check(new SessionLimits { MaxNameBytes = 2 }, SessionErrorCode.NameTooLong);
        Check(new SessionLimits { MaxNodes = 3 }, SessionErrorCode.None);
        Check(new SessionLimits { MaxNodes = 2 }, SessionErrorCode.TooManyNodes);

        void Check(SessionLimits limits, SessionErrorCode expected)
        {
            SessionFormats.Php.TryDecode(bytes, new SessionTree(), limits, out SessionError error);
            Assert.Equal(expected, error.Code);
        }
    }

    [Fact]
    public void One_long_string_referred_to_50000_times_stops_at_the_limit_on_expansion()
    {
        // igbinary: two bytes each for a string of 100 KB, 5 GB in PHP's own format.
        byte[] bytes = [0, 0, 0, 2, 0x15, 0xbf, 0x68, 6, 0, 0x13, 0, 1, 0x86, 0xa0, .. new byte[100_000]];
        IEnumerable<byte> rest =
            Enumerable.Range(1, 48_999).SelectMany(i => new byte[] { 8, (byte)(i >> 8), (byte)i, 0x0e, 0 });
        SessionTree tree = SessionFormats.Igbinary.Decode([.. bytes, .. rest]);
        Assert.Equal(49_000, tree.Variables.Count);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool written = SessionFormats.PhpSerialize.TryEncode(tree, new ArrayBufferWriter<byte>(),
            SessionEncodeOptions.Default, out SessionError error);
        Assert.False(written);
        Assert.Equal(SessionErrorCode.Expansion, error.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40 * 1024 * 1024);
    }

    [Fact]
    public void Arrays_shared_by_arrays_30_levels_up_stop_at_the_limit_on_values()
    {
        // igbinary: [[x, same], same]…: two to the power of thirty values when written out.
        var bytes = new List<byte> { 0, 0, 0, 2 };
        bytes.AddRange(Many([0x14, 2, 6, 0], 30));
        bytes.Add(0);
        for (int level = 29; level >= 0; level--)
        {
            bytes.AddRange(level == 29 ? new byte[] { 6, 1, 0 } : [6, 1, 1, (byte)(level + 1)]);
        }

        SessionTree tree = SessionFormats.Igbinary.Decode([.. bytes]);
        Assert.Equal([.. bytes], SessionFormats.Igbinary.Encode(tree));
        Assert.False(
            SessionFormats.PhpSerialize.TryEncode(tree, new ArrayBufferWriter<byte>(), SessionEncodeOptions.Default,
                out SessionError error));
        Assert.True(error.Code is SessionErrorCode.TooManyNodes or SessionErrorCode.Expansion);
    }

    [Fact]
    public void Keys_that_all_repeat_are_one_entry_and_take_time_in_proportion()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(
            "a|a:40000:{" + Repeat("s:1:\"k\";i:1;", 20_000) + Repeat("i:7;i:1;", 20_000) + "}");
        SessionTree tree = SessionFormats.Php.Decode(bytes);
        Assert.Equal(["k", "7"], tree.Variables["a"].AsMap().Select(entry => entry.Key.ToString()));
    }

    [Fact]
    public void A_session_of_one_handler_read_by_another_is_refused_or_has_no_objects()
    {
        // The classic confusion: php reading php_serialize, with an object in a string that a user typed.
        byte[] bytes = "a:1:{s:4:\"name\";s:24:\"x|O:4:\"Evil\":0:{}y|i:1;z\";}"u8.ToArray();
        Assert.Same(SessionFormats.PhpSerialize, SessionFormats.Detect(bytes));
        Assert.False(SessionFormats.Php.TryDecode(bytes, new SessionTree(), SessionLimits.Default, out _));
    }

    private static string Repeat(string text, int count) =>
        new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static IEnumerable<byte> Many(byte[] bytes, int count) =>
        Enumerable.Repeat(bytes, count).SelectMany(b => b);

    /// <summary>Object[] in Object[] and so on: the class once, then its handle.</summary>
    private static IEnumerable<byte> DeepObjectArrays()
    {
        byte[] name = [.. "[Ljava.lang.Object;"u8];
        byte[] first = [0x75, 0x72, 0, (byte)name.Length, .. name, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0x78, 0x70, 0, 0, 0,
            1];
        return first.Concat(Many([0x75, 0x71, 0, 0x7e, 0, 0, 0, 0, 0, 1], Deep)).Append((byte)0x70);
    }

    /// <summary>A class without fields whose superclass follows, and so on.</summary>
    private static byte[] SuperclassOf() => [0x72, 0, 1, (byte)'A', 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0x78];
}
