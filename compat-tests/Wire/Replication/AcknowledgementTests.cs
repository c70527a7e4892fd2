using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Memcached.Binary;
using static SessionGateway.CompatTests.Wire.Replication.RespPort;

namespace SessionGateway.CompatTests.Wire.Replication;

/// <summary>Writes that are acknowledged when a backup has them: gateways as processes, a proxy between them.</summary>
public sealed class AcknowledgementTests : IDisposable
{
    // A bound that nothing in a test has to keep, however busy the machine is.
    private const string Never = "600s";

    private readonly List<IDisposable> _open = [];

    public void Dispose() => _open.AsEnumerable().Reverse().ToList().ForEach(o => o.Dispose());

    [Fact]
    public void Nobody_is_told_of_a_write_before_the_backup_has_it()
    {
        GatewayServer primary = Start("--ack", "backup", "--ack-alone", "refuse", "--ack-timeout", Never);
        CutLink link = Follow(primary, Start());
        Assert.Equal("OK", Ask(primary.RespPort, "SET", "k", "old"));
        link.Hold();

        using var resp = RawConnection.Connect(primary.RespPort);
        resp.Send(Requests.Resp("SET", "k", "new"));
        using var text = RawConnection.Connect(primary.AutoPort);
        text.Send("set t 0 0 1\r\nx\r\n");
        using var binary = RawConnection.Connect(primary.AutoPort);
        binary.Send(Requests.Binary(BinaryOpcode.Set, 7, "b", 0, "x"u8));
        using var script = RawConnection.Connect(primary.RespPort);
        script.Send(Requests.Resp("EVAL", "return redis.call('INCR', 'n')", "0"));
        Until(primary.RespPort, "clients", "held_clients:4");
        using var reader = RawConnection.Connect(primary.RespPort);
        reader.Send(Requests.Resp("GET", "k"));
        using var textReader = RawConnection.Connect(primary.AutoPort);
        textReader.Send("get t\r\n");
        Until(primary.RespPort, "clients", "held_clients:6");

        // Keys that nobody writes are read meanwhile. One of three may share its place with one that waits.
        Assert.Contains(Enumerable.Range(0, 3), i => IsAnswered(primary.RespPort, held: 7, $"other {i}"));
        link.Release();
        Assert.Equal("OK", Read(resp));
        Assert.Equal("new", Read(reader));
        Assert.Equal("STORED\r\n", text.ReadThrough("\r\n"));
        Assert.Equal("VALUE t 0 1\r\nx\r\nEND\r\n", textReader.ReadThrough("END\r\n"));
        Assert.Equal(0, binary.ReadExactly(24)[7]);
        Assert.Equal("1", Read(script));
    }

    [Fact]
    public void Without_a_backup_nothing_is_written_in_any_protocol_when_refuse_is_said()
    {
        GatewayServer primary = Start("--ack", "backup", "--ack-alone", "refuse");
        Assert.StartsWith("NOREPLICAS", Ask(primary.RespPort, "SET", "k", "v"));
        Assert.StartsWith("NOREPLICAS", Ask(primary.RespPort, "EVAL", "return redis.call('SET', 'k', 'v')", "0"));
        using var client = RawConnection.Connect(primary.AutoPort);
        client.Ask("set k 0 0 1\r\nx\r\nget k\r\n",
            "SERVER_ERROR nothing is written until a backup is there\r\nEND\r\n");
        using var binary = RawConnection.Connect(primary.AutoPort);
        binary.Send(Requests.Binary(BinaryOpcode.Set, 7, "k", 0, "x"u8));
        Assert.Equal(0x86, binary.ReadExactly(24)[7]);

        GatewayServer backup = Start();
        CutLink link = Follow(primary, backup);
        using var transaction = RawConnection.Connect(primary.RespPort);
        Ask(transaction, "MULTI");
        Assert.Equal("QUEUED", Ask(transaction, "SET", "k", "v"));
        Ask(backup.RespPort, "REPLICAOF", "NO", "ONE");
        Until(primary.RespPort, "replication", "ack_backups:0");
        Assert.Equal("EXECABORT Transaction discarded because of: NOREPLICAS Not enough good replicas to write.",
            Ask(transaction, "EXEC"));
        Assert.Equal("", Ask(primary.RespPort, "GET", "k"));
    }

