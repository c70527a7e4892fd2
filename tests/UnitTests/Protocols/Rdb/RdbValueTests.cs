using SessionGateway.Protocols.Rdb;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Rdb;

/// <summary>
/// Values byte by byte as redis rdb.c, ziplist.c, zipmap.c, listpack.c, intset.c and t_stream.c describe them, in every
/// segmentation.
/// </summary>
public sealed class RdbValueTests
{
    [Theory]
    [Wire("\u0005value", RdbType.String, "value")]
    [Wire("\u00c0\u0085", RdbType.String, "-123")]
    [Wire("\u00c1\u0000\u0080", RdbType.String, "-32768")]
    [Wire("\u00c2\u00ff\u00ff\u00ff\u007f", RdbType.String, "2147483647")]
    [Wire("\u00c3\u000b\u001e\u0003abca\u00e0\u000f\u0002\u0001bc", RdbType.String, "abcabcabcabcabcabcabcabcabcabc")]
    [Wire("\u0080\u0000\u0000\u0000\u0003abc", RdbType.String, "abc")]
    [Wire("\u0081\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0003abc", RdbType.String, "abc")]
    [Wire("@\u0003abc", RdbType.String, "abc")]
    [Wire("\u0003\u0001a\u00c0\u0007\u0001c", RdbType.List, "a 7 c")]
    [Wire(
        "@\u00a8\u00a8\u0000\u0000\u0000\u00a2\u0000\u0000\u0000\u0013\u0000\u0000\u0001a\u0003@Fxxxxxxxx"
        + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxI\u00f1\u0002\u00fd\u0002\u00fe"
        + "\u000d\u0003\u00fe\u00ff\u0003\u00fe\u007f\u0003\u00fe\u0080\u0003\u00c0\u0080\u0000\u0004\u00c0"
        + "\u0000\u0080\u0004\u00c0\u00ff\u007f\u0004\u00f0\u00ff\u00ff\u007f\u0005\u00f0\u0000\u0000\u0080"
        + "\u0005\u00d0\u0000\u0000\u0080\u0000\u0006\u00d0\u00ff\u00ff\u00ff\u007f\u0006\u00d0\u0000\u0000"
        + "\u0000\u0080\u0006\u00e0\u0000\u0000\u0000\u0080\u0000\u0000\u0000\u0000\u000a\u00e0\u0000\u0000"
        + "\u0000\u0000\u0000\u0000\u0000\u0080\u000a\u0003end\u00ff",
        RdbType.ListZiplist,
        "a xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 0 12 13 -1 127 -128 128"
        + " -32768 32767 8388607 -8388608 8388608 2147483647 -2147483648 2147483648 -9223372036854775808 en"
        + "d")]
    [Wire(
        "A\u0019\u0019\u0001\u0000\u0000\u0011\u0001\u0000\u0000\u0002\u0000\u0000A\u0004yyyyyyyyyyyyyyyy"
        + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
        + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
        + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\u00fe\u0007\u0001\u0000\u0000\u0001b\u00ff",
        RdbType.ListZiplist,
        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
        + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
        + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy b")]
    [Wire(
        "\u0002\u0010\u0010\u0000\u0000\u0000\u000d\u0000\u0000\u0000\u0002\u0000\u0000\u0001a\u0003"
        + "\u00f2\u00ff\u000e\u000e\u0000\u0000\u0000\u000a\u0000\u0000\u0000\u0001\u0000\u0000\u0001b"
        + "\u00ff",
        RdbType.ListQuicklist,
        "a 1 b")]
    [Wire(
        "\u0003\u0002\u000c\u000c\u0000\u0000\u0000\u0002\u0000\u0081a\u0002\u0001\u0001\u00ff\u0001"
        + "\u0005plain\u0002@\u0099\u0099\u0000\u0000\u0000\u0011\u0000\u00e0Fqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
        + "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqH\u0000\u0001\u000c\u0001\u000d\u0001\u00df\u00ff\u0002"
        + "\u007f\u0001\u00df\u0080\u0002\u00c0\u0080\u0002\u00f1\u0000\u0080\u0003\u00f1\u00ff\u007f\u0003"
        + "\u00f2\u00ff\u00ff\u007f\u0004\u00f2\u0000\u0000\u0080\u0004\u00f3\u0000\u0000\u0080\u0000\u0005"
        + "\u00f3\u00ff\u00ff\u00ff\u007f\u0005\u00f3\u0000\u0000\u0000\u0080\u0005\u00f4\u0000\u0000\u0000"
        + "\u0080\u0000\u0000\u0000\u0000\u0009\u00f4\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080\u0009"
        + "\u00ff",
        RdbType.ListQuicklist2,
        "a 1 plain qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq 0 12 13 -1 127 "
        + "-128 128 -32768 32767 8388607 -8388608 8388608 2147483647 -2147483648 2147483648 -92233720368547"
        + "75808")]
    [Wire("\u0002\u0001a\u00c0\u0007", RdbType.Set, "a 7")]
    [Wire(
        "\u000e\u0002\u0000\u0000\u0000\u0003\u0000\u0000\u0000\u00fb\u00ff\u0000\u0000\u0007\u0000",
        RdbType.SetIntset,
        "-5 0 7")]
    [Wire(
        "\u0014\u0004\u0000\u0000\u0000\u0003\u0000\u0000\u0000\u00fb\u00ff\u00ff\u00ff\u0000\u0000\u0000"
        + "\u0000\u0007\u0000\u0000\u0000",
        RdbType.SetIntset,
        "-5 0 7")]
    [Wire(
        " \u0008\u0000\u0000\u0000\u0003\u0000\u0000\u0000\u00fb\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"
        + "\u00ff\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0007\u0000\u0000\u0000\u0000\u0000\u0000"
        + "\u0000",
        RdbType.SetIntset,
        "-5 0 7")]
    [Wire("\u000c\u000c\u0000\u0000\u0000\u0002\u0000\u0081a\u0002\u0007\u0001\u00ff", RdbType.SetListpack, "a 7")]
    [Wire("\u0004\u0001a\u00031.5\u0001b\u00fe\u0001c\u00ff\u0001d\u0002-2", RdbType.SortedSet,
        "a@1.5 b@Infinity c@-Infinity d@-2")]
    [Wire(
        "\u0002\u0001a\u0000\u0000\u0000\u0000\u0000\u0000\u00f8?\u0001b\u0000\u0000\u0000\u0000\u0000"
        + "\u0000\u001c\u00c0",
        RdbType.SortedSet2,
        "a@1.5 b@-7")]
    [Wire(
        "\u0018\u0018\u0000\u0000\u0000\u0012\u0000\u0000\u0000\u0004\u0000\u0000\u0001a\u0003\u00f2"
        + "\u0002\u0001b\u0003\u00032.5\u00ff",
        RdbType.SortedSetZiplist,
        "a@1 b@2.5")]
    [Wire(
        "\u001c\u001c\u0000\u0000\u0000\u0006\u0000\u0081a\u0002\u0001\u0001\u0081b\u0002\u00832.5\u0004"
        + "\u0081c\u0002\u0083inf\u0004\u00ff",
        RdbType.SortedSetListpack,
        "a@1 b@2.5 c@Infinity")]
    [Wire("\u0002\u0001f\u0001v\u00c0\u0001\u00c0\u0002", RdbType.Hash, "f=v 1=2")]
    [Wire(
        "\u0013\u0003\u0001f\u0001\u0002v??\u0001g\u0001\u0000w\u0001n\u0001\u00005\u00ff",
        RdbType.HashZipmap,
        "f=v g=w n=5")]
    [Wire(
        "A\u000e\u0001\u0001f\u00fe\u0004\u0001\u0000\u0000\u0000wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
        + "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
        + "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
        + "wwwwwwwwwwwwwwwwwwwwwwwwwwww\u00ff",
        RdbType.HashZipmap,
        "f=wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
        + "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
        + "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww")]
    [Wire(
        "\u0016\u0016\u0000\u0000\u0000\u0013\u0000\u0000\u0000\u0004\u0000\u0000\u0001f\u0003\u0001v"
        + "\u0003\u0001n\u0003\u00f6\u00ff",
        RdbType.HashZiplist,
        "f=v n=5")]
    [Wire(
        "\u0012\u0012\u0000\u0000\u0000\u0004\u0000\u0081f\u0002\u0081v\u0002\u0081n\u0002\u0005\u0001"
        + "\u00ff",
        RdbType.HashListpack,
        "f=v n=5")]
    [Wire(
        "\u0002\u0000\u0001f\u0001v\u0081\u0000\u0000\u0003\u00bb,\u00c3\u00d8{\u0001g\u0001w",
        RdbType.HashExpiring22,
        "f=v g=w!4102444800123")]
    [Wire(
        "\u001f\u001f\u0000\u0000\u0000\u0006\u0000\u0081f\u0002\u0081v\u0002\u0000\u0001\u0081g\u0002"
        + "\u0081w\u0002\u00f4{\u00d8\u00c3,\u00bb\u0003\u0000\u0000\u0009\u00ff",
        RdbType.HashListpackExpiring23,
        "f=v g=w!4102444800123")]
    [Wire(
        "\u0000\u00d8\u00c3,\u00bb\u0003\u0000\u0000\u0003\u0000\u0001f\u0001v\u0001\u0001g\u0001w@|"
        + "\u0001h\u0001x",
        RdbType.HashExpiring,
        "f=v g=w!4102444800000 h=x!4102444800123")]
    [Wire(
        "{\u00d8\u00c3,\u00bb\u0003\u0000\u0000\u001f\u001f\u0000\u0000\u0000\u0006\u0000\u0081g\u0002"
        + "\u0081w\u0002\u00f4{\u00d8\u00c3,\u00bb\u0003\u0000\u0000\u0009\u0081f\u0002\u0081v\u0002\u0000"
        + "\u0001\u00ff",
        RdbType.HashListpackExpiring,
        "g=w!4102444800123 f=v")]
    [Wire(
        "\u0001\u0010\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000"
        + "\u0000\u0001\u001d\u001d\u0000\u0000\u0000\u000a\u0000\u0001\u0001\u0000\u0001\u0001\u0001\u0081"
        + "a\u0002\u0000\u0001\u0002\u0001\u0000\u0001\u0000\u0001\u0081b\u0002\u0004\u0001\u00ff\u0001"
        + "\u0001\u0001\u0001\u0001g\u0001\u0001\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001"
        + "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0005\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
        + "\u0001\u0001\u0002me\u0005\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000"
        + "\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001",
        RdbType.Stream,
        "")]
    [Wire(
        "\u0001\u0010\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000"
        + "\u0000\u0001\u001d\u001d\u0000\u0000\u0000\u000a\u0000\u0001\u0001\u0000\u0001\u0001\u0001\u0081"
        + "a\u0002\u0000\u0001\u0002\u0001\u0000\u0001\u0000\u0001\u0081b\u0002\u0004\u0001\u00ff\u0001"
        + "\u0001\u0001\u0001\u0001\u0000\u0000\u0001\u0001\u0001g\u0001\u0001\u0001\u0001\u0000\u0000"
        + "\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0005\u0000"
        + "\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0001\u0002me\u0005\u0000\u0000\u0000\u0000\u0000"
        + "\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000"
        + "\u0000\u0000\u0001",
        RdbType.Stream2,
        "")]
    [Wire(
        "\u0001\u0010\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000"
        + "\u0000\u0001\u001d\u001d\u0000\u0000\u0000\u000a\u0000\u0001\u0001\u0000\u0001\u0001\u0001\u0081"
        + "a\u0002\u0000\u0001\u0002\u0001\u0000\u0001\u0000\u0001\u0081b\u0002\u0004\u0001\u00ff\u0001"
        + "\u0001\u0001\u0001\u0001\u0000\u0000\u0001\u0001\u0001g\u0001\u0001\u0001\u0001\u0000\u0000"
        + "\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0005\u0000"
        + "\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0001\u0002me\u0005\u0000\u0000\u0000\u0000\u0000"
        + "\u0000\u0000\u0005\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000"
        + "\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001",
        RdbType.Stream3,
        "")]
    [Wire("\u0000\u0000\u0000\u0000\u0000", RdbType.Stream, "")]
    [Wire(
        "\u0081\u0000\u0000\u0000\u00124Vx\u0090\u0002\u0007\u0001\u0003\u0005\u0004text\u0004\u0000"
        + "\u0000\u0000\u0000\u0000\u0000\u00f0?\u0003\u0000\u0000\u0080?\u0000",
        RdbType.Module,
        "")]
    public void A_value_is_read_in_every_segmentation(Segments segments, RdbType type, string expected) =>
        Assert.Equal(expected, Payloads.Read(type, segments.Bytes, segments.Lengths));

    [Theory]
    [Wire("\u00c5a", RdbType.String, "damaged: String")]
    [Wire("\u0085aaaa", RdbType.String, "damaged: Length")]
    [Wire("\u0080\u007f\u00ff\u00ff\u00ff", RdbType.String, "damaged: Length")]
    [Wire("\u00c3\u0002\u0080\u0000\u000f\u00ff\u00ffab", RdbType.String, "damaged: Compression")]
    [Wire("\u00c3\u0002\u0005 \u0005", RdbType.String, "damaged: Compression")]
    [Wire("\u00c3\u0002\u0005\u0000a", RdbType.String, "damaged: Compression")]
    [Wire("\u00c3\u0004\u00c0", RdbType.String, "damaged: Length")]
    [Wire("\u00c0\u0001", RdbType.List, "damaged: Length")]
    [Wire("\u0002\u0001a", RdbType.List, "a incomplete")]
    [Wire(
        "\u0011\u0011\u0000\u0000\u0000\u000d\u0000\u0000\u0000\u0002\u0000\u0000\u0001a\u0003\u0001b"
        + "\u0000",
        RdbType.ListZiplist,
        "damaged: Packed")]
    [Wire(
        "\u000e\u00ff\u0000\u0000\u0000\u000a\u0000\u0000\u0000\u0001\u0000\u0000\u0001a\u00ff",
        RdbType.ListZiplist,
        "damaged: Packed")]
    [Wire("\u0003abc", RdbType.ListZiplist, "damaged: Packed")]
    [Wire(
        "\u0011\u0011\u0000\u0000\u0000\u000d\u0000\u0000\u0000\u0003\u0000\u0000\u0001a\u0003\u0001b"
        + "\u00ff",
        RdbType.ListZiplist,
        "a b damaged: Packed")]
    [Wire(
        "\u0011\u0011\u0000\u0000\u0000\u000d\u0000\u0000\u0000\u0002\u0000\u0000?a\u0003\u0001b\u00ff",
        RdbType.ListZiplist,
        "damaged: Packed")]
    [Wire(
        "\u000d\u000d\u0000\u0000\u0000\u0002\u0000\u00bfa\u0002\u0081b\u0002\u00ff",
        RdbType.HashListpack,
        "damaged: Packed")]
    [Wire(
        "\u000d\u000d\u0000\u0000\u0000\u0002\u0000\u00f8a\u0002\u0081b\u0002\u00ff",
        RdbType.HashListpack,
        "damaged: Packed")]
    [Wire("\u000a\u000a\u0000\u0000\u0000\u0001\u0000\u0081f\u0002\u00ff", RdbType.HashListpack, "damaged: Packed")]
    [Wire(
        "\u000d\u000d\u0000\u0000\u0000\u0002\u0000\u0081m\u0002\u0081x\u0002\u00ff",
        RdbType.SortedSetListpack,
        "damaged: Score")]
    [Wire(
        "\u000f\u000f\u0000\u0000\u0000\u0002\u0000\u0081m\u0002\u0083nan\u0004\u00ff",
        RdbType.SortedSetListpack,
        "damaged: Score")]
    [Wire("\u0006\u0001\u0001f\u0001\u0000v", RdbType.HashZipmap, "damaged: Packed")]
    [Wire("\u0003\u0001\u00fd\u00ff", RdbType.HashZipmap, "damaged: Packed")]
    [Wire("\u0004\u0001\u0001f\u00ff", RdbType.HashZipmap, "damaged: Packed")]
    [Wire(
        "\u000b\u0002\u0000\u0000\u0000\u0002\u0000\u0000\u0000\u0001\u0000\u0002",
        RdbType.SetIntset,
        "damaged: Packed")]
    [Wire("\u000b\u0003\u0000\u0000\u0000\u0001\u0000\u0000\u0000abc", RdbType.SetIntset, "damaged: Packed")]
    [Wire("\u0008\u0004\u0000\u0000\u0000\u0000\u0000\u0000@", RdbType.SetIntset, "damaged: Packed")]
    [Wire("\u0001\u0001a\u0000\u0000\u0000\u0000\u0000\u0000\u00f8\u007f", RdbType.SortedSet2, "damaged: Score")]
    [Wire("\u0001\u0001a\u00fd", RdbType.SortedSet, "damaged: Score")]
    [Wire("\u0001\u0001a\u0001x", RdbType.SortedSet, "damaged: Score")]
    [Wire("\u0001\u0003\u0001a", RdbType.ListQuicklist2, "damaged: Packed")]
    [Wire("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u0001", RdbType.HashExpiring, "damaged: Expiry")]
    [Wire(
        "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0001\u0002\u0001f\u0001v",
        RdbType.HashExpiring,
        "damaged: Expiry")]
    [Wire(
        "\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0010\u0010\u0000\u0000\u0000\u0003\u0000\u0081"
        + "f\u0002\u0081v\u0002\u0081x\u0002\u00ff",
        RdbType.HashListpackExpiring,
        "damaged: Expiry")]
    [Wire("", RdbType.ModuleOld, "damaged: Type")]
    [Wire("\u0001\u0009", RdbType.Module, "damaged: Type")]
    public void What_is_wrong_is_told(Segments segments, RdbType type, string expected) =>
        Assert.Equal(expected, Payloads.Read(type, segments.Bytes, segments.Lengths));

    [Theory]
    [Wire(
        "\u0002\u0001f\u0001v\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u0001g\u0001w{\u00d8\u00c3,"
        + "\u00bb\u0003\u0000\u0000",
        RdbType.HashExpiring22,
        "f=v g=w!4102444800123")]
    public void Valkey_writes_the_expiry_of_a_field_behind_it(Segments segments, RdbType type, string expected) =>
        Assert.Equal(expected, Payloads.Read(type, segments.Bytes, segments.Lengths, isValkey: true));
}
