using SessionGateway.Commands;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>While the items are read from the disk commands on them are refused in the words of each protocol, and what
/// asks for the health of the gateway is answered.</summary>
public sealed class LoadingTests : IDisposable
{
    private readonly TestServer _server = new();

    public LoadingTests() => Load(tellsMemcached: true);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("GET k")]
    [InlineData("SET k v")]
    [InlineData("DBSIZE")]
    [InlineData("PING")]
    [InlineData("EVAL \"return 1\" 0")]
    [InlineData("BGREWRITEAOF")]
    [InlineData("BLPOP k 0")]
    public void Commands_on_items_are_refused_as_Redis_refuses_them(string command) => Assert.Equal(
        "-LOADING Redis is loading the dataset in memory\r\n",
        _server.Connect(ListenerProtocol.Resp).Ask(command + "\r\n"));

    [Theory]
    [InlineData("SELECT 1", "+OK\r\n")]
    [InlineData("CLIENT ID", ":1\r\n")]
    [InlineData("ECHO a", "$1\r\na\r\n")]
    [InlineData("AUTH a", "-ERR AUTH <password> called without any password configured for the default user. Are you "
        + "sure your configuration is correct?\r\n")]
    [InlineData("GET", "-ERR wrong number of arguments for 'get' command\r\n")]
    [InlineData("NOSUCH", "-ERR unknown command 'NOSUCH', with args beginning with: \r\n")]
    [InlineData("CONFIG GET port", "*2\r\n$4\r\nport\r\n$5\r\n11211\r\n")]
    public void What_needs_no_items_is_answered_and_errors_of_form_come_first(string command, string answer) =>
        Assert.Equal(answer, _server.Connect(ListenerProtocol.Resp).Ask(command + "\r\n"));

    [Fact]
    public void INFO_says_how_far_it_is()
    {
        string info = _server.Connect(ListenerProtocol.Resp).Ask("INFO persistence\r\n");
        Assert.Contains("\r\nloading:1\r\n", info);
        Assert.Contains(
            "loading_total_bytes:1000\r\nloading_rdb_used_mem:0\r\nloading_loaded_bytes:750\r\n"
                + "loading_loaded_perc:75.00\r\nloading_eta_seconds:0\r\n",
            info);
        _server.Services.Loading = null;
        Assert.Contains("\r\nloading:0\r\n", _server.Connect(ListenerProtocol.Resp).Ask("INFO persistence\r\n"));
    }

    [Fact]
    public void That_there_is_a_log_is_told_while_it_is_read()
    {
        _server.Services.LogPlace = new LogPlace("/data", "everysec");
        TestClient client = _server.Connect(ListenerProtocol.Resp);
        Assert.Equal("*2\r\n$10\r\nappendonly\r\n$3\r\nyes\r\n", client.Ask("CONFIG GET appendonly\r\n"));
        Assert.Contains("\r\naof_enabled:1\r\n", client.Ask("INFO persistence\r\n"));
    }

    [Fact]
    public void A_transaction_with_a_refused_command_is_discarded()
    {
        TestClient client = _server.Connect(ListenerProtocol.Resp);
        Assert.Equal(
            "+OK\r\n-LOADING Redis is loading the dataset in memory\r\n"
                + "-EXECABORT Transaction discarded because of previous errors.\r\n",
            client.Ask("MULTI\r\nSET k v\r\nEXEC\r\n"));
        _server.Services.Loading = null;
        Assert.Equal("$-1\r\n", client.Ask("GET k\r\n"));
    }

    [Theory]
    [InlineData("get a b\r\n", "SERVER_ERROR loading\r\n")]
    [InlineData("set k 0 0 7\r\nversion\r\n", "SERVER_ERROR loading\r\n")]
    [InlineData("set k 0 0 7 noreply\r\nversion\r\n", "")]
    [InlineData("cas k 0 0 7 5\r\nversion\r\n", "SERVER_ERROR loading\r\n")]
    [InlineData("cas k 0 0 7 5 noreply\r\nversion\r\n", "")]
    [InlineData("incr k 1\r\n", "SERVER_ERROR loading\r\n")]
    [InlineData("delete k noreply\r\n", "")]
    [InlineData("flush_all\r\n", "SERVER_ERROR loading\r\n")]
    [InlineData("touch k 1\r\n", "SERVER_ERROR loading\r\n")]
    [InlineData("gat 10 k\r\n", "SERVER_ERROR loading\r\n")]
    [InlineData("verbosity 1\r\n", "OK\r\n")]
    [InlineData("nosuch\r\n", "ERROR\r\n")]
    [InlineData("ms k 7\r\nversion\r\n", "ERROR\r\n")]
    public void The_text_protocol_refuses_what_is_about_items_and_never_executes_a_value(string request, string answer)
    {
        TestClient client = _server.Connect(ListenerProtocol.Memcached);
        Assert.StartsWith(answer + "VERSION ", client.Ask(request + "version\r\n"));
        _server.Services.Loading = null;
        Assert.Equal("END\r\n", client.Ask("get k\r\n"));
    }

    [Fact]
    public void Text_statistics_are_answered() => Assert.StartsWith(
        "STAT pid", _server.Connect(ListenerProtocol.Memcached).Ask("stats\r\n"));

    [Theory]
    [InlineData("get k\r\n")]
    [InlineData("set k 0 0 1\r\nv\r\n")]
    [InlineData("\u0080\0\0\u0001\0\0\0\0\0\0\0\u0001\0\0\0\0\0\0\0\0\0\0\0\0k")]
    public void A_memcached_connection_that_asks_for_an_item_is_closed_so_that_nobody_takes_an_error_for_a_miss(
        string request)
    {
        Load(tellsMemcached: false);
        TestClient client = _server.Connect(ListenerProtocol.Auto);
        Assert.Equal("", client.Ask(request));
        Assert.True(client.IsClosed, "it is still open");
        Assert.StartsWith("VERSION ", _server.Connect(ListenerProtocol.Auto).Ask("version\r\n"));
    }

    [Fact]
    public void The_binary_protocol_is_told_of_a_temporary_failure_and_goes_on()
    {
        TestClient client = _server.Connect(ListenerProtocol.Auto);
        string set = "\u0080\u0001\0\u0001\u0008\0\0\0\0\0\0\u000aabcd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0kv";
        string noop = "\u0080\u000a\0\0\0\0\0\0\0\0\0\0efgh\0\0\0\0\0\0\0\0";
        Assert.Equal(
            "\u0081\u0001\0\0\0\0\0\u0086\0\0\0\u0011abcd\0\0\0\0\0\0\0\0Temporary failure"
                + "\u0081\u000a\0\0\0\0\0\0\0\0\0\0efgh\0\0\0\0\0\0\0\0",
            client.Ask(set + noop));
        Assert.False(client.IsClosed, "it is closed");
    }

    private void Load(bool tellsMemcached)
    {
        _server.Services.Loading = new LoadProgress
        {
            StartedAt = _server.Clock.GetUtcNow().ToUnixTimeSeconds() - 3,
            TellsMemcached = tellsMemcached,
        };
        _server.Services.Loading.Tell(loadedBytes: 750, totalBytes: 1000);
    }
}
