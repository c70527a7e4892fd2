using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Libmemcached;

/// <summary>The command line tools of libmemcached, the library under PHP's memcached extension.</summary>
public abstract class LibmemcachedToolsSuite<TServer> : IClassFixture<TServer>, IDisposable
    where TServer : class, IMemcached
{
    private readonly TServer _server;
    private readonly TempDirectory _files = new();

    protected LibmemcachedToolsSuite(TServer server)
    {
        _server = server;
        Run("memcflush");
    }

    [Theory]
    [InlineData]
    [InlineData("--binary")]
    public void Memccp_stores_and_memccat_reads(params string[] mode)
    {
        string file = Write("stored", "line one\r\nline two \0 end");
        Assert.Equal(0, Run("memccp", [.. mode, "--set", "--flag=7", "--expire=60", file]).ExitCode);
        ToolResult read = Run("memccat", [.. mode, "stored"]);
        Assert.Equal(0, read.ExitCode);
        Assert.Equal("line one\r\nline two \0 end\n", read.StdOut);
        Assert.StartsWith("7\n", Run("memccat", [.. mode, "--flags", "stored"]).StdOut);
    }

    [Theory]
    [InlineData]
    [InlineData("--binary")]
    public void Memccp_add_and_replace_keep_their_conditions(params string[] mode)
    {
        string file = Write("condition", "1");
        Assert.Equal(1, Run("memccp", [.. mode, "--replace", file]).ExitCode);
        Assert.Equal(0, Run("memccp", [.. mode, "--add", file]).ExitCode);
        Assert.Equal(1, Run("memccp", [.. mode, "--add", file]).ExitCode);
        Assert.Equal(0, Run("memccp", [.. mode, "--replace", file]).ExitCode);
    }

    [Theory]
    [InlineData]
    [InlineData("--binary")]
    public void Memcexist_leaves_nothing_behind(params string[] mode)
    {
        // libmemcached asks "does it exist" with an add that is expired at once.
        Assert.Equal(1, Run("memcexist", [.. mode, "asked"]).ExitCode);
        Assert.Equal(1, Run("memcexist", [.. mode, "asked"]).ExitCode);
        Assert.Equal(1, Run("memccat", [.. mode, "asked"]).ExitCode);
        Assert.Equal(0, Run("memccp", [.. mode, "--add", Write("asked", "x")]).ExitCode);
        Assert.Equal(0, Run("memcexist", [.. mode, "asked"]).ExitCode);
        Assert.Equal("x\n", Run("memccat", [.. mode, "asked"]).StdOut);
    }

    [Theory]
    [InlineData]
    [InlineData("--binary")]
    public void Memctouch_and_memcrm_tell_whether_there_was_a_key(params string[] mode)
    {
        Assert.Equal(1, Run("memctouch", [.. mode, "--expire=60", "item"]).ExitCode);
        Assert.Equal(1, Run("memcrm", [.. mode, "item"]).ExitCode);
        Assert.Equal(0, Run("memccp", [.. mode, Write("item", "x")]).ExitCode);
        Assert.Equal(0, Run("memctouch", [.. mode, "--expire=60", "item"]).ExitCode);
        Assert.Equal(0, Run("memcrm", [.. mode, "item"]).ExitCode);
        Assert.Equal(1, Run("memccat", [.. mode, "item"]).ExitCode);
    }

    [Theory]
    [InlineData]
    [InlineData("--binary")]
    public void Memcflush_empties_the_server(params string[] mode)
    {
        Assert.Equal(0, Run("memccp", [.. mode, Write("flushed", "x")]).ExitCode);
        Assert.Equal(0, Run("memcflush", mode).ExitCode);
        Assert.Equal(1, Run("memccat", [.. mode, "flushed"]).ExitCode);
    }

    [Fact]
    public void Memcping_and_memcdump_reach_the_server()
    {
        Assert.Equal(0, Run("memcping").ExitCode);
        // What it lists is memcached's coldest items only, so nothing can be said about the names.
        Assert.Equal(0, Run("memcdump").ExitCode);
    }

    [Theory]
    [InlineData]
    [InlineData("--binary")]
    public void Memcstat_prints_the_statistics(params string[] mode)
    {
        string general = Run("memcstat", mode).StdOut;
        foreach (string name in new[] { "pid", "uptime", "version", "curr_items", "cmd_get", "get_hits", "bytes" })
            Assert.Contains($"\t{name}: ", general);
        Assert.Contains("\tmaxbytes: ", Run("memcstat", [.. mode, "settings"]).StdOut);
    }

    [Theory]
    [InlineData("set")]
    [InlineData("set", "--binary")]
    [InlineData("set", "--noreply")]
    [InlineData("get")]
    [InlineData("get", "--binary")]
    [InlineData("get", "--non-blocking")]
    [InlineData("mget")]
    [InlineData("mget", "--binary")]
    public void Memcslap_ends_its_load_without_errors(string test, params string[] mode)
    {
        ToolResult result = Run("memcslap",
            [.. mode, $"--test={test}", "--concurrency=4", "--execute-number=500", "--initial-load=500", "--flush"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"Time to {test}", result.StdOut);
        Assert.Equal("", result.StdErr);
    }

    public void Dispose()
    {
        _files.Dispose();
        GC.SuppressFinalize(this);
    }

    private ToolResult Run(string tool, params string[] args) =>
        Tool.Run(tool, [$"--servers=127.0.0.1:{_server.Port}", .. args]);

    private string Write(string key, string value)
    {
        string file = _files.File(key);
        File.WriteAllText(file, value);
        return file;
    }
}
