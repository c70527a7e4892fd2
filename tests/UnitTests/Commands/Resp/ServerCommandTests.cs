using SessionGateway.Store.Policies;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

public sealed class ServerCommandTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public ServerCommandTests() => _peer = new RespPeer(_host);

    [Fact]
    public void Info_has_the_lines_that_clients_read()
    {
        _peer.Send("SET a 1 EX 100");
        _peer.Send("SET b 1");
        _peer.Send("GET a");
        _peer.Send("GET x");
        _peer.Send("foo");
        string info = _peer.SendRaw("INFO\r\n");
        foreach (string line in (string[])
            ["# Server", "redis_version:7.2.4", "gateway_version:1.2.3", "redis_mode:standalone", "tcp_port:6379",
            "connected_clients:1", "maxmemory:67108864", "maxmemory_policy:noeviction", "loading:0", "role:master",
            "connected_slaves:0", "keyspace_hits:1", "keyspace_misses:1", "total_error_replies:1", "cluster_enabled:0",
            "total_commands_processed:6", "db0:keys=2,expires=1,avg_ttl=100000"])
        {
            Assert.Contains($"\n{line}\r\n", info);
        }
    }

    [Fact]
    public void Info_tells_what_memory_pressure_has_cost()
    {
        string value = new('x', 500_000);
        int refused = 0;
        for (int i = 0; i < 200; i++)
        {
            string answer = _peer.Send($"SET k{i} {value}");
            Assert.True(answer is "+OK" || answer.StartsWith("-OOM command not allowed", StringComparison.Ordinal),
                answer);
            refused += answer == "+OK" ? 0 : 1;
        }

        _peer.Expect($"SET k0 {value}", "+OK");
        Assert.InRange(refused, 60, 120);
        string info = _peer.SendRaw("INFO\r\n");
        foreach (string line in (string[])
            ["mem_clients_normal:0", "evicted_keys:0", "sessions_lost_anonymous:0",
            "sessions_lost_evictable_prefix:0", "sessions_lost_lru:0", "sessions_lost_ttl:0",
            $"writes_refused:{refused}",
            "writes_skipped:1"])
        {
            Assert.Contains($"\n{line}\r\n", info);
        }
    }

    [Theory]
    [InlineData(EvictionPolicy.Protect, "noeviction")]
    [InlineData(EvictionPolicy.EvictLru, "allkeys-lru")]
    [InlineData(EvictionPolicy.VolatileTtl, "volatile-ttl")]
    public void The_policy_has_the_name_that_Redis_gives_it(EvictionPolicy policy, string name)
    {
        var peer = new RespPeer(new CommandHost(policy: policy));
        Assert.Contains($"\nmaxmemory_policy:{name}\r\n", peer.SendRaw("INFO memory\r\n"));
        Assert.Contains(name, peer.Send("CONFIG GET maxmemory-policy"));
    }

    [Fact]
    public void Info_of_one_section()
    {
        string info = _peer.SendRaw("info REPLICATION\r\n");
        Assert.Contains("\r\n# Replication\r\nrole:master\r\n", info);
        Assert.DoesNotContain("redis_version", info);
        _peer.Expect("INFO nothing", "$0");
        Assert.Contains("redis_version", _peer.Send("INFO all"));
        _peer.Send("HELLO 3");
        Assert.StartsWith("=", _peer.Send("INFO keyspace"));
    }

    [Fact]
    public void Resetstat_starts_the_counters_again()
    {
        _peer.Send("GET a");
        _peer.Expect("CONFIG RESETSTAT", "+OK");
        Assert.Contains("keyspace_misses:0", _peer.Send("INFO stats"));
        _peer.Send("GET a");
        Assert.Contains("keyspace_misses:1", _peer.Send("INFO stats"));
    }

    [Fact]
    public void Config() => _peer
        .Expect("CONFIG GET databases", "*2 $9 databases $2 16")
        .Expect("CONFIG GET DataBases", "*2 $9 DataBases $2 16")
        .Expect("CONFIG GET slave-read-onl? nothing", "*2 $15 slave-read-only $3 yes")
        .Expect("CONFIG GET nothing", "*0")
        .Expect("CONFIG SET foo bar", "-ERR Unknown option or number of arguments for CONFIG SET - 'foo'")
        .Expect("CONFIG SET databases 3",
            "-ERR CONFIG SET failed (possibly related to argument 'databases') - can't set immutable config")
        .Expect("CONFIG SET a", "-ERR wrong number of arguments for 'config|set' command")
        .Expect("CONFIG SET appendonly no DATABASES 16", "+OK")
        .Expect("CONFIG SET appendonly no hash-max-listpack-entries 5",
            "-ERR Unknown option or number of arguments for CONFIG SET - 'hash-max-listpack-entries'")
        .Expect("CONFIG GET hash-max-listpack-entries", "*0")
        .Expect("CONFIG REWRITE", "-ERR The server is running without a config file");

    [Fact]
    public void Small_answers() => _peer
        .Expect("TIME", "*2 $10 1700000000 $1 0")
        .Expect("LASTSAVE", ":1700000000")
        .Expect("ROLE", "*3 $6 master :0 *0")
        .Expect("WAIT 1 100", ":0").Expect("WAIT 0 -1", "-ERR timeout is negative")
        .Expect("WAIT 0 x", "-ERR timeout is not an integer or out of range")
        .Expect("CLUSTER INFO", "-ERR This instance has cluster support disabled")
        .Expect("CLUSTER foo", "-ERR unknown subcommand 'foo'. Try CLUSTER HELP.")
        .Expect("READONLY", "-ERR This instance has cluster support disabled")
        .Expect("MEMORY USAGE x", "$-1").Expect("MEMORY USAGE x SAMPLES -1", "-ERR syntax error");

    [Fact]
    public void Memory_usage_counts_key_and_value()
    {
        _peer.Send("SET k 12345678");
        long small = long.Parse(_peer.Send("MEMORY USAGE k")[1..]);
        _peer.Send("APPEND k " + new string('x', 1000));
        Assert.Equal(small + 1000, long.Parse(_peer.Send("MEMORY USAGE k SAMPLES 5")[1..]));
    }

    [Fact]
    public void Shutdown_asks_the_host_to_stop_and_answers_nothing()
    {
        _peer.Expect("SHUTDOWN foo", "-ERR syntax error").Expect("SHUTDOWN ABORT", "-ERR No shutdown in progress.")
            .Expect("SHUTDOWN SAVE", "-ERR Errors trying to SHUTDOWN. Check logs.");
        Assert.False(_host.IsStopRequested);
        _peer.Expect("SHUTDOWN NOSAVE", "");
        Assert.True(_host.IsStopRequested);
        Assert.True(_peer.Connection.CloseAfterReply);
    }

    [Theory]
    [InlineData("GET a", "*1 $1 a")]
    [InlineData("MSET a 1 b 2", "*2 $1 a $1 b")]
    [InlineData("DEL a b", "*2 $1 a $1 b")]
    [InlineData("OBJECT ENCODING a", "*1 $1 a")]
    [InlineData("EVAL x 1 a b", "*1 $1 a")]
    [InlineData("EVAL x 0 a", "*0")]
    [InlineData("foo a", "-ERR Invalid command specified")]
    [InlineData("PING a", "-ERR The command has no key arguments")]
    [InlineData("GET a b", "-ERR Invalid number of arguments specified for command")]
    public void Command_getkeys(string request, string reply) => _peer.Expect($"COMMAND GETKEYS {request}", reply);

    [Fact]
    public void Command_tables()
    {
        string count = _peer.Send("COMMAND COUNT")[1..];
        Assert.StartsWith($"*{count} ", _peer.Send("COMMAND"));
        string list = _peer.SendRaw("COMMAND LIST\r\n");
        int names = RespTree.Parse(_peer.SendRaw("COMMAND\r\n"))!.AsArray().Sum(one => 1 + one![9]!.AsArray().Count);
        Assert.StartsWith($"*{names}\r\n", list);
        Assert.Contains("\r\nclient|setinfo\r\n", list);
        _peer.Expect("COMMAND INFO foo", "*1 $-1").Expect("COMMAND LIST FILTERBY PATTERN getd*", "*1 $6 getdel")
            .Expect("COMMAND LIST FILTERBY ACLCAT transaction", "*5 $5 multi $4 exec $7 discard $5 watch $7 unwatch")
            .Expect("COMMAND LIST FILTERBY MODULE x", "*0").Expect("COMMAND LIST x", "-ERR syntax error")
            .Expect("COMMAND DOCS foo", "*0")
            .Expect("COMMAND GETKEYSANDFLAGS SET a b GET", "*1 *2 $1 a *3 +RW +access +update");
    }
}
