using System.Text;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Other;

public class MessagePackTests
{
    // References: msgpack-php writes those to scalars as plain values. Enums: it writes them as objects, and cannot
    // read them.
    private static readonly string[] Lossy = ["enums", "ref_in_array", "ref_mixed", "ref_scalar_vars", "key_numeric"];

    public static TheoryData<string> Faithful()
    {
        var names = new TheoryData<string>();
        foreach (string name in Vectors.Names("msgpack"))
        {
            if (!Lossy.Contains(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Faithful))]
    public void A_vector_decodes_to_the_value_that_PHP_described(string name)
    {
        SessionTree tree = SessionFormats.MessagePack.Decode(Vectors.Bytes("msgpack", name), Vectors.Roomy);
        PhpDescription.AssertMatches(Vectors.Json("msgpack", name).GetProperty("value"), tree.Root);
    }

    [Fact]
    public void A_key_that_PHP_skips_on_reading_is_kept()
    {
        SessionTree tree = SessionFormats.MessagePack.Decode(Vectors.Bytes("msgpack", "key_numeric"));
        PhpDescription.AssertMatches(Vectors.Json("msgpack", "key_numeric").GetProperty("value"), tree.Root);
    }

    [Fact]
    public void An_enum_that_msgpack_php_wrote_is_an_object_with_its_name()
    {
        SessionMap variables = SessionFormats.MessagePack.Decode(Vectors.Bytes("msgpack", "enums")).Variables;
        Assert.Equal(@"App\Model\Suit", variables["h"].AsObject().ClassName);
        Assert.Equal("Hearts", variables["h"].AsObject().Properties["name"].AsString());
        Assert.True(variables["h2"].AsObject().IsSame(variables["h"].AsObject()));
    }

    [Fact]
    public void Objects_that_were_met_before_are_the_same_objects()
    {
        SessionMap variables = SessionFormats.MessagePack.Decode(Vectors.Bytes("msgpack", "ref_mixed")).Variables;
        Assert.Equal("Point", variables["r1"].AsObject().ClassName);
        Assert.True(variables["plain"].AsObject().IsSame(variables["r1"].AsObject()));
        Assert.True(variables["r2"].IsReference);
        Assert.Equal(4, variables["after"].AsObject().Properties["y"].AsInt64());

        // PHP itself gives an array here: its reader does not count as its writer does.
        Assert.True(variables["again"].AsObject().IsSame(variables["after"].AsObject()));
        Assert.Equal("v", variables["arr"].AsMap()["c"].AsString());
    }

    [Fact]
    public void Plain_values_written_and_read_again_are_equal()
    {
        var tree = new SessionTree();
        SessionMap variables = tree.Variables;
        foreach (long number in new[] { 0, 1, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, long.MaxValue,
            -1, -32, -33, -128, -129, -32768, -32769, int.MinValue, -2147483649, long.MinValue })
        {
            variables.Set("n" + number, number);
        }

        foreach (int length in new[] { 0, 31, 32, 255, 256, 65535, 65536 })
        {
            variables.Set("s" + length, new string('x', length));
            variables.Put("b" + length).Set(new byte[length], SessionHint.Binary);
        }

        SessionMap list = variables.Put("list").SetMap(SessionHint.List);
        for (int i = 0; i < 70_000; i++)
        {
            list.Put(i).Set(i % 2 == 0);
        }

        variables.Put("empty").SetMap(SessionHint.Dictionary);
        variables.Set("d", 1.5);
        var options = new SessionEncodeOptions { Limits = new SessionLimits { MaxNodes = 100_000 } };
        SessionTree again =
            SessionFormats.MessagePack.Decode(SessionFormats.MessagePack.Encode(tree, options), options.Limits);
        Assert.True(tree.Root.ContentEquals(again.Root));
        Assert.Equal(SessionHint.Binary, again.Variables["b31"].Hint);
    }

    [Fact]
    public void An_extension_type_is_kept_as_data()
    {
        byte[] bytes = [0x81, 0xa1, (byte)'t', 0xd6, 0xff, 1, 2, 3, 4];
        SessionTree tree = SessionFormats.MessagePack.Decode(bytes);
        Assert.Equal("msgpack-ext:-1", tree.Variables["t"].AsObject().ClassName);
        Assert.Equal([1, 2, 3, 4], tree.Variables["t"].AsObject().Payload.ToArray());
        SessionTree again = SessionFormats.MessagePack.Decode(SessionFormats.MessagePack.Encode(tree));
        Assert.True(tree.Root.ContentEquals(again.Root));
    }

    [Fact]
    public void A_number_beyond_int64_is_text_and_is_written_as_a_number_again()
    {
        byte[] bytes = [0x81, 0xa1, (byte)'n', 0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        SessionTree tree = SessionFormats.MessagePack.Decode(bytes);
        Assert.Equal(ulong.MaxValue.ToString(), tree.Variables["n"].AsString());
        Assert.Equal(bytes, SessionFormats.MessagePack.Encode(tree));
    }
}
