using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Memcached;

/// <summary>memcached-tool, the script that comes with memcached.</summary>
public abstract class MemcachedToolSuite<TServer> : IClassFixture<TServer>
    where TServer : class, IMemcached
{
    private const string Script = "/usr/share/memcached/scripts/memcached-tool";

    private readonly TServer _server;

    protected MemcachedToolSuite(TServer server)
    {
        _server = server;
        using var connection = RawConnection.Connect(server.Port);
        connection.Send(
            "flush_all\r\nset tool:a%20b 5 0 3\r\nabc\r\nset tool:c 0 5000 2\r\n\r\n\r\nget tool:c\r\n"u8.ToArray());
        connection.ReadUntil(bytes => bytes.EndsWith("END\r\n"u8), Wait.Patience);
    }

    [Fact]
    public void Display_shows_the_items_by_size() =>
        Assert.Matches(@"(?m)^ +\d+ +[\d.]+[BK] +\d+s +1 +2 ", Run("display"));

    [Fact]
    public void Dump_writes_the_commands_that_store_all_items_again()
    {
        string dump = Run("dump");
        Assert.Contains("add tool:a%20b 5 0 3\r\nabc\r\n", dump, StringComparison.Ordinal);
        Assert.Matches(@"add tool:c 0 [12]\d{9} 2\r\n\r\n\r\n", dump);
    }

    [Fact]
    public void Keys_lists_the_keys()
    {
        string keys = Run("keys");
        Assert.Matches("(?m)^key=tool%3Aa%2520b exp=-1 la=\\d+ cas=\\d+ fetch=no cls=\\d+ size=\\d+$", keys);
        Assert.Matches("(?m)^key=tool%3Ac exp=\\d+ la=\\d+ cas=\\d+ fetch=yes cls=\\d+ size=\\d+$", keys);
    }

    [Fact]
    public void Stats_and_settings_are_lists_of_names_and_values()
    {
        Assert.Matches(@"(?m)^ +curr_items +2\r?$", Run("stats"));
        Assert.Matches($@"(?m)^ +tcpport +{_server.Port}\r?$", Run("settings"));
        Assert.Matches(@"(?m)^ +sizes_status +disabled\r?$", Run("sizes"));
    }

    private string Run(string mode)
    {
        ToolResult result = Tool.Run("/usr/bin/perl", [Script, $"127.0.0.1:{_server.Port}", mode]);
        Assert.True(result.ExitCode == 0, result.StdErr);
        return result.StdOut;
    }
}
