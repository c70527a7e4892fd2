using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.Gateway.Connections;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests.Containment;

/// <summary>
/// An exception in a command ends its connection, gives all locks back and leaves everybody else alone. It is thrown
/// where a command writes its reply, mostly with the shard's lock held, and where it looks at items.
/// </summary>
public sealed partial class ContainmentTests : IDisposable
{
    // What answers nothing, so that no reply can fail.
    private static readonly string[] Silent = ["shutdown"];

    private readonly FaultyStore _store;
    private readonly TestServer _server;
    private readonly TestClient _bystander;
    private bool _isArmed;

    public ContainmentTests()
    {
        FaultyStore? store = null;
        _server = new TestServer(
            new SegmentItemStore(64 << 20, seed: 1),
            items => store = new FaultyStore(items),
            settings: new LoopSettings { OutputBytes = 1, KeepOutputBytes = 1 });
        _store = store!;
        _server.Loop.Context.Output.BeforeGrow = _ =>
        {
            if (_isArmed)
            {
                throw new InvalidOperationException("injected");
            }
        };
        _bystander = _server.Connect();
    }

    public static TheoryData<string> TextRequests => new(
        "get k", "gets k", "gat 0 k", "gats 0 k", "set k 0 0 1\r\nx", "add k 0 0 1\r\nx", "replace k 0 0 1\r\nx",
        "append k 0 0 1\r\nx", "prepend k 0 0 1\r\nx", "cas k 0 0 1 1\r\nx", "touch k 0", "delete k", "incr k 1",
        "decr k 1",
        "flush_all", "verbosity 1", "version", "stats", "stats settings", "stats items", "stats cachedump 1 0",
        "shutdown",
        "unknown");

    public static TheoryData<int> BinaryOpcodes => new(Enumerable.Range(0, 0x25).Except(
        // Quiet commands that do what was asked for say nothing: QuietRequests has them.
        [0x09, 0x0d, 0x14, 0x19, 0x1a, 0x1e, 0x24]));

    // Opcode, bytes of extras, value.
    public static TheoryData<BinaryOpcode, int, string> QuietRequests => new()
    {
        { BinaryOpcode.GetQ, 0, "" },
        { BinaryOpcode.GetKQ, 0, "" },
        { BinaryOpcode.GetAndTouchQ, 4, "" },
        { BinaryOpcode.GetAndTouchKQ, 4, "" },
        { BinaryOpcode.ReplaceQ, 8, "x" },
        { BinaryOpcode.AddQ, 8, "x" },
        { BinaryOpcode.AppendQ, 0, "x" },
        { BinaryOpcode.PrependQ, 0, "x" },
        { BinaryOpcode.IncrementQ, 20, "" },
        { BinaryOpcode.DecrementQ, 20, "" },
    };

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_failure_in_the_reply_of_any_redis_command_ends_its_connection_only()
    {
        var survivors = new List<string>();
        List<string> names = CommandNames();
        foreach (string name in names)
        {
            if (!FailsAlone(RequestFor(name), () => _isArmed = true))
            {
                survivors.Add(name);
            }
        }

        Assert.InRange(names.Count, 100, 400);
        Assert.Equal(Silent, survivors.Order());
    }

    [Fact]
    public void A_failure_in_the_look_at_items_of_any_redis_command_ends_its_connection_only()
    {
        var failed = new List<string>();
        foreach (string name in CommandNames())
        {
            if (FailsAlone(RequestFor(name), () => _store.FailsReads = true))
            {
                failed.Add(name);
            }
        }

        string[] known =
        [
            "append", "decr", "exists", "get", "getdel", "getrange", "incr", "incrbyfloat", "info", "keys", "mget",
            "msetnx",
            "object|encoding", "persist", "randomkey", "scan", "setnx", "setrange", "strlen", "touch", "ttl", "type",
            "watch",
        ];
        Assert.Empty(known.Except(failed).Except(["watch"]));
    }

    [Theory]
    [MemberData(nameof(TextRequests))]
    public void A_failure_in_any_memcached_text_command_ends_its_connection_only(string request) =>
        Assert.True(FailsAlone(Encoding.ASCII.GetBytes(request + "\r\n"), () => _isArmed = true));

    [Theory]
    [MemberData(nameof(BinaryOpcodes))]
    public void A_failure_in_any_memcached_binary_command_ends_its_connection_only(int opcode)
    {
        byte[] request = Binary((BinaryOpcode)opcode, extras: 0, "");
        Assert.True(FailsAlone(request, () => _isArmed = true));
    }

    [Theory]
    [MemberData(nameof(QuietRequests))]
    public void A_failure_in_any_quiet_binary_command_ends_its_connection_only(
        BinaryOpcode opcode, int extras, string value)
    {
        byte[] request = Binary(opcode, extras, value);
        Assert.True(FailsAlone(request, () => _store.FailsReads = true));
        // The same request does what was asked for when nothing fails: it came as far as to the item.
        Assert.False(FailsAlone(request, () => { }));
    }

