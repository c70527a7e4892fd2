using System.Text.Json;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Java;

public class MsmVectorTests
{
    public static TheoryData<string> Names() => Vectors.Names("msm-java");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vector_decodes_to_the_header_and_attributes_that_Java_described(string name)
    {
        JsonElement description = Vectors.Json("msm-java", name);
        SessionTree tree = SessionFormats.MsmJava.Decode(Vectors.Bytes("msm-java", name), Vectors.Roomy);

        MsmSession header = Assert.IsType<MsmSession>(tree.Metadata);
        JsonElement expected = description.GetProperty("header");
        Assert.Equal(expected.GetProperty("version").GetInt32(), header.Version);
        Assert.Equal(expected.GetProperty("creation").GetInt64(), header.CreationTime);
        Assert.Equal(expected.GetProperty("lastAccessed").GetInt64(), header.LastAccessedTime);
        Assert.Equal(expected.GetProperty("maxInactive").GetInt32(), header.MaxInactiveInterval);
        Assert.Equal(expected.GetProperty("isNew").GetBoolean(), header.IsNew);
        Assert.Equal(expected.GetProperty("isValid").GetBoolean(), header.IsValid);
        Assert.Equal(expected.GetProperty("thisAccessed").GetInt64(), header.ThisAccessedTime);
        Assert.Equal(expected.GetProperty("lastBackup").GetInt64(), header.LastBackupTime);
        Assert.Equal(expected.GetProperty("id").GetString(), header.Id);
        Assert.Equal(expected.GetProperty("authType").GetString() == "FORM" ? 4 : 0, header.AuthType);
        Assert.Equal(expected.TryGetProperty("principal", out _), header.Principal.Length > 0);

        JavaDescription.AssertMatches(description.GetProperty("attributes"), tree.Variables);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vector_written_again_reads_as_the_same_session_and_header(string name)
    {
        byte[] bytes = Vectors.Bytes("msm-java", name);
        SessionTree tree = SessionFormats.MsmJava.Decode(bytes, Vectors.Roomy);
        byte[] again = SessionFormats.MsmJava.Encode(tree, Vectors.RoomyEncode);
        int headerLength = Vectors.Json("msm-java", name).GetProperty("header_bytes").GetInt32();
        Assert.Equal(bytes.AsSpan(0, headerLength).ToArray(), again.AsSpan(0, headerLength).ToArray());

        SessionTree reread = SessionFormats.MsmJava.Decode(again, Vectors.Roomy);
        Assert.True(tree.Root.ContentEquals(reread.Root));
        JavaDescription.AssertMatches(Vectors.Json("msm-java", name).GetProperty("attributes"), reread.Variables);
    }

    [Theory]
    [InlineData("msm-kryo")]
    [InlineData("msm-javolution")]
    public void Sessions_of_other_transcoders_are_refused_by_name(string folder)
    {
        foreach (string name in Vectors.Names(folder))
        {
            Assert.False(SessionFormats.MsmJava.TryDecode(
                Vectors.Bytes(folder, name), new SessionTree(), Vectors.Roomy, out SessionError error));
            Assert.Equal(SessionErrorCode.Unsupported, error.Code);
        }
    }

    [Fact]
    public void The_one_byte_ping_of_MSM_is_not_a_session()
    {
        Assert.False(
            SessionFormats.MsmJava.TryDecode([1], new SessionTree(), SessionLimits.Default, out SessionError error));
        Assert.Equal(SessionErrorCode.Truncated, error.Code);
    }

    [Fact]
    public void A_header_of_version_1_ends_after_the_principal_and_is_written_so_again()
    {
        var tree = new SessionTree
            { Metadata = new MsmSession { Version = 1, Id = "A-n1", Principal = new byte[] { 9, 8, 7 } } };
        tree.Variables.Set("user", "alice");
        byte[] bytes = SessionFormats.MsmJava.Encode(tree);
        Assert.Equal(44 + 4 + 2 + 2 + 3, bytes[3]);

        SessionTree again = SessionFormats.MsmJava.Decode(bytes);
        MsmSession header = Assert.IsType<MsmSession>(again.Metadata);
        Assert.Equal(1, header.Version);
        Assert.Equal(new byte[] { 9, 8, 7 }, header.Principal.ToArray());
        Assert.Equal("alice", again.Variables["user"].AsString());
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("never_expires")]
    public void A_validity_record_is_read_and_written(string name)
    {
        byte[] bytes = Vectors.Bytes("msm-validity", name);
        JsonElement description = Vectors.Json("msm-validity", name);
        Assert.True(MsmValidity.TryRead(bytes, out MsmValidity validity));
        Assert.Equal(description.GetProperty("maxInactive").GetInt32(), validity.MaxInactiveInterval);
        Assert.Equal(description.GetProperty("lastAccessed").GetInt64(), validity.LastAccessedTime);
        Assert.Equal(description.GetProperty("thisAccessed").GetInt64(), validity.ThisAccessedTime);
        byte[] again = new byte[MsmValidity.Length];
        validity.Write(again);
        Assert.Equal(bytes, again);
        Assert.False(MsmValidity.TryRead(bytes.AsSpan(1), out _));
    }

    [Fact]
    public void A_session_from_PHP_becomes_JDK_values_and_objects_are_refused_or_left_out()
    {
        SessionTree tree = SessionFormats.Php.Decode(
            "id|i:5;big|i:4294967296;f|d:1.5;ok|b:1;none|N;list|a:2:{i:0;s:1:\"a\";i:1;N;}map|a:2:{i:10;s:1:"u8
                + "\"x\";s:1:\"k\";b:0;}o|O:1:\"P\":0:{}"u8);
        Assert.False(SessionFormats.MsmJava.TryEncode(
            tree, new System.Buffers.ArrayBufferWriter<byte>(), SessionEncodeOptions.Default, out SessionError error));
        Assert.Equal(SessionErrorCode.NotRepresentable, error.Code);

        var omitted = new List<string>();
        SessionTree view = SessionFormats.MsmJava.Decode(
            SessionFormats.MsmJava.Encode(tree, new SessionEncodeOptions { Omitted = omitted }));
        Assert.Equal(["o"], omitted);
        Assert.Equal(["id", "big", "f", "ok", "list", "map"], view.Variables.Select(entry => entry.Key.ToString()));
        Assert.Equal(SessionHint.Int32, view.Variables["id"].Hint);
        Assert.Equal(SessionHint.Int64, view.Variables["big"].Hint);
        Assert.Equal("x", view.Variables["map"].AsMap()["10"].AsString());
        Assert.True(view.Variables["list"].AsMap()[1].IsNull);
    }

    [Fact]
    public void Times_of_a_new_header_come_from_the_clock()
    {
        var clock = new FixedClock(DateTimeOffset.FromUnixTimeMilliseconds(1_763_715_600_000));
        var format = new Sessions.Java.MsmJavaFormat(clock);
        MsmSession header = Assert.IsType<MsmSession>(format.Decode(format.Encode(new SessionTree())).Metadata);
        Assert.Equal(1_763_715_600_000, header.CreationTime);
        Assert.Equal(1_763_715_600_000, header.ThisAccessedTime);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
