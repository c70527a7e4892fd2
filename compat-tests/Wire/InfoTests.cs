using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire;

/// <summary>INFO and CONFIG beside redis-server: every name is here, or the documentation says why it is not.</summary>
public sealed partial class InfoTests
{
    // The rest is the same on both after the same requests.
    private static readonly string[] ServersOwn =
    [
        "os", "process_id", "run_id", "tcp_port", "server_time_usec", "uptime_in_seconds", "lru_clock", "executable",
        "io_threads_active", "io_threaded_*", "total_reads_processed", "total_writes_processed", "allocator_*",
        "rss_overhead_*", "used_memory*", "total_system_memory*", "mem_fragmentation_*", "maxmemory*",
        "mem_clients_normal",
        "total_net_*put_bytes", "total_commands_processed", "instantaneous_*put_kbps", "instantaneous_ops_per_sec",
        "rdb_last_save_time",
        "master_replid", "repl_backlog_size", "used_cpu_*", "cmdstat_*", "latency_percentiles_usec_*",
    ];

    private static readonly string[] Conversation =
    [
        "SET a 1 EX 100", "SET a 2", "SET b x NX", "SET b y NX", "MSET c 1 d 2", "GET a", "GET nokey", "DEL a nokey",
        "EXPIRE b 1000", "EXPIRE nokey 1", "PERSIST b", "PERSIST b", "GETEX b EX 100", "GETEX b", "APPEND c x",
        "INCR d",
        "TTL a", "PTTL nokey", "EXPIRETIME c", "PEXPIRETIME nokey", "EXISTS a nokey c", "STRLEN c", "STRLEN nokey",
        "TYPE c",
        "TYPE nokey", "GETRANGE c 0 1", "SUBSTR nokey 0 1", "MGET a nokey c", "OBJECT ENCODING c",
        "OBJECT IDLETIME nokey",
        "OBJECT REFCOUNT c", "TOUCH c nokey", "SET c 5 GET", "SET nokey2 5 XX GET", "GETSET c 6", "GETSET new 7",
        "DEL new",
        "SETNX c 1", "MSETNX c 1 nokey 2", "SETRANGE nokey 0 \"\"", "MEMORY USAGE c", "INCR c", "INCRBYFLOAT c 1",
        "GETDEL nokey", "GETEX nokey PERSIST", "RANDOMKEY", "KEYS *", "SCAN 0", "EXPIRE c 10 GT", "UNLINK nokey",
        "WATCH c", "UNWATCH", "GETDEL d", "SETRANGE c 0 zz", "SET e 1", "EXPIRE e -1", "NOSUCH", "INCR c", "SELECT 1",
        "SET x 1", "FLUSHDB", "SET y 1", "SELECT 0", "PUBLISH a b",
        "EVAL \"if redis.call('get',KEYS[1]) == ARGV[1] then return redis.call('del',KEYS[1]) else return 0 end\" "
            + "1 b x",
        "FLUSHALL", "SET last 1",
    ];

    [Fact]
    public void Every_name_of_Redis_is_in_INFO_or_explained()
    {
        (Dictionary<string, string> real, Dictionary<string, string> own) = AskBoth();
        AssertExplained(real.Keys, own.Keys, "info.md", hasOwnNames: true);
    }

    [Fact]
    public void INFO_tells_the_same_after_the_same_requests()
    {
        (Dictionary<string, string> real, Dictionary<string, string> own) = AskBoth();
        string[] same = [.. real.Keys.Where(name => own.ContainsKey(name) && !ServersOwn.Any(p => Matches(p, name)))];
        Assert.Equal(same.Select(name => $"{name}:{real[name]}"), same.Select(name => $"{name}:{own[name]}"));
        string[] others = [.. real.Keys.Where(own.ContainsKey).Except(same)];
        Assert.Equal(others.Select(name => $"{name} {Kind(real[name])}"),
            others.Select(name => $"{name} {Kind(own[name])}"));
    }

    [Fact]
    public void Each_request_counts_as_in_Redis()
    {
        using var redis = RedisServer.Start();
        using var gateway = GatewayServer.Start();
        Assert.Equal(CountsAfterEach(redis.Port), CountsAfterEach(gateway.RespPort));
    }

    [Fact]
    public void Names_of_INFO_come_in_the_order_of_Redis()
    {
        (Dictionary<string, string> real, Dictionary<string, string> own) = AskBoth();
        // Redis tells commands in the order of a table that is mixed anew at each start.
        string[] mixed = ["cmdstat_*", "latency_percentiles_usec_*"];
        Assert.Equal(
            real.Keys.Where(name => own.ContainsKey(name) && !mixed.Any(p => Matches(p, name))),
            own.Keys.Where(name => real.ContainsKey(name) && !mixed.Any(p => Matches(p, name))));
    }

    [Fact]
    public void INFO_names_the_port_that_was_asked()
    {
        using var gateway = GatewayServer.Start();
        foreach (int port in (int[])[gateway.AutoPort, gateway.RespPort])
        {
            using var connection = RawConnection.Connect(port);
            Assert.Equal($"{port}", Info(connection)["tcp_port"]);
            Assert.Contains($"\r\n$4\r\nport\r\n${$"{port}".Length}\r\n{port}\r\n", Ask(connection, "CONFIG GET port"));
        }

        using var overUnixSocket = RawConnection.ConnectUnix(gateway.UnixPath!);
        Assert.Equal($"{gateway.RespPort}", Info(overUnixSocket)["tcp_port"]);
    }

    [Fact]
    public void Every_parameter_of_Redis_is_in_CONFIG_GET_or_explained()
    {
        using var redis = RedisServer.Start();
        using var gateway = GatewayServer.Start();
        AssertExplained(Config(redis.Port).Keys, Config(gateway.RespPort).Keys, "config.md", hasOwnNames: true);
    }

