using System.Text.RegularExpressions;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>MONITOR, as redis-server 7.0.15 does it.</summary>
public sealed partial class MonitorTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _monitor;
    private readonly RespPeer _peer;

    public MonitorTests()
    {
        _monitor = new RespPeer(_host);
        _peer = new RespPeer(_host);
        _monitor.Expect("MONITOR", "+OK");
    }

    [Theory]
    [InlineData("SET a b", "0 127.0.0.1:50002", "\"SET\" \"a\" \"b\"")]
    [InlineData("SELECT 2", "2 127.0.0.1:50002", "\"SELECT\" \"2\"")]
    [InlineData("AUTH secret", "0 127.0.0.1:50002", "\"AUTH\" \"(redacted)\"")]
    [InlineData("HELLO 2 AUTH default x", "0 127.0.0.1:50002",
        "\"HELLO\" \"2\" \"AUTH\" \"(redacted)\" \"(redacted)\"")]
    [InlineData("HELLO 2 SETNAME auth", "0 127.0.0.1:50002", "\"HELLO\" \"2\" \"SETNAME\" \"auth\"")]
    [InlineData("INCR a b", null, null)]
    [InlineData("FOO", null, null)]
    [InlineData("CONFIG GET port", null, null)]
    [InlineData("CLIENT LIST", null, null)]
    [InlineData("BLPOP l 5", "0 127.0.0.1:50002", "\"BLPOP\" \"l\" \"5\"")]
    [InlineData("ECHO \"\\r\\n\\\"\\\\\\0é\"", "0 127.0.0.1:50002", """
        "ECHO" "\r\n\"\\\x00\xe9"
        """)]
    public void Each_command_is_told_once(string request, string? who, string? line)
    {
        _peer.Send(request);
        Assert.Equal(who is null ? "" : $"+TIME [{who}] {line}", Told());
    }

    [Fact]
    public void Commands_of_EXEC_come_before_it()
    {
        foreach (string request in (string[])["MULTI", "SET q 1", "GET q", "EXEC"])
        {
            _peer.Send(request);
        }

        const string who = "+TIME [0 127.0.0.1:50002]";
        Assert.Equal($"""{who} "MULTI" {who} "SET" "q" "1" {who} "GET" "q" {who} "EXEC" """.TrimEnd(), Told());
    }

    [Theory]
    [InlineData("return redis.call('set', KEYS[1], ARGV[1])")]
    [InlineData("if redis.call('set', KEYS[1], ARGV[1]) then return 1 end")]
    public void Commands_of_a_script_come_behind_it(string script)
    {
        _peer.Send($"EVAL \"{script}\" 1 k v");
        Assert.Equal($"""
            +TIME [0 127.0.0.1:50002] "EVAL" "{script}" "1" "k" "v" +TIME [0 lua] "set" "k" "v"
            """, Told());
    }

    [Fact]
    public void The_commands_of_a_known_script_are_told_too()
    {
        const string script = "if redis.call('get',KEYS[1]) == ARGV[1] then "
            + "return redis.call('del',KEYS[1]) else return 0 end";
        _peer.Expect("SET k v", "+OK").Expect($"EVAL \"{script}\" 1 k v", ":1");
        Assert.EndsWith("""+TIME [0 lua] "get" "k" +TIME [0 lua] "del" "k" """.TrimEnd(), Told());
        _monitor.Expect("RESET", "+RESET");
        _peer.Expect("SET k v", "+OK").Expect($"EVAL \"{script}\" 1 k v", ":1");
    }

    [Fact]
    public void A_monitor_reads_and_writes_no_keys() => _monitor
        .Expect("GET a", "-ERR Replica can't interact with the keyspace")
        .Expect("PUBLISH a b", "-ERR Replica can't interact with the keyspace")
        .Expect("MONITOR", "").Expect("RESET", "+RESET").Expect("GET a", "$-1");

    [Fact]
    public void A_monitor_that_resets_or_goes_is_told_nothing_more()
    {
        _peer.Send("PING");
        Assert.EndsWith(" \"PING\" +RESET", _monitor.Send("RESET"));
        _peer.Send("PING");
        Assert.Equal("", Told());
        _monitor.Expect("MONITOR", "+OK");
        _monitor.Close();
        _peer.Send("PING");
        Assert.Equal("", Told());
        Assert.False(_monitor.Connection.IsMonitor);
    }

    [Fact]
    public void What_a_monitor_does_itself_is_told_behind_the_answer_and_before_RESET()
    {
        _peer.Send("PING");
        const string own = "+TIME [0 127.0.0.1:50001]";
        Assert.Equal(
            $"$1 a +TIME [0 127.0.0.1:50002] \"PING\" {own} \"ECHO\" \"a\" +RESET $1 b",
            Timeless(_monitor.SendRaw([
                .. RespPeer.Encode("ECHO a"), .. RespPeer.Encode("RESET"), .. RespPeer.Encode("ECHO b")])));
        Assert.Equal("", Told());
        _monitor.Expect("MONITOR", "+OK");
        Assert.Equal($"+PONG {own} \"PING\" +OK", Timeless(_monitor.SendRaw([
            .. RespPeer.Encode("PING"), .. RespPeer.Encode("QUIT")])));
    }

    [Fact]
    public void Of_what_a_monitor_does_in_EXEC_it_is_told_behind_the_array()
    {
        const string own = "+TIME [0 127.0.0.1:50001]";
        Assert.Equal(
            $"+OK {own} \"MULTI\" +QUEUED +QUEUED *2 $1 a $1 b "
                + $"{own} \"ECHO\" \"a\" {own} \"ECHO\" \"b\" {own} \"EXEC\"",
            Timeless(_monitor.SendRaw([
                .. RespPeer.Encode("MULTI"), .. RespPeer.Encode("ECHO a"), .. RespPeer.Encode("ECHO b"),
                .. RespPeer.Encode("EXEC")])));
    }

    [Fact]
    public void In_EXEC_it_is_refused() => _peer.Expect("MULTI", "+OK").Expect("MONITOR", "+QUEUED")
        .Expect("EXEC", "*1 -ERR MONITOR isn't allowed for DENY BLOCKING client");

    [Fact]
    public void A_monitor_is_flagged_O() => Assert.Contains(" flags=O ", _peer.Send("CLIENT LIST"));

    private string Told() => Time().Replace(_monitor.TakePushed(), "+TIME ");

    private static string Timeless(string wire) =>
        Time().Replace(wire.Replace("\r\n", " ", StringComparison.Ordinal).TrimEnd(), "+TIME ");

    [GeneratedRegex(@"\+\d+\.\d{6} ")]
    private static partial Regex Time();
}
