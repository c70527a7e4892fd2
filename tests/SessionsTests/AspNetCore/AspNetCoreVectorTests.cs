using System.Text;
using System.Text.Json;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.AspNetCore;

public class AspNetCoreVectorTests
{
    public static TheoryData<string> Names() => Vectors.Names("aspnetcore-session");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vector_decodes_to_the_entries_that_AspNetCore_described_and_encodes_to_the_same_bytes(string name)
    {
        byte[] bytes = Vectors.Bytes("aspnetcore-session", name);
        JsonElement description = Vectors.Json("aspnetcore-session", name);
        SessionTree tree = SessionFormats.AspNetCore.Decode(bytes, Vectors.Roomy);

        ReadOnlyMemory<byte> id = Assert.IsType<AspNetCoreSession>(tree.Metadata).Id;
        Assert.Equal(description.GetProperty("session_id").GetString(), new Guid(id.Span).ToString());
        var entries = description.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(entries.Count, tree.Variables.Count);
        foreach ((JsonElement expected, SessionEntry entry) in entries.Zip(tree.Variables))
        {
            Assert.Equal(expected.GetProperty("key_len").GetInt32(), entry.Key.Bytes.Length);
            Assert.True(expected.GetProperty("key").GetString() is not { } key || key == entry.Key.ToString());
            Assert.Equal(expected.GetProperty("hex").GetString(), Convert.ToHexStringLower(entry.Value.AsBytes()));
        }

        Assert.Equal(bytes, SessionFormats.AspNetCore.Encode(tree, Vectors.RoomyEncode));
    }

    [Fact]
    public void Values_of_a_PHP_session_are_written_as_the_documented_bytes()
    {
        SessionTree tree = SessionFormats.Php.Decode(
            "i|i:-2;big|i:4294967296;s|s:4:\"hé!\";b|b:1;d|d:1.5;n|N;l|a:2:{i:0;i:1;i:1;s:1:\"x\";}"u8);
        SessionMap entries = SessionFormats.AspNetCore.Decode(SessionFormats.AspNetCore.Encode(tree)).Variables;
        Assert.Equal([0xff, 0xff, 0xff, 0xfe], entries["i"].AsBytes().ToArray());
        Assert.Equal("4294967296", entries["big"].AsString());
        Assert.Equal("true", entries["b"].AsString());
        Assert.Equal("1.5", entries["d"].AsString());
        Assert.Equal("[1,\"x\"]", entries["l"].AsString());
        Assert.False(entries["n"].Exists);
    }

    [Fact]
    public void Bytes_set_through_ISession_keep_the_kind_that_the_place_has()
    {
        SessionTree tree =
            SessionFormats.Php.Decode("i|i:5;big|i:4294967296;b|b:1;d|d:1.5;l|a:1:{i:0;i:1;}s|s:1:\"x\";"u8);
        SessionMap variables = tree.Variables;
        AspNetCoreValues.FromBytes(variables["i"], [0, 0, 1, 0]);
        AspNetCoreValues.FromBytes(variables["big"], "4294967297"u8);
        AspNetCoreValues.FromBytes(variables["b"], "false"u8);
        AspNetCoreValues.FromBytes(variables["d"], "2.5"u8);
        AspNetCoreValues.FromBytes(variables["l"], "[1,{\"a\":null}]"u8);
        AspNetCoreValues.FromBytes(variables["s"], [0xff, 0]);
        AspNetCoreValues.FromBytes(variables.Put("new"), "1234"u8);
        string expected = "i|i:256;big|i:4294967297;b|b:0;d|d:2.5;l|a:2:{i:0;i:1;i:1;a:1:{s:1:\"a\";N;}}s|s:2:"
            + "\"\xff\0\";new|s:4:\"1234\";";
        Assert.Equal(Encoding.Latin1.GetBytes(expected), SessionFormats.Php.Encode(tree));
    }

    [Theory]
    [InlineData(1, SessionErrorCode.Unsupported)]
    [InlineData(3, SessionErrorCode.Unsupported)]
    public void Other_revisions_are_refused(byte revision, SessionErrorCode code)
    {
        byte[] bytes = Vectors.Bytes("aspnetcore-session", "login");
        bytes[0] = revision;
        Assert.False(
            SessionFormats.AspNetCore.TryDecode(bytes, new SessionTree(), SessionLimits.Default,
                out SessionError error));
        Assert.Equal(code, error.Code);
    }
}
