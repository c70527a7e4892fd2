using System.Text;
using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Redis;

/// <summary>redis-cli: what people type, and what scripts pipe through it.</summary>
public abstract class RedisCliSuite<TServer> : IClassFixture<TServer>
    where TServer : class, IRedis
{
    private readonly TServer _server;

    protected RedisCliSuite(TServer server)
    {
        _server = server;
        Assert.Equal("OK\n", Run(null, "FLUSHALL"));
    }

    [Fact]
    public void Single_commands_print_raw_replies()
    {
        Assert.Equal("PONG\n", Run(null, "PING"));
        Assert.Equal("OK\n", Run(null, "SET", "key", "value"));
        Assert.Equal("value\n", Run(null, "GET", "key"));
        Assert.Equal("\n", Run(null, "GET", "unknown"));
        Assert.Equal("2\n", Run(null, "EXISTS", "key", "key"));
        Assert.Equal("ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b' \n\n",
            Run(null, "NOSUCH", "a", "b"));
    }

    [Fact]
    public void Formatted_output_shows_the_types()
    {
        Assert.Equal("(nil)\n", Run(null, "--no-raw", "GET", "unknown"));
        Assert.Equal("(integer) 1\n", Run(null, "--no-raw", "INCR", "count"));
        Assert.Equal("1) \"1\"\n2) (nil)\n", Run(null, "--no-raw", "MGET", "count", "unknown"));
        Assert.Equal("(empty array)\n", Run(null, "--no-raw", "KEYS", "nothing*"));
        Assert.Equal("(error) ERR wrong number of arguments for 'get' command\n", Run(null, "--no-raw", "GET"));
    }

    [Fact]
    public void RESP3_is_spoken_when_asked_for()
    {
        Assert.Equal("(nil)\n", Run(null, "-3", "--no-raw", "GET", "unknown"));
        Assert.Equal("OK\n", Run(null, "-3", "--no-raw", "SET", "key", "value"));
        Assert.Contains("\"proto\" => (integer) 3", Run(null, "-3", "--no-raw", "HELLO", "3"));
        Assert.Equal("1# \"databases\" => \"16\"\n", Run(null, "-3", "--no-raw", "CONFIG", "GET", "databases"));
    }

    [Fact]
    public void Typed_lines_are_answered_in_order() => Assert.Equal("OK\n1\n2\nvalue\n\nOK\n5\n-1\n", Run(
        "set typed value\nincr c\nincr c\nget typed\nget unknown\nselect 3\nappend db3 \"a\\x00b\\r\\n\"\nttl db3\n"));

    [Fact]
    public void Databases_are_apart()
    {
        Run(null, "-n", "2", "SET", "key", "two");
        Assert.Equal("two\n", Run(null, "-n", "2", "GET", "key"));
        Assert.Equal("\n", Run(null, "GET", "key"));
        Assert.Equal("1\n", Run(null, "-n", "2", "DBSIZE"));
    }

    [Fact]
    public void Standard_input_is_the_last_argument()
    {
        string value = string.Concat(Enumerable.Repeat("0123456789\r\n", 20_000));
        Assert.Equal("OK\n", Run(value, "-x", "SET", "large"));
        Assert.Equal(value + "\n", Run(null, "GET", "large"));
    }

    [Fact]
    public void Scan_lists_every_key_once_or_more()
    {
        var lines = new StringBuilder();
        for (int i = 0; i < 1000; i++)
            lines.Append("SET session:").Append(i).Append(" x\n");
        lines.Append("SET other x\n");
        Run(lines.ToString());
        string[] found = Run(null, "--scan", "--pattern", "session:*")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"session:{i}").Order(StringComparer.Ordinal),
            found.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Mass_insertion_counts_replies_and_errors()
    {
        // A last SET gives no error and INCR of a text gives one; redis-cli ends after the reply to its own ECHO.
        var stream = new StringBuilder();
        for (int i = 0; i < 2000; i++)
            stream.Append($"*3\r\n$3\r\nSET\r\n${$"k{i}".Length}\r\nk{i}\r\n$5\r\nvalue\r\n");
        stream.Append("*2\r\n$4\r\nINCR\r\n$2\r\nk1\r\n");
        ToolResult result = Tool.Run("redis-cli", ["-p", $"{_server.Port}", "--pipe"], stream.ToString());
        Assert.Contains("errors: 1, replies: 2001", result.StdOut);
        Assert.Equal("2000\n", Run(null, "DBSIZE"));
    }

    [Fact]
    public void Info_has_the_sections_people_look_at()
    {
        string info = Run(null, "INFO");
        foreach (string line in new[] { "# Server", "redis_version:", "# Clients", "connected_clients:", "# Memory",
            "used_memory:", "# Replication", "role:master", "# Keyspace" })
            Assert.Contains(line, info);
    }

    private string Run(string? stdin, params string[] args)
    {
        ToolResult result = Tool.Run("redis-cli", ["-p", $"{_server.Port}", .. args], stdin,
            TimeSpan.FromSeconds(90), new Dictionary<string, string> { ["HOME"] = "/nonexistent" });
        Assert.Equal("", result.StdErr);
        return result.StdOut;
    }
}
