using System.Text.Json;
using SessionGateway.Sessions.Igbinary;
using SessionGateway.Sessions.Php;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Php;

public class PhpVectorTests
{
    private static readonly Dictionary<string, ISessionFormat> Formats = new()
    {
        ["php"] = new PhpFormat(),
        ["php_binary"] = new PhpBinaryFormat(),
        ["php_serialize"] = new PhpSerializeFormat(),
        ["igbinary"] = new IgbinaryFormat(),
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string folder in Formats.Keys)
        {
            foreach (string name in Vectors.Names(folder))
            {
                cases.Add(folder, name);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_vector_decodes_to_the_value_that_PHP_described(string folder, string name)
    {
        JsonElement description = Vectors.Json(folder, name);
        SessionTree tree = Formats[folder].Decode(Vectors.Bytes(folder, name), Vectors.Roomy);

        // The text handlers drop integer and long names on writing: what PHP reads back is then the value.
        bool written = folder == "igbinary" || description.GetProperty("roundtrip_equal").GetBoolean();
        PhpDescription.AssertMatches(description.GetProperty(written ? "value" : "decoded_by_php"), tree.Root);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_decoded_vector_encodes_to_the_same_bytes(string folder, string name)
    {
        byte[] bytes = Vectors.Bytes(folder, name);
        SessionTree tree = Formats[folder].Decode(bytes, Vectors.Roomy);
        Assert.Equal(bytes, Formats[folder].Encode(tree, Vectors.RoomyEncode));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_copy_of_a_decoded_vector_is_equal_and_encodes_to_the_same_bytes(string folder, string name)
    {
        byte[] bytes = Vectors.Bytes(folder, name);
        SessionTree tree = Formats[folder].Decode(bytes, Vectors.Roomy);
        var copy = new SessionTree();
        copy.Root.Set(tree.Root);
        Assert.True(copy.Root.ContentEquals(tree.Root));
        Assert.Equal(bytes, Formats[folder].Encode(copy, Vectors.RoomyEncode));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_prefix_of_a_vector_is_refused_or_is_a_session_of_whole_variables(string folder, string name)
    {
        byte[] bytes = Vectors.Bytes(folder, name);
        ISessionFormat format = Formats[folder];
        var tree = new SessionTree();
        int step = Math.Max(1, bytes.Length / 400);
        for (int length = 0; length < bytes.Length; length += step)
        {
            if (format.TryDecode(bytes.AsSpan(0, length), tree, Vectors.Roomy, out SessionError error))
            {
                Assert.True(length == 0 || folder is "php" or "php_binary", $"prefix of {length} bytes");
                Assert.Equal(length == 0, tree.Variables.Count == 0);
                Assert.True(
                    length == 0 || bytes.AsSpan(0, length).SequenceEqual(format.Encode(tree, Vectors.RoomyEncode)));
            }
            else
            {
                Assert.InRange(error.Offset, 0, length);
            }
        }
    }
}