    // Those that other tests set.
    private static readonly string[] Settable =
    [
        "notify-keyspace-events", "busy-reply-threshold", "lua-time-limit", "slowlog-log-slower-than",
        "slowlog-max-len", "latency-monitor-threshold", "latency-tracking", "latency-tracking-info-percentiles",
    ];

    [Fact]
    public void CONFIG_SET_answers_OK_only_for_what_is_so()
    {
        using var redis = RedisServer.Start();
        using var gateway = GatewayServer.Start();
        using var connection = RawConnection.Connect(gateway.RespPort);
        Dictionary<string, string> own = Config(gateway.RespPort);
        foreach ((string name, string value) in Config(redis.Port).Where(p => !Settable.Contains(p.Key)))
        {
            foreach (string wanted in (string[])[value, "1", "yes"])
            {
                string answer = Ask(connection, $"CONFIG SET {name} \"{wanted}\"");
                string expected = !own.TryGetValue(name, out string? current)
                    ? $"-ERR Unknown option or number of arguments for CONFIG SET - '{name}'\r\n"
                    : current == wanted
                        ? "+OK\r\n"
                        : $"-ERR CONFIG SET failed (possibly related to argument '{name}') - can't set immutable "
                            + $"config\r\n";
                Assert.Equal(expected, answer);
            }
        }

        Assert.Equal(own, Config(gateway.RespPort));
    }

    private static (Dictionary<string, string> Real, Dictionary<string, string> Own) AskBoth()
    {
        using var redis = RedisServer.Start();
        using var gateway = GatewayServer.Start("--redis-version", "7.0.15");
        return (AskOne(redis.Port), AskOne(gateway.RespPort));
    }

    private static Dictionary<string, string> AskOne(int port)
    {
        using var connection = RawConnection.Connect(port);
        // Those that looked whether the server is up are closed, but the server may not know it yet.
        Wait.Until(() => Info(connection)["connected_clients"] == "1", () => "the end of the other connections");
        Ask(connection, "CONFIG RESETSTAT");
        Talk(connection);
        return Info(connection);
    }

    /// <summary>Requests that have most counters count.</summary>
    internal static void Talk(RawConnection connection) =>
        Array.ForEach(Conversation, request => Ask(connection, request));

    private static List<string> CountsAfterEach(int port)
    {
        string[] names = ["keyspace_hits", "keyspace_misses", "rdb_changes_since_last_save", "total_error_replies"];
        using var own = RawConnection.Connect(port);
        using var other = RawConnection.Connect(port);
        List<string> counts = [];
        foreach (string request in Conversation)
        {
            Ask(own, request);
            Dictionary<string, string> info = Info(other);
            counts.Add(request + string.Concat(names.Select(name => $" {name}={info[name]}")));
        }

        return counts;
    }

    internal static Dictionary<string, string> Info(RawConnection connection)
    {
        string answer = Ask(connection, "INFO everything");
        return answer.Split("\r\n").Where(line => line.Contains(':')).Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private static Dictionary<string, string> Config(int port)
    {
        using var connection = RawConnection.Connect(port);
        string[] lines = Ask(connection, "CONFIG GET *").Split("\r\n");
        // *2n, then $length and text for each name and value
        return Enumerable.Range(0, (lines.Length - 2) / 4).ToDictionary(i => lines[4 * i + 2], i => lines[4 * i + 4]);
    }

    // An answer ends where that of the ECHO behind the request begins.
    private static string Ask(RawConnection connection, string inline)
    {
        connection.Send([.. Encode(inline), .. Requests.Resp("ECHO", "-end-")]);
        return connection.ReadThrough("$5\r\n-end-\r\n")[..^"$5\r\n-end-\r\n".Length];
    }

    private static byte[] Encode(string request) =>
        Requests.Resp([.. Words().Matches(request).Select(m => m.Value.Trim('"'))]);

    private static void AssertExplained(
        IEnumerable<string> real, IEnumerable<string> own, string document, bool hasOwnNames)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocols", document));
        string[] parts = text.Split("\n## ");
        string[] explained = NamesIn(parts[1]);
        string[] named = hasOwnNames ? NamesIn(parts[2]) : [];
        Assert.Equal([], real.Except(own).Where(name => !explained.Any(p => Matches(p, name))));
        Assert.Equal([], explained.Where(p => !p.Contains('*') && (own.Contains(p) || !real.Contains(p))));
        Assert.Equal([], own.Except(real).Where(name => !named.Any(p => Matches(p, name))));
        Assert.Equal([], named.Where(p => !own.Any(name => Matches(p, name))));
    }

    /// <summary>The rows of a table of info.md: the names of the first column, and the second.</summary>
    internal static IEnumerable<(string[] Names, string Second)> Table(string title)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocols", "info.md"));
        string part = text.Split("\n## ").Single(p => p.StartsWith(title + "\n", StringComparison.Ordinal));
        return part.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split(" | ")).Select(columns => (NamesIn(columns[0]), columns[1].Trim('`')));
    }

    // First column of a table.
    private static string[] NamesIn(string part) =>
    [
        .. part.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line.Split(" | ")[0]).Select(m => m.Groups[1].Value)),
    ];

    private static bool Matches(string pattern, string name) =>
        Regex.IsMatch(name, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");

    private static string Kind(string value) =>
        Regex.IsMatch(value, @"^-?\d+$") ? "whole number"
        : Regex.IsMatch(value, @"^-?\d+\.\d+$") ? "number"
        : Regex.IsMatch(value, @"^\d+\.\d\d%$") ? "percentage"
        : Regex.IsMatch(value, @"^\d+(\.\d\d)?[BKMGT]$") ? "size"
        : "text";

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
