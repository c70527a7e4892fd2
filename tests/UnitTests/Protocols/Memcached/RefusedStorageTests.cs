using System.Text;
using SessionGateway.Commands.Memcached;
using SessionGateway.UnitTests.Commands.Memcached;

namespace SessionGateway.UnitTests.Protocols.Memcached;

/// <summary>A data block is never executed, whatever is wrong with the line before it.</summary>
public sealed class RefusedStorageTests
{
    private const string Data = "flush_all";

    private static readonly string[] Verbs = ["set", "add", "replace", "append", "prepend", "cas"];

    private static readonly string[] Words =
    [
        "0", "1", "-1", "abc", "1x", "noreply", "NOREPLY", "x", "", "4294967295", "4294967297", "18446744073709551616",
        "99999999999999999999", new string('k', 250), new string('k', 251), "\t5", "5\t", "HTTP/1.0", "a\0b",
    ];

    [Fact]
    public void Data_behind_a_line_with_its_length_is_never_executed()
    {
        var random = new Random(7);
        MemcachedRig rig = Fill();
        for (int i = 0; i < 20_000; i++)
        {
            string tail = string.Join(' ', Enumerable.Range(0, random.Next(4)).Select(_ => Word(random)));
            string line =
                $"{Verbs[random.Next(Verbs.Length)]} {Field(random)}k {Field(random)} {Field(random)} {Data.Length} "
                    + $"{tail}";
            rig.Ask($"{line.TrimEnd(' ')}\r\n{Data}\r\n");
            Assert.True(rig.Context.Store.Count(0) > 0, $"executed behind: {line}");
            if (rig.IsClosed)
            {
                rig.Dispose();
                rig = Fill();
            }
            else
            {
                Assert.True(rig.Ask("version\r\n").EndsWith("VERSION 1.6.18\r\n", StringComparison.Ordinal), line);
            }
        }

        rig.Dispose();
    }

    private static MemcachedRig Fill()
    {
        var rig = new MemcachedRig(new MemcachedTextProcessor());
        Assert.Equal("STORED\r\n", rig.Ask("set kept 0 0 1\r\na\r\n"));
        return rig;
    }

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static string Field(Random random) => Word(random) is { Length: > 0 } word ? word : "0";

    [Theory]
    [InlineData("set x 0 4102444800 9", "STORED\r\n")]
    [InlineData("set x 4294967296 0 9", "STORED\r\n")]
    [InlineData("set x abc 0 9", "CLIENT_ERROR bad command line format\r\n")]
    [InlineData("set x abc 0 9 noreply", "")]
    [InlineData("set x 0 99999999999999999999 9", "CLIENT_ERROR bad command line format\r\n")]
    [InlineData("set x 0 0 9 more words", "ERROR\r\n")]
    [InlineData("cas x 0 0 9", "ERROR\r\n")]
    [InlineData("cas x 0 0 9 -1", "CLIENT_ERROR bad command line format\r\n")]
    [InlineData("ms x 9 T0", "ERROR\r\n")]
    public void The_connection_goes_on_behind_the_data(string line, string answer)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        Assert.Equal(answer + "VERSION 1.6.18\r\n", rig.Ask($"{line}\r\n{Data}\r\nversion\r\n"));
    }

    [Fact]
    public void Data_longer_than_anybody_waits_for_is_skipped_too()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        Assert.Equal("CLIENT_ERROR bad command line format\r\n", rig.Ask("set x abc 0 1000000\r\n"));
        byte[] piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("flush_all\r\n", 1000)));
        for (int sent = 0; sent < 1_000_002; sent += piece.Length)
        {
            Assert.Empty(rig.Send(piece.AsSpan(0, Math.Min(piece.Length, 1_000_002 - sent))));
        }

        Assert.Equal("VERSION 1.6.18\r\n", rig.Ask("version\r\n"));
    }

    [Theory]
    [InlineData("set my key 0 0 9")]
    [InlineData("set k 0 0 0 0 0 9")]
    [InlineData("cas k 0 0 0 0 0 9 1")]
    [InlineData("add k 0 0 0 0 0 9 noreply")]
    public void A_line_whose_length_can_be_read_in_two_ways_ends_the_connection(string line)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        rig.Ask("set kept 0 0 1\r\na\r\n");
        rig.Ask($"{line}\r\nxx{Data}\r\n");
        Assert.True(rig.IsClosed);
        Assert.Equal(1, rig.Context.Store.Count(0));
    }
}
