namespace SessionGateway.CompatTests.Sessions;

public class JavaTests(JavaPrograms java) : IClassFixture<JavaPrograms>
{
    [Fact]
    public void Java_reads_the_vectors_written_again_exactly_as_it_reads_the_vectors()
    {
        var vectors = Payloads.Of("msm-java").ToList();
        IEnumerable<byte[]> again = vectors.Select(vector => Recode(vector.Bytes));
        string[] lines = java.Check([.. vectors.Select(vector => vector.Bytes), .. again]);
        Assert.Equal(vectors.Count * 2, lines.Length);
        for (int i = 0; i < vectors.Count; i++)
        {
            Assert.StartsWith("v2 ", lines[i], StringComparison.Ordinal);
            Assert.Equal(lines[i], lines[i + vectors.Count]);
        }
    }

    [Fact]
    public void Objects_of_every_kind_survive_and_another_attribute_can_be_changed_beside_them()
    {
        byte[] original = java.Write();
        SessionTree tree = SessionFormats.MsmJava.Decode(original, Payloads.Limits);
        tree.Variables.Set("cart", "added");
        byte[] changed = SessionFormats.MsmJava.Encode(tree, new SessionEncodeOptions { Limits = Payloads.Limits });
        string[] lines = java.Check([original, changed]);
        Assert.StartsWith("v2 1 2 1800 10 3 4 ABC-n1.tc1 auth 4 principal 3", lines[0], StringComparison.Ordinal);
        string[] expected = (lines[0] + "\t'cart'='added'").Split('\t');
        Assert.Equal(expected, lines[1].Split('\t'));
        Assert.Contains("42block2000[in, custom]-1", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Java_reads_sessions_of_PHP_with_the_documented_types()
    {
        var trees = new RandomTree(new Random(77), plain: true);
        var sessions = Enumerable.Range(0, 300).Select(_ => trees.Next()).ToList();
        foreach ((string? name, byte[]? bytes) in Payloads.Of("php"))
        {
            if (name is "login" or "arrays" or "ints" or "floats" or "strings" or "null_bool" or "unicode_keys"
                or "many_1000" or "laravel_attrs" or "nested" or "big_1m")
            {
                sessions.Add(SessionFormats.Php.Decode(bytes, Payloads.Limits));
            }
        }

        string[] lines =
            java.Check(
                sessions.Select(
                    tree =>
                        SessionFormats.MsmJava.Encode(tree, new SessionEncodeOptions { Limits = Payloads.Limits })));
        Assert.Equal(sessions.Count, lines.Length);
        foreach ((SessionTree? tree, string? line) in sessions.Zip(lines))
        {
            Assert.EndsWith(" auth 0 principal 0 request 0 saved 0" + JavaView.Of(tree), line,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Arrays_that_PHP_refers_to_twice_are_one_object_in_Java()
    {
        SessionTree tree = SessionFormats.Php.Decode("a|a:1:{i:0;i:1;}b|R:1;c|a:1:{i:0;R:1;}"u8);
        string line = Assert.Single(java.Check([SessionFormats.MsmJava.Encode(tree)]));
        Assert.EndsWith("\t'a'=java.util.ArrayList[Integer 1,]\t'b'=same 0\t'c'=java.util.ArrayList[same 0,]", line,
            StringComparison.Ordinal);
    }

    private static byte[] Recode(byte[] bytes) => SessionFormats.MsmJava.Encode(
        SessionFormats.MsmJava.Decode(bytes, Payloads.Limits), new SessionEncodeOptions { Limits = Payloads.Limits });
}
