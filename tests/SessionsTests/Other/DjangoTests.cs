using System.Text.Json;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Other;

public class DjangoTests
{
    public static TheoryData<string> Names() => Vectors.Names("django");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vector_decodes_to_the_dict_that_Django_stored(string name)
    {
        string which = name[(name.LastIndexOf('.') + 1)..];
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Vectors.Root, "django", "index.json")));
        SessionTree expected = SessionFormats.Json.Decode(
            System.Text.Encoding.UTF8.GetBytes(
                index.RootElement.GetProperty("values").GetProperty(which).GetRawText()));
        SessionTree tree = SessionFormats.DjangoPickle.Decode(Vectors.Bytes("django", name));
        Assert.True(expected.Root.ContentEquals(tree.Root));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vector_written_again_reads_the_same(string name)
    {
        SessionTree tree = SessionFormats.DjangoPickle.Decode(Vectors.Bytes("django", name));
        SessionTree again = SessionFormats.DjangoPickle.Decode(SessionFormats.DjangoPickle.Encode(tree));
        Assert.True(tree.Root.ContentEquals(again.Root));
    }

    [Theory]
    [InlineData("286470300a56780a70310a63706f7369780a73797374656d0a70320a285669640a70330a7470340a5270350a732e")]
    [InlineData("80027d7100580100000078710163706f7369780a73797374656d0a7102580200000069647103857104527105732e")]
    [InlineData("80049524000000000000007d948c0178948c05706f736978948c0673797374656d9493948c0269649485945294732e")]
    [InlineData("80059524000000000000007d948c0178948c05706f736978948c0673797374656d9493948c0269649485945294732e")]
    [InlineData(
        "80059531000000000000007d948c0164948c086461746574696d65948c086461746574696d65949394430a07e401010000000000009485"
            + "945294732e")]
    [InlineData(
        "80049530000000000000007d948c0164948c0b636f6c6c656374696f6e73948c0b4f726465726564446963749493942952948c0161944b"
            + "0173732e")]
    public void Opcodes_that_import_or_call_are_refused(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.False(
            SessionFormats.DjangoPickle.TryDecode(bytes, new SessionTree(), SessionLimits.Default,
                out SessionError error));
        Assert.Equal(SessionErrorCode.NotAllowed, error.Code);
    }

    [Fact]
    public void Every_opcode_outside_the_list_is_refused()
    {
        // c (GLOBAL), i (INST), o (OBJ), b (BUILD), R (REDUCE), P/Q (PERSID), NEWOBJ, EXT1-4, NEWOBJ_EX, STACK_GLOBAL,
        // buffers.
        foreach (byte opcode in "cioQbRP"u8.ToArray().Concat(
            new byte[] { 0x81, 0x82, 0x83, 0x84, 0x92, 0x93, 0x97, 0x98 }))
        {
            byte[] bytes = [0x80, 4, (byte)'}', opcode, (byte)'.'];
            Assert.False(
                SessionFormats.DjangoPickle.TryDecode(bytes, new SessionTree(), SessionLimits.Default,
                    out SessionError error));
            Assert.Equal(new SessionError(SessionErrorCode.NotAllowed, 3, $"opcode 0x{opcode:x2}"), error);
        }
    }

    [Fact]
    public void A_container_fetched_from_the_memo_is_the_same_container()
    {
        // l = []; {'a': l, 'b': l, 'c': (1, -1, 2**70, b'x')}
        byte[] bytes = Convert.FromHexString(
            "80047d94288c016194" + "5d94" + "8c016294" + "6802" + "8c016394"
                + "284b014affffffff8a09000000000000000040430178749475" + "2e");
        SessionMap variables = SessionFormats.DjangoPickle.Decode(bytes).Variables;
        variables["a"].AsMap().Put(0).Set("seen in both");
        Assert.Equal("seen in both", variables["b"].AsMap()[0].AsString());
        Assert.Equal("1180591620717411303424", variables["c"].AsMap()[2].AsString());
        Assert.Equal(SessionHint.Tuple, variables["c"].Hint);
        Assert.Equal(SessionHint.Binary, variables["c"].AsMap()[3].Hint);
    }

    [Fact]
    public void A_list_inside_itself_is_read_and_refused_on_writing()
    {
        // l = []; l.append(l); {'a': l}
        byte[] bytes = Convert.FromHexString("8004" + "7d94" + "8c016194" + "5d94" + "6802" + "61" + "73" + "2e");
        SessionTree tree = SessionFormats.DjangoPickle.Decode(bytes);
        Assert.True(tree.Variables["a"].AsMap()[0].IsReference);
        Assert.False(SessionFormats.DjangoPickle.TryEncode(
            tree, new System.Buffers.ArrayBufferWriter<byte>(), SessionEncodeOptions.Default, out SessionError error));
        Assert.Equal(SessionErrorCode.Cyclic, error.Code);
    }
}
