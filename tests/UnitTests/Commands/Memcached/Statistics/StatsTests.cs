using System.Globalization;
using System.Text;
using SessionGateway.Commands.Memcached;

namespace SessionGateway.UnitTests.Commands.Memcached.Statistics;

public sealed class StatsTests
{
    [Fact]
    public void Metadump_lists_every_item_in_memcached_tools_words()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        rig.Ask("set a%b 0 100 3\r\nabc\r\nset \u00e4 0 0 0\r\n\r\nget a%b\r\n");
        string dump = rig.Ask("lru_crawler metadump all\r\n");
        string[] lines = [.. dump.Split('\n').Order(StringComparer.Ordinal)];
        Assert.Matches(@"^$", lines[0]);
        Assert.Equal("END\r", lines[1]);
        Assert.Matches(@"^key=%E4 exp=-1 la=1700000000 cas=\d+ fetch=no cls=1 size=\d+$", lines[2]);
        Assert.Matches(@"^key=a%25b exp=1700000100 la=1700000000 cas=\d+ fetch=yes cls=1 size=\d+$", lines[3]);
    }

    [Theory]
    [InlineData("hash", true)]
    [InlineData("1", true)]
    [InlineData("3,1", true)]
    [InlineData("3", false)]
    public void Metadump_knows_one_class(string classes, bool holdsItems)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        rig.Ask("set k 0 0 1\r\na\r\n");
        string dump = rig.Ask($"lru_crawler metadump {classes}\r\n");
        Assert.Equal(holdsItems, dump.StartsWith("key=k ", StringComparison.Ordinal));
        Assert.EndsWith("END\r\n", dump, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("64")]
    [InlineData("x")]
    [InlineData("1,,3")]
    public void Metadump_refuses_other_classes(string classes)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        Assert.Equal("BADCLASS invalid class id\r\n", rig.Ask($"lru_crawler metadump {classes}\r\n"));
    }

    [Theory]
    [InlineData("lru_crawler metadump all", "key=")]
    [InlineData("stats cachedump 1 0", "ITEM ")]
    public void A_dump_is_written_in_turns_and_what_follows_is_answered_behind_it(string request, string start)
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        for (int i = 0; i < 20_000; i++)
        {
            rig.Ask($"set key:{i} 0 0 1\r\na\r\n");
        }

        byte[] input = Encoding.ASCII.GetBytes($"{request}\r\nversion\r\n");
        var processor = new MemcachedTextProcessor();
        var answer = new StringBuilder();
        int turns = 0;
        for (int consumed = 0; consumed < input.Length; turns++)
        {
            rig.Context.BeginTurn();
            consumed += processor.Process(input.AsSpan(consumed), rig.Context);
            // Nothing when the machine takes the turn's millisecond for something else.
            Assert.InRange(rig.Context.Output.Length, 0, rig.Context.Services.Limits.OutputSoftBytes + 32_768);
            answer.Append(Encoding.ASCII.GetString(rig.Context.Output.Written));
            rig.Context.Output.Clear();
        }

        Assert.True(turns >= 3, $"{turns} turns");
        string[] lines =
            answer.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["END", "VERSION 1.6.18"], lines[^2..]);
        Assert.All(lines[..^2], line => Assert.StartsWith(start, line, StringComparison.Ordinal));
        Assert.Equal(20_000, lines[..^2].Distinct().Count());
    }

    [Fact]
    public void Sizes_are_told_once_they_are_enabled()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        rig.Ask($"set a 0 0 1\r\na\r\nset b 0 0 2\r\nbb\r\nset c 0 0 1000\r\n{new string('c', 1000)}\r\n");
        Assert.Equal("STAT sizes_status disabled\r\nEND\r\n", rig.Ask("stats sizes\r\n"));
        Assert.Equal("STAT sizes_status enabled\r\n", rig.Ask("stats sizes_enable\r\n"));
        Assert.Equal("STAT 64 2\r\nSTAT 1056 1\r\nEND\r\n", rig.Ask("stats sizes\r\n"));
    }

    [Fact]
    public void Prefixes_are_counted_up_to_a_bound_and_only_while_detail_is_on()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        rig.Ask("get before:x\r\nstats detail on\r\n");
        for (int i = 0; i < 3000; i++)
        {
            rig.Ask($"get {i}:x\r\n");
        }

        string dump = rig.Ask("get 7:y\r\nstats detail dump\r\n");
        Assert.Equal(1024, dump.Split('\n').Count(line => line.StartsWith("PREFIX ", StringComparison.Ordinal)));
        Assert.Contains("PREFIX 7 get 2 hit 0 set 0 del 0\r\n", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("before", dump, StringComparison.Ordinal);
    }

    [Fact]
    public void Slabs_have_one_class_whose_chunks_add_up_to_what_is_used()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        Assert.Contains("STAT active_slabs 0\r\n", rig.Ask("stats slabs\r\n"), StringComparison.Ordinal);
        for (int i = 0; i < 500; i++)
        {
            rig.Ask($"set k{i} 0 0 5000\r\n{new string('v', 5000)}\r\n");
        }

        Dictionary<string, long> slabs = Numbers(rig.Ask("stats slabs\r\n"), "1:");
        Assert.Equal(500, slabs["used_chunks"]);
        Assert.Equal(slabs["total_chunks"], slabs["used_chunks"] + slabs["free_chunks"]);
        Assert.InRange(slabs["chunk_size"] * slabs["used_chunks"], 500 * 5000, 64 << 20);
        Assert.Equal(500, slabs["cmd_set"]);
        Dictionary<string, long> items = Numbers(rig.Ask("stats items\r\n"), "items:1:");
        Assert.Equal(500, items["number"]);
        Assert.InRange(items["mem_requested"], 500 * 5000, 64 << 20);
    }

    [Fact]
    public void A_reset_leaves_the_counters_of_resp_alone()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        rig.Context.Stats.Resp.GetHits = 5;
        rig.Ask("set k 0 0 1\r\na\r\nget k\r\n");
        Assert.Contains("STAT get_hits 1\r\n", rig.Ask("stats\r\n"), StringComparison.Ordinal);
        Assert.Equal("RESET\r\n", rig.Ask("stats reset\r\n"));
        Assert.Contains("STAT get_hits 0\r\n", rig.Ask("stats\r\n"), StringComparison.Ordinal);
        Assert.Equal(5, rig.Context.Stats.Resp.GetHits);
    }

    private static Dictionary<string, long> Numbers(string answer, string prefix) => answer
        .Split("\r\n").Where(line => line.StartsWith($"STAT {prefix}", StringComparison.Ordinal))
        .Select(line => line[("STAT ".Length + prefix.Length)..].Split(' '))
        .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture));
}
