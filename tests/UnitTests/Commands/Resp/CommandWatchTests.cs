using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>What is noted of commands: SLOWLOG, COMMANDLOG, LATENCY and the figures of INFO.</summary>
public sealed class CommandWatchTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public CommandWatchTests()
    {
        _peer = new RespPeer(_host);

        // A mark that nothing reaches, so that short commands are all measured.
        _host.Services.Resp.Note(10_000, 128, 1_000_000);
    }

    [Fact]
    public void Slowlog_has_what_took_long()
    {
        _peer.Expect("SLOWLOG GET", "*0").Send("CLIENT SETNAME anna");
        Slowly("SET a b", 20);
        Slowly("GET a", 10);
        Slowly("GET a", 9);
        _peer.Expect("SLOWLOG LEN", ":2")
            .Expect("SLOWLOG GET 1", "*1 *6 :1 :1700000000 :10000 *2 $3 GET $1 a $15 127.0.0.1:50001 $4 anna")
            .Expect("SLOWLOG GET -1", "*2 *6 :1 :1700000000 :10000 *2 $3 GET $1 a $15 127.0.0.1:50001 $4 anna "
                + "*6 :0 :1700000000 :20000 *3 $3 SET $1 a $1 b $15 127.0.0.1:50001 $4 anna")
            .Expect("COMMANDLOG LEN slow", ":2").Expect("COMMANDLOG LEN large-reply", ":0")
            .Expect("SLOWLOG RESET", "+OK").Expect("SLOWLOG LEN", ":0");
        Slowly("GET a", 10);
        Assert.StartsWith("*1 *6 :2 ", _peer.Send("SLOWLOG GET"));
    }

    [Fact]
    public void Slowlog_cuts_as_Redis_does()
    {
        Slowly("MSET " + string.Join(' ', Enumerable.Range(0, 40)), 20);
        Slowly("SET a " + new string('x', 200), 20);
        Slowly("SET a " + new string('x', 128), 20);
        string entries = _peer.Send("SLOWLOG GET");
        Assert.Contains($"*3 $3 SET $1 a $128 {new string('x', 128)} $15", entries);
        Assert.Contains($"*3 $3 SET $1 a $147 {new string('x', 128)}... (72 more bytes) $15", entries);
        Assert.Contains("*32 $4 MSET $1 0 $1 1 ", entries);
        Assert.Contains("$2 29 $23 ... (10 more arguments) $15", entries);
    }

    [Fact]
    public void Slowlog_is_set_while_it_runs()
    {
        _peer.Expect("CONFIG SET slowlog-log-slower-than -1", "+OK");
        Slowly("PING", 1000);
        _peer.Expect("SLOWLOG LEN", ":0").Expect("CONFIG SET slowlog-log-slower-than 0 slowlog-max-len 2", "+OK")
            .Expect("PING", "+PONG").Expect("ECHO a", "$1 a").Expect("SLOWLOG LEN", ":2")
            .Expect("CONFIG SET slowlog-max-len 0", "+OK").Expect("SLOWLOG LEN", ":0").Expect("PING", "+PONG")
            .Expect("SLOWLOG LEN", ":0")
            .Expect("CONFIG GET slowlog-*", "*4 $23 slowlog-log-slower-than $1 0 $15 slowlog-max-len $1 0")
            .Expect("CONFIG SET slowlog-max-len -1", "-ERR CONFIG SET failed (possibly related to argument "
                + "'slowlog-max-len') - argument must be between 0 and 9223372036854775807 inclusive");
    }

    [Fact]
    public void Slowlog_shows_no_password_and_not_EXEC_but_what_it_executes()
    {
        _peer.Send("CONFIG SET slowlog-log-slower-than 0");
        _peer.Send("SLOWLOG RESET");
        _peer.Send("AUTH default secret");
        _peer.Send("HELLO 2 AUTH default secret SETNAME auth");
        Assert.DoesNotContain("secret", _peer.Send("SLOWLOG GET"));
        _peer.Send("SLOWLOG RESET");
        _peer.Send("MULTI");
        _peer.Send("SET a 1");
        _peer.Send("EXEC");
        string log = _peer.Send("SLOWLOG GET");
        Assert.Contains("$3 SET", log);
        Assert.Contains("$5 MULTI", log);
        Assert.DoesNotContain("EXEC", log);
    }

    [Fact]
    public void Commands_of_a_script_are_logged_as_its_clients()
    {
        _peer.Send("CONFIG SET slowlog-log-slower-than 0");
        _peer.Send("SLOWLOG RESET");
        _peer.Send("EVAL \"return redis.call('set',KEYS[1],'v')\" 1 k");
        Assert.Contains("*3 $3 set $1 k $1 v $15 127.0.0.1:50001 $0", _peer.Send("SLOWLOG GET"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_memory_does_not_allow_is_rejected_and_no_call(bool isMeasured)
    {
        var host = new CommandHost(memory: 8 << 20);
        var peer = new RespPeer(host);
        if (isMeasured)
        {
            host.Services.Resp.Note(0, 128, 1_000_000);
        }

        string big = new('x', 8 << 20);
        peer.Expect("SET a 1", "+OK");
        Assert.StartsWith("-OOM", peer.Send($"SET a {big}"), StringComparison.Ordinal);
        Assert.StartsWith("-OOM", peer.Send($"APPEND a {big}"), StringComparison.Ordinal);
        Assert.StartsWith("-OOM", peer.Send($"EVAL \"return redis.call('set',KEYS[1],ARGV[1])\" 1 a {big}"));
        Assert.StartsWith("-WRONGTYPE", peer.Send("EVAL \"return redis.call('lpush',KEYS[1],'x')\" 1 a"));
        string calls = peer.Send("INFO commandstats");
        Assert.Matches("cmdstat_set:calls=1,[^ ]*,rejected_calls=2,failed_calls=0", calls);
        Assert.Matches("cmdstat_append:calls=0,[^ ]*,rejected_calls=1,failed_calls=0", calls);
        Assert.Matches("cmdstat_lpush:calls=1,[^ ]*,rejected_calls=0,failed_calls=1", calls);
        Assert.Matches("cmdstat_eval:calls=2,[^ ]*,rejected_calls=0,failed_calls=2", calls);
        Assert.Contains("errorstat_OOM:count=", peer.Send("INFO errorstats"));
    }

    [Fact]
    public void Percentiles_are_those_that_were_set()
    {
        const string Name = "latency-tracking-info-percentiles";
        _peer.Expect($"CONFIG GET {Name}", $"*2 $33 {Name} $10 50 99 99.9")
            .Expect($"CONFIG SET {Name} \"0 0.5 99.99 100\"", "+OK").Send("PING");
        Assert.Matches("latency_percentiles_usec_ping:p0=[0-9.]+,p0.5=[0-9.]+,p99.99=[0-9.]+,p100=[0-9.]+ ",
            _peer.Send("INFO latencystats"));
        const string Refused = $"-ERR CONFIG SET failed (possibly related to argument '{Name}') - ";
        _peer.Expect($"CONFIG SET {Name} \"50 x\"", $"{Refused}Invalid {Name} parameters")
            .Expect($"CONFIG SET {Name} 101", $"{Refused}{Name} parameters should sit between [0.0,100.0]")
            .Expect($"CONFIG SET {Name} -1", $"{Refused}{Name} parameters should sit between [0.0,100.0]")
            .Expect($"CONFIG GET {Name}", $"*2 $33 {Name} $15 0 0.5 99.99 100")
            .Expect($"CONFIG SET {Name} \"\"", "+OK").Expect($"CONFIG GET {Name}", $"*2 $33 {Name} $0");
        Assert.Contains(" latency_percentiles_usec_ping: ", _peer.Send("INFO latencystats"));
    }

    [Fact]
    public void The_time_between_the_turns_of_a_command_is_not_its_own()
    {
        var host = new CommandHost(limits: new() { RequestsPerTurn = 16 });
        var peer = new RespPeer(host);
        for (int i = 0; i < 3000; i++)
        {
            peer.Send($"SET key{i} x");
        }

        host.CommandClock.MillisecondsPerLook = 2;
        peer.BetweenTurns = () => host.CommandClock.Now += 3_600_000;
        int before = peer.Turns;
        Assert.StartsWith("*3000 ", peer.Send("KEYS *"));
        int turns = peer.Turns - before;
        host.CommandClock.MillisecondsPerLook = 0;
        Assert.True(turns > 1, $"{turns} turns");
        Assert.StartsWith($"*1 *6 :0 :1700000000 :{turns * 2000} *2 $4 KEYS", peer.Send("SLOWLOG GET"));
        Assert.Contains($"cmdstat_keys:calls=1,usec={turns * 2000},", peer.Send("INFO commandstats"));
    }

    [Fact]
    public void Waiting_for_an_element_is_not_slow()
    {
        _peer.Expect("BLPOP list 0", "");
        _host.CommandClock.Now += 3_600_000;
        using var other = new RespPeer(_host);
        other.Expect("RPUSH list a", ":1");
        Assert.Equal("*2\r\n$4\r\nlist\r\n$1\r\na\r\n", _peer.SendRaw(""));
        _peer.Expect("SLOWLOG LEN", ":0");
        Assert.Contains("cmdstat_blpop:calls=1,usec=0,", _peer.Send("INFO commandstats"));
    }

    [Fact]
    public void Commandlog_has_large_requests_and_replies()
    {
        string value = new('x', 2000);
        _peer.Expect("CONFIG SET commandlog-request-larger-than 2000 commandlog-reply-larger-than 2000", "+OK");
        _peer.Send($"SET a {value}");
        _peer.Send("GET a");
        _peer.Expect("COMMANDLOG LEN large-request", ":1").Expect("COMMANDLOG LEN large-reply", ":1");
        // *3 $3 SET $1 a $2000 …, and $2000 …
        Assert.StartsWith("*1 *6 :0 :1700000000 :2029 *3 $3 SET", _peer.Send("COMMANDLOG GET 5 LARGE-REQUEST"));
        Assert.StartsWith("*1 *6 :0 :1700000000 :2009 *2 $3 GET", _peer.Send("COMMANDLOG GET -1 large-reply"));
        _peer.Expect("COMMANDLOG RESET large-reply", "+OK").Expect("COMMANDLOG LEN large-reply", ":0")
            .Expect("COMMANDLOG LEN large-request", ":1")
            .Expect("COMMANDLOG LEN x", "-ERR type should be one of the following: slow, large-request, large-reply")
            .Expect("COMMANDLOG GET -2 slow", "-ERR count should be greater than or equal to -1");
    }

    [Fact]
    public void Of_short_commands_some_are_measured_and_stand_for_all()
    {
        _peer.Send("CONFIG SET latency-monitor-threshold 0");
        _host.CommandClock.MillisecondsPerLook = 0;
        for (int i = 0; i < 3200; i++)
        {
            _host.CommandClock.Now = 0;
            _peer.Send(i % 2 == 0 ? "SET a 1" : "GET a");
        }

        string figures = _peer.Send("INFO commandstats");
        Assert.Contains("cmdstat_set:calls=1600,", figures);
        Assert.Contains("cmdstat_get:calls=1600,", figures);
        Assert.InRange(Measured("set"), 1500, 1600);
        Assert.InRange(Measured("get"), 1500, 1600);
    }

    [Fact]
    public void After_a_long_one_short_commands_are_all_measured()
    {
        _peer.Send("CONFIG SET latency-monitor-threshold 0");
        Slowly("KEYS *", 1);
        Slowly("GET a", 10);
        Slowly("SET a b", 11);
        Slowly("GET a", 12);
        _peer.Expect("SLOWLOG LEN", ":3");
    }

    // The last level of the histogram: calls that were measured, and those that they stand for.
    private long Measured(string command)
    {
        var reply = (System.Text.Json.Nodes.JsonArray)RespTree.Parse(
            _peer.SendRaw(RespPeer.Encode($"LATENCY HISTOGRAM {command}")))!;
        return reply[1]![3]!.AsArray()[^1]!.GetValue<long>();
    }

    [Fact]
    public void Logs_take_no_more_than_16_MB()
    {
        _peer.Send("CONFIG SET slowlog-log-slower-than 0 slowlog-max-len 1000000000");
        string request = "DEL" + string.Concat(Enumerable.Repeat(" " + new string('k', 200), 31));
        for (int i = 0; i < 4000; i++)
        {
            _peer.Send(request);
        }

        Assert.InRange(long.Parse(_peer.Send("SLOWLOG LEN")[1..]), 2000, 3500);
    }

    [Fact]
    public void Latency_notes_peaks()
    {
        _peer.Expect("LATENCY LATEST", "*0").Expect("CONFIG SET latency-monitor-threshold 50", "+OK");
        Slowly("GET a", 49);
        Slowly("GET a", 60);
        Slowly("GET a", 55);
        _host.Clock.Now += 2000;
        Slowly("KEYS *", 70);
        Slowly("SET a 1", 50);
        _peer.Expect("LATENCY LATEST", "*2 *4 $7 command :1700000002 :70 :70 *4 $12 fast-command :1700000000 :60 :60")
            .Expect("LATENCY HISTORY command", "*1 *2 :1700000002 :70");
    }

    [Fact]
    public void Latency_draws_and_describes_peaks()
    {
        _peer.Send("CONFIG SET latency-monitor-threshold 0");
        _peer.Expect("LATENCY DOCTOR", "$288 I'm sorry, Dave, I can't do that. Latency monitoring is disabled in this "
            + "Redis instance. You may use \"CONFIG SET latency-monitor-threshold <milliseconds>.\" in order to enable "
            + "it. If we weren't in a deep space mission I'd suggest to take a look at "
            + "https://redis.io/topics/latency-monitor.\n");
        _peer.Send("CONFIG SET latency-monitor-threshold 1");
        Assert.Contains("no latency spike was observed", _peer.Send("LATENCY DOCTOR"));
        foreach ((int second, int milliseconds) in ((int, int)[])[(0, 70), (2, 30), (3, 40)])
        {
            _host.Clock.Now = 1_700_000_000_000 + 1000 * second;
            Slowly("KEYS *", milliseconds);
        }

        // As redis-server 7.0.15 drew three calls of DEBUG SLEEP.
        _host.Clock.Now += 1000;
        _peer.Expect("LATENCY GRAPH command", "$163 command - high 70 ms, low 30 ms (all time high 70 ms)\n"
            + new string('-', 80) + "\n#  \n|  \n| _\n|_|\n   \n421\nsss\n");
        Assert.Contains("1. command: 3 latency spikes (average 46ms, mean deviation 15ms, period 1.33 sec). "
            + "Worst all time event 70ms.\n", _peer.Send("LATENCY DOCTOR"));
        _peer.Expect("LATENCY RESET x COMMAND", ":1").Expect("LATENCY HISTORY command", "*0")
            .Expect("LATENCY GRAPH command", "-ERR No samples available for event 'command'")
            .Expect("LATENCY RESET", ":0");
    }

    [Fact]
    public void Latency_has_a_histogram_of_each_command()
    {
        _host.CommandClock.MillisecondsPerLook = 1;
        _peer.Send("SET a 1");
        _peer.Send("CONFIG GET x");
        _host.CommandClock.MillisecondsPerLook = 2;
        _peer.Send("SET a 2");
        _host.CommandClock.MillisecondsPerLook = 0;
        _peer.Expect("LATENCY HISTOGRAM set config none", "*4 $3 set *4 $5 calls :2 $14 histogram_usec *4 :1056 :1 "
            + ":2113 :2 $10 config|get *4 $5 calls :1 $14 histogram_usec *2 :1056 :1");
        Assert.Contains("latency_percentiles_usec_set:p50=1015.807,p99=2031.615,p99.9=2031.615",
            _peer.Send("INFO latencystats"));
        _peer.Expect("CONFIG SET latency-tracking no", "+OK").Expect("LATENCY HISTOGRAM set", "*0");
    }

    [Fact]
    public void Info_counts_each_command_and_error()
    {
        foreach (string request in (string[])
            ["SET a 1", "GET", "INCR b", "LPUSH a x", "MULTI", "INCR b", "EXEC", "CONFIG GET x", "FOO",
            "EVAL \"return redis.call('incr',KEYS[1])\" 1 b"])
        {
            _peer.Send(request);
        }

        string info = _peer.Send("INFO everything");
        foreach (string line in (string[])
            ["cmdstat_set:calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=0",
            "cmdstat_get:calls=0,usec=0,usec_per_call=0.00,rejected_calls=1,failed_calls=0",
            "cmdstat_lpush:calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=1",
            "cmdstat_incr:calls=3,", "cmdstat_exec:calls=1,", "cmdstat_eval:calls=1,", "cmdstat_config|get:calls=1,",
            "errorstat_ERR:count=2", "errorstat_WRONGTYPE:count=1"])
        {
            Assert.Contains(" " + line, info);
        }

        Assert.DoesNotContain("cmdstat", _peer.Send("INFO"));
        Assert.Contains("# Errorstats", _peer.Send("INFO default"));
        _peer.Expect("CONFIG RESETSTAT", "+OK");
        info = _peer.Send("INFO commandstats");
        Assert.DoesNotContain("cmdstat_incr", info);
        Assert.Contains("cmdstat_config|resetstat:calls=1,", info);
        Assert.DoesNotContain("errorstat", _peer.Send("INFO errorstats"));
    }

    private void Slowly(string request, long milliseconds)
    {
        _host.CommandClock.MillisecondsPerLook = milliseconds;
        _peer.Send(request);
        _host.CommandClock.MillisecondsPerLook = 0;
    }
}