    [Fact]
    public void A_failure_in_the_reply_of_a_quiet_delete_ends_its_connection_only() =>
        Assert.True(FailsAlone(Binary(BinaryOpcode.DeleteQ, 0, "", key: 'z'), () => _isArmed = true));

    [Theory]
    [InlineData(BinaryOpcode.GetQ, 0)]
    [InlineData(BinaryOpcode.GetKQ, 0)]
    [InlineData(BinaryOpcode.GetAndTouchQ, 4)]
    [InlineData(BinaryOpcode.GetAndTouchKQ, 4)]
    public void A_failure_in_the_reply_of_a_quiet_look_up_ends_its_connection_only(BinaryOpcode opcode, int extras) =>
        Assert.True(FailsAlone(Binary(opcode, extras, ""), () => _isArmed = true));

    [Theory]
    [InlineData("get k k k\r\n")]
    [InlineData(
        "*1\r\n$5\r\nMULTI\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n*1\r\n$4\r\n"
            + "EXEC\r\n")]
    [InlineData("*5\r\n$4\r\nMGET\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nk\r\n")]
    public void Locks_of_many_shards_are_given_back(string request) =>
        Assert.True(FailsAlone(Encoding.ASCII.GetBytes(request), () => _store.FailsReads = true));

    [Fact]
    public void A_failure_in_the_middle_of_a_change_ends_the_loop()
    {
        TestClient client = _server.Connect();
        _store.FailsWrites = true;
        client.Post("set k 0 0 1\r\nx\r\n"u8.ToArray());
        Assert.Throws<InvalidOperationException>(_server.Loop.RunTurn);
    }

    [Fact]
    public void Failures_are_counted_where_operators_look()
    {
        FailsAlone("get k\r\n"u8.ToArray(), () => _isArmed = true);
        FailsAlone("get k\r\n"u8.ToArray(), () => _isArmed = true);
        Assert.Contains("STAT gateway_failed_commands 2\r\n", _bystander.Ask("stats\r\n"), StringComparison.Ordinal);
        Assert.Contains(
            "gateway_failed_commands:2\r\n", _server.Connect().Ask("*2\r\n$4\r\nINFO\r\n$5\r\nstats\r\n"),
            StringComparison.Ordinal);
    }

    // A request with extras of zeros.
    private static byte[] Binary(BinaryOpcode opcode, int extras, string value, char key = 'k')
    {
        byte[] header = new byte[24];
        header[0] = 0x80;
        header[1] = (byte)opcode;
        header[3] = 1;
        header[4] = (byte)extras;
        header[11] = (byte)(extras + 1 + value.Length);
        return [.. header, .. new byte[extras], (byte)key, .. Encoding.ASCII.GetBytes(value)];
    }

    private bool FailsAlone(byte[] request, Action arm)
    {
        Assert.Equal("STORED\r\n", _bystander.Ask("set k 0 0 1\r\n5\r\n"));
        long before = _server.Services.Stats.Sum(s => s.FailedCommands);
        TestClient client = _server.Connect();
        client.Post(request);
        arm();
        _server.Loop.RunTurn();
        _isArmed = false;
        _store.FailsReads = false;
        _server.Settle();
        bool hasFailed = _server.Services.Stats.Sum(s => s.FailedCommands) == before + 1;
        if (hasFailed)
        {
            Assert.True(client.IsClosed);
            Assert.Empty(client.Receive());
        }

        foreach (Shard shard in _store.Shards)
        {
            Assert.False(shard.IsHeld);
            Assert.False(shard.IsChanging);
        }

        _server.Store.CheckIntegrity();
        Assert.Equal("STORED\r\n", _bystander.Ask("set k2 0 0 1\r\n6\r\n"));
        return hasFailed;
    }

    private List<string> CommandNames()
    {
        string list = _server.Connect().Ask("*2\r\n$7\r\nCOMMAND\r\n$4\r\nLIST\r\n");
        return [.. list.Split("\r\n").Where(line => line.Length > 0 && char.IsAsciiLetter(line[0]))];
    }

    private byte[] RequestFor(string name)
    {
        string info = _server.Connect().Ask($"*3\r\n$7\r\nCOMMAND\r\n$4\r\nINFO\r\n${name.Length}\r\n{name}\r\n");
        int arity =
            Math.Abs(int.Parse(Arity().Match(info).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        string[] words = [.. name.Split('|'), .. Enumerable.Repeat("k", 10)];
        string[] request = name switch
        {
            "scan" => ["scan", "0"],
            "expire" or "pexpire" or "expireat" or "pexpireat" => [name, "k", "100"],
            "setrange" or "getrange" or "substr" => [name, "k", "0", "1"],
            "incrby" or "decrby" or "incrbyfloat" => [name, "k", "1"],
            _ => words[..Math.Max(arity, name.Split('|').Length)],
        };
        return Encoding.ASCII.GetBytes(
            $"*{request.Length}\r\n" + string.Concat(request.Select(word => $"${word.Length}\r\n{word}\r\n")));
    }

    [GeneratedRegex(@"\*1\r\n\*\d+\r\n\$\d+\r\n[^\r]+\r\n:(-?\d+)")]
    private static partial Regex Arity();
}