    [Fact]
    public void A_write_whose_backup_is_silent_has_an_unknown_outcome_until_it_is_decided()
    {
        GatewayServer primary = Start("--ack", "backup", "--ack-alone", "refuse", "--ack-timeout", "1s");
        CutLink link = Follow(primary, Start());
        Wait.Until(() => Ask(primary.RespPort, "SET", "k", "old") == "OK", () => "a first write");
        link.Hold();
        using var writer = RawConnection.Connect(primary.RespPort);
        writer.Send(Requests.Resp("SET", "k", "new"));
        Assert.Empty(writer.ReadToEnd(Wait.Patience));
        using var reader = RawConnection.Connect(primary.RespPort);
        reader.Send(Requests.Resp("GET", "k"));
        Assert.Empty(reader.ReadToEnd(Wait.Patience));
        Assert.StartsWith("NOREPLICAS", Ask(primary.RespPort, "SET", "k", "newer"));

        // The backup comes back and has it.
        link.Release();
        link.Cut();
        Until(primary.RespPort, "replication", "ack_backups:1");
        Assert.Equal("new", Ask(primary.RespPort, "GET", "k"));
    }

    [Fact]
    public void A_frozen_backup_holds_writes_up_to_the_bound_and_is_a_backup_again_when_it_goes_on()
    {
        using var directory = new TempDirectory();
        GatewayServer primary = Start(
            "--ack", "backup", "--ack-alone", "disk", "--ack-timeout", "1s", "--persist", "log", "--data-dir",
            directory.Path);
        GatewayServer backup = Start();
        Follow(primary, backup);
        backup.Process.Freeze();
        try
        {
            Assert.Equal("OK", Ask(primary.RespPort, "SET", "k", "frozen"));
            Until(primary.RespPort, "replication", "ack_rule:disk");
            Assert.Equal("OK", Ask(primary.RespPort, "SET", "l", "alone"));
            Assert.Equal("frozen", Ask(primary.RespPort, "GET", "k"));
        }
        finally
        {
            backup.Process.GoOn();
        }

        Until(primary.RespPort, "replication", "ack_rule:backup");
        Assert.Equal("alone", Ask(backup.RespPort, "GET", "l"));
        primary.Process.Kill();
        GatewayServer again = Start("--persist", "log", "--data-dir", directory.Path);
        Assert.Equal("frozen", Ask(again.RespPort, "GET", "k"));
        Assert.Equal("alone", Ask(again.RespPort, "GET", "l"));
    }

    [Fact]
    public void With_the_disk_of_both_a_write_survives_that_both_are_killed()
    {
        using TempDirectory first = new(), second = new();
        GatewayServer primary = Start("--ack", "backup+disk", "--ack-timeout", Never, "--persist", "log",
            "--data-dir", first.Path);
        GatewayServer backup = Start("--ack", "backup+disk", "--persist", "log", "--data-dir", second.Path);
        Follow(primary, backup);
        Until(primary.RespPort, "replication", "ack_rule:backup+disk");
        for (int i = 0; i < 20; i++)
            Assert.Equal("OK", Ask(primary.RespPort, "SET", $"k:{i}", $"{i}"));
        Assert.Equal("1 1", Ask(primary.RespPort, "WAITAOF", "1", "1", "0"));
        Assert.StartsWith("ERR WAITAOF cannot be used", Ask(backup.RespPort, "WAITAOF", "1", "0", "0"));
        backup.Process.Kill();
        primary.Process.Kill();
        GatewayServer again = Start("--persist", "log", "--data-dir", second.Path);
        for (int i = 0; i < 20; i++)
            Assert.Equal($"{i}", Ask(again.RespPort, "GET", $"k:{i}"));
    }

    [Fact]
    public void A_backup_answers_reads_and_serves_what_it_has_when_it_is_made_the_primary()
    {
        string[] options = ["--ack", "backup", "--ack-alone", "refuse", "--ack-timeout", Never];
        GatewayServer primary = Start(options);
        GatewayServer backup = Start([.. options, "--backup-mode", "readonly"]);
        Follow(primary, backup);
        Assert.Equal("OK", Ask(primary.RespPort, "SET", "k", "v"));
        Assert.Equal("1", Ask(primary.RespPort, "HSET", "h", "f", "v"));
        Assert.Equal("v", Ask(backup.RespPort, "GET", "k"));
        Assert.Contains("db0:keys=2", Ask(backup.RespPort, "INFO", "keyspace"));
        Assert.StartsWith("READONLY", Ask(backup.RespPort, "SET", "k", "w"));
        primary.Process.Kill();
        Assert.Equal("OK", Ask(backup.RespPort, "REPLICAOF", "NO", "ONE"));
        Assert.Equal("v", Ask(backup.RespPort, "GET", "k"));
        Assert.Equal("f v", Ask(backup.RespPort, "HGETALL", "h"));
        Assert.StartsWith("NOREPLICAS", Ask(backup.RespPort, "SET", "k", "w"));
        Follow(backup, Start());
        Assert.Equal("OK", Ask(backup.RespPort, "SET", "k", "w"));
    }

