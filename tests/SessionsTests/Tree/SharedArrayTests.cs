using System.Text;

namespace SessionGateway.SessionsTests.Tree;

public class SharedArrayTests
{
    /// <summary>c and d are one array, [[1], 2], until one of them is written; so are their inner arrays.</summary>
    private static SessionTree Shared() => SessionFormats.Igbinary.Decode(
        [0, 0, 0, 2, 0x14, 2, 0x11, 1, (byte)'c', 0x14, 2, 6, 0, 0x14, 1, 6, 0, 6, 1, 6, 1, 6, 2, 0x11, 1, (byte)'d', 1,
            1]);

    [Fact]
    public void A_handle_from_before_the_first_write_sees_and_makes_the_writes_of_its_own_place()
    {
        SessionTree tree = Shared();
        SessionMap outer = tree.Variables["d"].AsMap();
        SessionMap inner = outer[0].AsMap();
        SessionValue value = inner[0];
        value.Set(5L);
        Assert.Equal(5, value.AsInt64());
        Assert.Equal(5, inner[0].AsInt64());
        inner.Put(1).Set("more");
        Assert.Equal(2, inner.Count);
        outer.Put("k").Set(true);
        value.Set(6L);
        Assert.Equal(
            "c|a:2:{i:0;a:1:{i:0;i:1;}i:1;i:2;}d|a:3:{i:0;a:2:{i:0;i:6;i:1;s:4:\"more\";}i:1;i:2;s:1:\"k\";b:1;}",
            Text(tree));
    }

    [Fact]
    public void The_first_place_can_be_written_without_changing_the_second()
    {
        SessionTree tree = Shared();
        foreach (SessionEntry entry in tree.Variables["c"].AsMap())
        {
            entry.Value.SetNull();
        }

        Assert.Equal("c|a:2:{i:0;N;i:1;N;}d|a:2:{i:0;a:1:{i:0;i:1;}i:1;i:2;}", Text(tree));
    }

    [Fact]
    public void Removing_and_clearing_are_writes_too()
    {
        SessionTree tree = Shared();
        SessionMap inner = tree.Variables["c"].AsMap()[0].AsMap();
        inner.Remove(0);
        tree.Variables["d"].AsMap().Remove(1);
        Assert.Equal("c|a:2:{i:0;a:0:{}i:1;i:2;}d|a:1:{i:0;a:1:{i:0;i:1;}}", Text(tree));
        tree = Shared();
        tree.Variables["c"].AsMap().Clear();
        Assert.Equal("c|a:0:{}d|a:2:{i:0;a:1:{i:0;i:1;}i:1;i:2;}", Text(tree));
    }

    private static string Text(SessionTree tree) => Encoding.ASCII.GetString(SessionFormats.Php.Encode(tree));
}