    [Fact]
    public void A_primary_that_is_made_a_replica_does_not_tell_that_what_waits_is_done()
    {
        GatewayServer primary = Start("--ack", "backup", "--ack-alone", "memory", "--ack-timeout", Never);
        CutLink link = Follow(primary, Start());
        link.Hold();
        using var writer = RawConnection.Connect(primary.RespPort);
        writer.Send(Requests.Resp("SET", "k", "new"));
        Until(primary.RespPort, "clients", "held_clients:1");
        Assert.StartsWith("# ", Ask(primary.RespPort, "INFO"));
        Ask(primary.RespPort, "REPLICAOF", "127.0.0.1", $"{Ports.Next()}");
        Ask(primary.RespPort, "REPLICAOF", "NO", "ONE");
        Assert.Empty(writer.ReadToEnd(Wait.Patience));
    }

    [Fact]
    public async Task Every_write_that_was_acknowledged_is_at_the_backup_when_the_primary_is_killed_under_load()
    {
        GatewayServer primary = Start("--ack", "backup", "--ack-alone", "refuse", "--ack-timeout", Never);
        GatewayServer backup = Start();
        Follow(primary, backup);
        int acknowledged = 0;
        Task<int>[] writers =
            [.. Enumerable.Range(0, 9).Select(i => Task.Run(() => Write(primary, i, ref acknowledged)))];
        Wait.Until(() => Volatile.Read(ref acknowledged) >= 3000, () => $"3000 of {acknowledged}");
        primary.Process.Kill();
        int[] done = await Task.WhenAll(writers);
        using var reader = RawConnection.Connect(backup.RespPort);
        for (int i = 0; i < done.Length; i++)
        {
            // What was not acknowledged may be there, too.
            long has = long.Parse("0" + Ask(reader, "GET", $"w:{i}"), CultureInfo.InvariantCulture);
            Assert.True(has >= done[i], $"writer {i}: {done[i]} acknowledged, {has} at the backup");
        }
    }

    // Counts up in one key until the primary is gone.
    private static int Write(GatewayServer primary, int index, ref int acknowledged)
    {
        string key = $"w:{index}";
        int done = 0;
        try
        {
            using var client = RawConnection.Connect(index % 3 == 0 ? primary.RespPort : primary.AutoPort);
            while (true)
            {
                string value = $"{done + 1}";
                switch (index % 3)
                {
                    case 0:
                        if (Ask(client, "SET", key, value) != "OK")
                            return done;
                        break;
                    case 1:
                        client.Send(Requests.Text("set", key, 0, Encoding.Latin1.GetBytes(value)));
                        if (client.ReadThrough("\r\n") != "STORED\r\n")
                            return done;
                        break;
                    default:
                        client.Send(Requests.Binary(BinaryOpcode.Set, 1, key, 0, Encoding.Latin1.GetBytes(value)));
                        if (client.ReadExactly(24)[7] != 0)
                            return done;
                        break;
                }

                done++;
                Interlocked.Increment(ref acknowledged);
            }
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return done;
        }
    }

    private static bool IsAnswered(int port, int held, string key)
    {
        using var connection = RawConnection.Connect(port);
        connection.Send(Requests.Resp("GET", key));
        bool isAnswered = false;
        Wait.Until(
            () => (isAnswered = connection.ReadAvailable().Length > 0)
                || Ask(port, "INFO", "clients").Contains($"held_clients:{held}\r\n"),
            () => "an answer, or that it waits");
        return isAnswered;
    }

    private GatewayServer Start(params string[] options)
    {
        var server = GatewayServer.Start(["--memory", "64m", .. options]);
        _open.Add(server);
        Wait.Until(() => !Ask(server.RespPort, "GET", "k").StartsWith("LOADING", StringComparison.Ordinal),
            () => "its log is read");
        return server;
    }

    // Through a proxy, until it acknowledges.
    private CutLink Follow(GatewayServer primary, GatewayServer backup)
    {
        var link = new CutLink(primary.RespPort);
        _open.Add(link);
        Assert.Equal("OK", Ask(backup.RespPort, "REPLICAOF", "127.0.0.1", $"{link.Port}"));
        Until(primary.RespPort, "replication", "ack_backups:1");
        return link;
    }
}
